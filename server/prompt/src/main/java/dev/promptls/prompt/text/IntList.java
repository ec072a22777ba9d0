package dev.promptls.prompt.text;

import java.util.Arrays;

/// A growing list of `int`s without boxes.
final class IntList {
  private int[] items = new int[16];
  private int size;

  void add(int item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
    }
    items[size++] = item;
  }

  int size() {
    return size;
  }

  void copyTo(int[] target, int at) {
    System.arraycopy(items, 0, target, at, size);
  }

  int[] toArray() {
    return Arrays.copyOf(items, size);
  }
}
