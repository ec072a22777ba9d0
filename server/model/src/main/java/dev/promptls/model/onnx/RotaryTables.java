package dev.promptls.model.onnx;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cosines and sines of the rotary angles of every position, in the weight file.
///
/// @param rows positions
/// @param cos `[rows, head_size / 2]` floats
/// @param sin `[rows, head_size / 2]` floats
record RotaryTables(int rows, WeightFile.Region cos, WeightFile.Region sin) {
  /// What local layers of gemma3 rotate with, whatever the file says of the others; nor are they
  /// stretched.
  private static final double LOCAL_BASE = 10_000;

  /// What the angles of a layer follow from, beside its place in the head.
  ///
  /// @param stretch divides the positions
  record Angles(double base, double stretch) {
    static Angles of(DecoderConfig config, int layer) {
      return config.isLocal(layer)
          ? new Angles(LOCAL_BASE, 1)
          : new Angles(config.ropeBase(), config.ropeStretch());
    }
  }

  /// The tables of all angles that the layers use.
  static Map<Angles, RotaryTables> write(
      DecoderConfig config, @Nullable Vector factors, int positions, WeightFile out)
      throws IOException {
    Map<Angles, RotaryTables> tables = new LinkedHashMap<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      Angles angles = Angles.of(config, layer);
      if (!tables.containsKey(angles)) {
        tables.put(angles, write(angles, config.headSize(), factors, positions, out));
      }
    }
    return tables;
  }

  private static RotaryTables write(
      Angles angles, int headSize, @Nullable Vector factors, int positions, WeightFile out)
      throws IOException {
    int half = headSize / 2;
    float[] cos = new float[Math.multiplyExact(positions, half)];
    float[] sin = new float[cos.length];
    for (int i = 0; i < half; i++) {
      double frequency = Math.pow(angles.base(), -2.0 * i / headSize) / angles.stretch();
      if (factors != null) {
        frequency /= factors.get(i);
      }
      for (int position = 0; position < positions; position++) {
        cos[position * half + i] = (float) Math.cos(position * frequency);
        sin[position * half + i] = (float) Math.sin(position * frequency);
      }
    }
    return new RotaryTables(positions, out.write(cos), out.write(sin));
  }
}
