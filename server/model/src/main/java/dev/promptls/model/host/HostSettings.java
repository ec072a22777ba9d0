package dev.promptls.model.host;

import java.nio.file.Path;
import java.util.List;

/// Which model a child process loads, and how.
///
/// @param model a `.gguf` file or a folder with an ONNX model
/// @param home the folder of models and caches
/// @param device `auto`, `cpu`, `cuda` or `cuda:n`
/// @param threads for arithmetic; 0 chooses
public record HostSettings(Path model, Path home, String device, int threads) {
  List<String> arguments() {
    return List.of(
        model.toAbsolutePath().toString(),
        home.toAbsolutePath().toString(),
        device,
        Integer.toString(threads));
  }

  static HostSettings of(String[] arguments) {
    return new HostSettings(
        Path.of(arguments[0]), Path.of(arguments[1]), arguments[2], Integer.parseInt(arguments[3]));
  }

  /// The model's file name, for sentences.
  String name() {
    Path file = model.getFileName();
    return file == null ? model.toString() : file.toString();
  }
}
