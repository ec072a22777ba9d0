package dev.promptls.model.onnx;

import dev.promptls.model.ModelException;
import dev.promptls.model.gguf.GgufFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Turns a GGUF file into a folder that the engine runs: ONNX graphs and the weights they share.
public final class Importer {
  static final String WEIGHTS = "weights.bin";
  static final String FAST = "model.onnx";
  static final String EXACT = "exact.onnx";

  /// Rotary tables end here; no cache on a personal machine grows longer.
  private static final int MAX_POSITIONS = 1 << 17;

  private Importer() {}

  /// Checks everything about a file that can be checked without reading its weights.
  ///
  /// @throws ModelException if it is damaged or of a kind that cannot be imported
  public static void check(GgufFile file, String name) throws ModelException {
    DecoderConfig.of(file, name);
  }

  /// Writes graphs and weights of `file` into `folder`, which must be empty.
  ///
  /// @param name of the file, for messages
  /// @throws ModelException if the file cannot be imported
  public static void write(GgufFile file, String name, Path folder)
      throws ModelException, IOException {
    DecoderConfig config = DecoderConfig.of(file, name);
    try (WeightFile out = new WeightFile(folder.resolve(WEIGHTS))) {
      DecoderWeights weights = DecoderWeights.write(file, config, out, name);
      Map<Double, RotaryTables> tables =
          RotaryTables.write(
              config, weights.ropeFactors(), Math.min(config.context(), MAX_POSITIONS), out);
      writeGraph(config, weights, DecoderGraph.Arithmetic.INT8, tables, folder.resolve(FAST));
      writeGraph(config, weights, DecoderGraph.Arithmetic.FLOAT, tables, folder.resolve(EXACT));
    }
  }

  private static void writeGraph(
      DecoderConfig config,
      DecoderWeights weights,
      DecoderGraph.Arithmetic arithmetic,
      Map<Double, RotaryTables> tables,
      Path path)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      DecoderGraph.build(config, weights, arithmetic, tables).writeTo(out);
    }
  }
}
