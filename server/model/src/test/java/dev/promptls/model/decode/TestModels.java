package dev.promptls.model.decode;

import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.onnx.Importer;
import dev.promptls.model.onnx.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The small models of the tests.
public final class TestModels {
  private static final Path OWN = Path.of("src/test/resources/gguf");
  private static final Path SHARED =
      Path.of(System.getProperty("promptls.root", "../..")).resolve("../shared/conformance/gguf");

  private TestModels() {}

  /// A GGUF file of the test resources or of the shared conformance data.
  public static Optional<Path> find(String file) {
    for (Path folder : new Path[] {OWN, SHARED}) {
      if (Files.exists(folder.resolve(file))) {
        return Optional.of(folder.resolve(file));
      }
    }
    return Optional.empty();
  }

  /// A model that was imported into `folder`.
  static Engine open(Path gguf, Path folder, int threads) throws Exception {
    return Engine.open(
        ModelFolder.open(imported(gguf, folder)), EngineSettings.withThreads(threads));
  }

  /// Where a model was imported, within `folder`.
  public static Path imported(Path gguf, Path folder) throws Exception {
    Path target = Files.createTempDirectory(folder, "model");
    try (GgufFile file = GgufFile.open(gguf)) {
      Importer.write(file, gguf.getFileName().toString(), target);
    }
    return target;
  }

  /// The file behind [#micro].
  static byte[] microBytes() throws IOException {
    return Files.readAllBytes(microFile());
  }

  static Path microFile() {
    return OWN.resolve("micro-q8_0.gguf");
  }

  static Engine micro(Path folder) throws Exception {
    return open(microFile(), folder, 1);
  }
}
