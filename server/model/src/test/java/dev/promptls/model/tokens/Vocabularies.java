package dev.promptls.model.tokens;

import dev.promptls.model.ModelException;
import dev.promptls.model.gguf.GgufFile;
import java.nio.file.Path;

/// The vocabularies among the test data.
public final class Vocabularies {
  public static final Path FOLDER = Path.of("src/test/resources/tokens");

  static {
    NativeLibraries.unpackInto(Path.of("target/native"));
  }

  private Vocabularies() {}

  public static GgufVocabulary read(String file) throws ModelException {
    try (GgufFile gguf = GgufFile.open(FOLDER.resolve(file))) {
      return GgufVocabulary.of(file, gguf.metadata());
    }
  }

  public static ModelTokenizer tokenizer(String file) throws ModelException {
    return ModelTokenizer.of(read(file));
  }

  /// The tokenizer of the default model.
  public static ModelTokenizer smolLm2() throws ModelException {
    return tokenizer("smollm2-vocabulary.gguf");
  }
}
