package dev.promptls.bench;

import dev.promptls.bench.Report.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// What a process has in memory, in MB of 1,000,000 bytes, as Linux tells it.
///
/// @param anonymous what is its own: heap, buffers, code
/// @param files mapped files: libraries, weights
/// @param peak the most it ever had
record ResidentMemory(double total, double anonymous, double files, double peak) {
  private static final double KIBIBYTES_TO_MB = 1024 / 1e6;

  /// @throws IOException if the process is gone, or the system does not tell
  static ResidentMemory of(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.exists(status)) {
      throw new IOException(
          "Memory can be read on Linux only, from %s, which is not there: measure there."
              .formatted(status));
    }
    Map<String, Double> sizes = new TreeMap<>();
    for (String line : Files.readAllLines(status)) {
      if (line.endsWith(" kB")) {
        sizes.put(
            line.substring(0, line.indexOf(':')),
            Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTES_TO_MB);
      }
    }
    return new ResidentMemory(
        sizes.getOrDefault("VmRSS", Double.NaN),
        sizes.getOrDefault("RssAnon", Double.NaN),
        sizes.getOrDefault("RssFile", Double.NaN),
        sizes.getOrDefault("VmHWM", Double.NaN));
  }

  Row row(String of) {
    return new Row(of)
        .with("RSS, MB", total)
        .with("of it own", anonymous)
        .with("of it files", files)
        .with("peak, MB", peak);
  }
}
