package dev.promptls.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;

/// Where figures come from, without anything that names the machine itself.
///
/// @param date ISO, local
/// @param kind the processor, how many of it there are, and the system
record Machine(String date, String kind) {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  static Machine current() {
    return new Machine(
        LocalDate.now(ZoneId.systemDefault()).toString(),
        "%d × %s, %s, Java %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                processor(),
                System.getProperty("os.name"),
                System.getProperty("java.version")));
  }

  /// Its name on Linux, elsewhere its architecture.
  private static String processor() {
    String architecture = System.getProperty("os.arch");
    if (!Files.exists(CPU)) {
      return architecture;
    }
    try (var lines = Files.lines(CPU)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      // Only a label: the architecture will do.
      return architecture;
    }
  }
}
