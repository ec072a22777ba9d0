package dev.promptls.model.onnx;

import java.util.List;

/// A vector of floats, such as the gain of a norm or a bias.
final class Vector {
  private final float[] values;

  Vector(float[] values) {
    this.values = values.clone();
  }

  int size() {
    return values.length;
  }

  float get(int index) {
    return values[index];
  }

  float[] toArray() {
    return values.clone();
  }

  static Vector concatenated(List<Vector> parts) {
    float[] all = new float[parts.stream().mapToInt(Vector::size).sum()];
    int at = 0;
    for (Vector part : parts) {
      System.arraycopy(part.values, 0, all, at, part.size());
      at += part.size();
    }
    return new Vector(all);
  }
}
