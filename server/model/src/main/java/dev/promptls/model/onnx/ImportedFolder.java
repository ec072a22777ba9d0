package dev.promptls.model.onnx;

import ai.onnxruntime.OrtException;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.tokens.GgufVocabulary;
import dev.promptls.model.tokens.ModelTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/// A folder that [Importer] wrote.
record ImportedFolder(Path path, ModelInfo info) implements ModelFolder {
  static ImportedFolder open(Path path) throws ModelException {
    try {
      ModelInfo info =
          new Gson().fromJson(Files.readString(path.resolve(Importer.INFO)), ModelInfo.class);
      return new ImportedFolder(path, info);
    } catch (IOException | JsonParseException e) {
      throw damaged(path, e);
    }
  }

  /// Whether [Importer] has written this folder.
  static boolean isImported(Path path) {
    return Files.exists(path.resolve(Importer.INFO))
        && Files.exists(path.resolve(Importer.VOCABULARY));
  }

  @Override
  public FolderVocabulary vocabulary() throws ModelException {
    try (GgufFile file = GgufFile.open(path.resolve(Importer.VOCABULARY))) {
      GgufVocabulary read = GgufVocabulary.of(info.name(), file.metadata());
      return new FolderVocabulary(
          ModelTokenizer.of(read),
          info.addsStart() ? read.startId() : OptionalInt.empty(),
          read.endIds());
    }
  }

  @Override
  public boolean hasExact() {
    return true;
  }

  /// The processor's integer kernels, a GPU's in half precision, or for exactness the processor's
  /// in float wherever the rest runs.
  @Override
  public Decoder load(boolean exact, Hardware hardware) throws ModelException {
    if (exact) {
      return load(Arithmetic.FLOAT, Hardware.cpu(hardware.threads()));
    }
    Hardware chosen = hardware.orElseCpu();
    return load(chosen.isCpu() ? Arithmetic.INT8 : Arithmetic.HALF, chosen);
  }

  Decoder load(Arithmetic arithmetic, Hardware hardware) throws ModelException {
    String graph =
        switch (arithmetic) {
          case INT8 -> Importer.FAST;
          case FLOAT -> Importer.EXACT;
          case HALF -> Importer.CUDA;
        };
    try (GgufFile file = GgufFile.open(path.resolve(Importer.VOCABULARY))) {
      DecoderConfig config = DecoderConfig.of(file.metadata(), info.name());
      return new ImportedDecoder(
          hardware.open(path.resolve(graph)), config.cacheShape(arithmetic), config.vocabulary());
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
