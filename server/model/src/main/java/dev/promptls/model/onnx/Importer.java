package dev.promptls.model.onnx;

import com.google.gson.Gson;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.gguf.Metadata;
import dev.promptls.model.gguf.Tensor;
import dev.promptls.model.gguf.TensorType;
import dev.promptls.model.tokens.GgufVocabulary;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Turns a GGUF file into a folder that the engine runs: ONNX graphs, the weights they share, the
/// vocabulary, and what is known of the model.
public final class Importer {
  static final String WEIGHTS = "weights.bin";
  static final String FAST = "model.onnx";
  static final String EXACT = "exact.onnx";
  static final String CUDA = "cuda.onnx";

  /// A GGUF file without tensors: the metadata of the original.
  static final String VOCABULARY = "vocabulary.gguf";

  static final String INFO = "info.json";

  /// Changes whenever the same GGUF file gives another folder, so that old ones are made again.
  public static final String FORMAT = "4";

  /// Rotary tables end here; no cache on a personal machine grows longer.
  private static final int MAX_POSITIONS = 1 << 17;

  private Importer() {}

  /// Checks everything about a file that can be checked without reading its weights, and tells what
  /// it holds.
  ///
  /// @param name of the file, for messages and for the model
  /// @throws ModelException if it is of a kind that cannot be imported
  public static ModelInfo check(GgufFile file, String name) throws ModelException {
    DecoderConfig config = DecoderConfig.of(file.metadata(), name);
    DecoderWeights.check(file, config, name);
    return info(file, config, name);
  }

  /// Writes `file` into `folder`, which must be empty.
  ///
  /// @param name of the file, for messages and for the model
  /// @throws ModelException if the file cannot be imported
  public static void write(GgufFile file, String name, Path folder)
      throws ModelException, IOException {
    ModelInfo info = check(file, name);
    DecoderConfig config = DecoderConfig.of(file.metadata(), name);
    try (WeightFile out = new WeightFile(folder.resolve(WEIGHTS))) {
      DecoderWeights weights = DecoderWeights.write(file, config, out, name);
      Map<RotaryTables.Angles, RotaryTables> tables =
          RotaryTables.write(config, weights.ropeFactors(), positions(config), out);
      writeGraph(config, weights, Arithmetic.INT8, tables, folder.resolve(FAST));
      writeGraph(config, weights, Arithmetic.FLOAT, tables, folder.resolve(EXACT));
      writeGraph(config, weights, Arithmetic.HALF, tables, folder.resolve(CUDA));
    }
    file.writeMetadata(folder.resolve(VOCABULARY));
    Files.writeString(folder.resolve(INFO), new Gson().toJson(info));
  }

  private static void writeGraph(
      DecoderConfig config,
      DecoderWeights weights,
      Arithmetic arithmetic,
      Map<RotaryTables.Angles, RotaryTables> tables,
      Path path)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      DecoderGraph.build(config, weights, arithmetic, tables).writeTo(out);
    }
  }

  private static int positions(DecoderConfig config) {
    return Math.min(config.context(), MAX_POSITIONS);
  }

  private static ModelInfo info(GgufFile file, DecoderConfig config, String name)
      throws ModelException {
    Metadata metadata = file.metadata();
    GgufVocabulary vocabulary = GgufVocabulary.of(name, metadata);
    return new ModelInfo(
        name.endsWith(".gguf") ? name.substring(0, name.length() - ".gguf".length()) : name,
        config.family().title(),
        dominantType(file),
        file.tensors().values().stream().mapToLong(Tensor::values).sum(),
        positions(config),
        config.vocabulary(),
        metadata.string("tokenizer.chat_template").orElse(null),
        text(vocabulary, vocabulary.startId()),
        text(vocabulary, vocabulary.endId()),
        vocabulary.startsPrompts());
  }

  private static @Nullable String text(GgufVocabulary vocabulary, OptionalInt id) {
    return id.isPresent() ? vocabulary.tokens().get(id.getAsInt()).text() : null;
  }

  /// The type that most bytes of the layers have, as files are named after it.
  private static String dominantType(GgufFile file) {
    Map<TensorType, Long> bytes = new EnumMap<>(TensorType.class);
    for (Tensor tensor : file.tensors().values()) {
      if (tensor.name().startsWith("blk.")) {
        bytes.merge(tensor.type(), tensor.bytes(), Long::sum);
      }
    }
    return bytes.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(entry -> entry.getKey().name())
        .orElse("");
  }
}
