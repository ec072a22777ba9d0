package dev.promptls.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What computes: `auto`, `cpu`, `cuda` or `cuda:N`.
public sealed interface Device {
  /// What a device may be called, for messages.
  String NAMES = "auto, cpu, cuda or cuda:N";

  Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,2}))?");

  /// The first GPU if ONNX Runtime can use one here, else the processor.
  record Auto() implements Device {}

  /// The processor.
  record Cpu() implements Device {}

  /// An NVIDIA GPU.
  ///
  /// @param index among those that CUDA counts, from 0
  record Cuda(int index) implements Device {}

  /// The device of a name; empty if none is called so.
  static Optional<Device> named(String name) {
    Matcher cuda = CUDA.matcher(name);
    if (cuda.matches()) {
      String index = cuda.group(1);
      return Optional.of(new Cuda(index == null ? 0 : Integer.parseInt(index)));
    }
    return switch (name) {
      case "auto" -> Optional.of(new Auto());
      case "cpu" -> Optional.of(new Cpu());
      default -> Optional.empty();
    };
  }

  /// The device of a name.
  ///
  /// @throws ModelException if none is called so
  static Device parse(String name) throws ModelException {
    return named(name)
        .orElseThrow(() ->
            new ModelException("There is no device `%s`: give %s.".formatted(shown(name), NAMES)));
  }

  private static String shown(String name) {
    String line = name.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > 40 ? line.substring(0, 40) + "…" : line;
  }
}
