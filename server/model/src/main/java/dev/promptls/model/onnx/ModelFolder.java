package dev.promptls.model.onnx;

import ai.onnxruntime.OrtException;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.tokens.GgufVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder that [Importer] wrote. Opening it reads neither vocabulary nor weights.
public record ModelFolder(Path path, ModelInfo info) {
  /// @throws ModelException if the folder is incomplete or damaged
  public static ModelFolder open(Path path) throws ModelException {
    try {
      ModelInfo info =
          new Gson().fromJson(Files.readString(path.resolve(Importer.INFO)), ModelInfo.class);
      return new ModelFolder(path, info);
    } catch (IOException | JsonParseException e) {
      throw damaged(path, e);
    }
  }

  /// Whether [Importer] has written this folder.
  public static boolean isImported(Path path) {
    return Files.exists(path.resolve(Importer.INFO))
        && Files.exists(path.resolve(Importer.VOCABULARY));
  }

  /// Reads the vocabulary.
  public GgufVocabulary vocabulary() throws ModelException {
    try (GgufFile file = GgufFile.open(path.resolve(Importer.VOCABULARY))) {
      return GgufVocabulary.of(info.name(), file.metadata());
    }
  }

  /// Loads the weights.
  ///
  /// @param exact float arithmetic instead of 8-bit activations
  public Decoder load(boolean exact, int threads) throws ModelException {
    try (GgufFile file = GgufFile.open(path.resolve(Importer.VOCABULARY))) {
      DecoderConfig config = DecoderConfig.of(file.metadata(), info.name());
      return new Decoder(
          path.resolve(exact ? Importer.EXACT : Importer.FAST),
          config.cacheShape(),
          config.vocabulary(),
          threads);
    } catch (OrtException e) {
      throw damaged(path, e);
    }
  }

  private static ModelException damaged(Path path, Exception cause) {
    return new ModelException(
        "The imported model in %s cannot be loaded (%s); remove the folder and import it again."
            .formatted(path, cause.getMessage()),
        cause);
  }
}
