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
  /// What local layers of gemma3 rotate with, whatever the file says of the others.
  private static final double LOCAL_BASE = 10_000;

  static double base(DecoderConfig config, int layer) {
    return config.isLocal(layer) ? LOCAL_BASE : config.ropeBase();
  }

  /// The tables of all rotary bases that the layers use, by base.
  static Map<Double, RotaryTables> write(
      DecoderConfig config, @Nullable Vector factors, int positions, WeightFile out)
      throws IOException {
    Map<Double, RotaryTables> tables = new LinkedHashMap<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      double base = base(config, layer);
      if (!tables.containsKey(base)) {
        tables.put(base, write(base, config.headSize(), factors, positions, out));
      }
    }
    return tables;
  }

  private static RotaryTables write(
      double base, int headSize, @Nullable Vector factors, int positions, WeightFile out)
      throws IOException {
    int half = headSize / 2;
    float[] cos = new float[Math.multiplyExact(positions, half)];
    float[] sin = new float[cos.length];
    for (int i = 0; i < half; i++) {
      double frequency = Math.pow(base, -2.0 * i / headSize);
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
