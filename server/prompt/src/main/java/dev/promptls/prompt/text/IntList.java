package dev.promptls.prompt.text;

import java.util.Arrays;

/// A growing list of `int`s without boxes.
public final class IntList {
  private int[] items = new int[16];
  private int size;

  public void add(int item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
    }
    items[size++] = item;
  }

  /// Takes the last away.
  public int removeLast() {
    return items[--size];
  }

  public boolean contains(int item) {
    for (int i = 0; i < size; i++) {
      if (items[i] == item) {
        return true;
      }
    }
    return false;
  }

  public int size() {
    return size;
  }

  void copyTo(int[] target, int at) {
    System.arraycopy(items, 0, target, at, size);
  }

  public int[] toArray() {
    return Arrays.copyOf(items, size);
  }
}
