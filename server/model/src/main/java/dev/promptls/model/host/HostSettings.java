package dev.promptls.model.host;

import java.nio.file.Path;
import java.util.List;

/// Which model a child process loads, and how.
///
/// @param name of the model, for sentences
/// @param sha256 of the model's file: what a crash is remembered under
/// @param model the folder or file that is loaded
/// @param home the folder of models and caches
/// @param device `auto`, `cpu`, `cuda` or `cuda:n`
/// @param threads for arithmetic; 0 chooses
public record HostSettings(
    String name, String sha256, Path model, Path home, String device, int threads) {
  List<String> arguments() {
    return List.of(
        name,
        sha256,
        model.toAbsolutePath().toString(),
        home.toAbsolutePath().toString(),
        device,
        Integer.toString(threads));
  }

  static HostSettings of(String[] arguments) {
    return new HostSettings(
        arguments[0],
        arguments[1],
        Path.of(arguments[2]),
        Path.of(arguments[3]),
        arguments[4],
        Integer.parseInt(arguments[5]));
  }
}
