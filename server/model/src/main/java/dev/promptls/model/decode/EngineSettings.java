package dev.promptls.model.decode;

import dev.promptls.model.Device;
import dev.promptls.model.onnx.Hardware;

/// How the engine uses the machine.
///
/// @param device what computes
/// @param threads for arithmetic
/// @param slots prefixes kept in the cache side by side
/// @param cacheBytes the most memory for them, and for a batch
public record EngineSettings(Device device, int threads, int slots, long cacheBytes) {
  private static final int SLOTS = 4;
  private static final long CACHE_BYTES = 512L << 20;

  /// @param threads 0 takes all processors, up to 8
  public static EngineSettings withThreads(int threads) {
    return of(new Device.Cpu(), threads);
  }

  /// @param threads 0 takes all processors, up to 8
  public static EngineSettings of(Device device, int threads) {
    int processors = Math.min(8, Runtime.getRuntime().availableProcessors());
    return new EngineSettings(device, threads > 0 ? threads : processors, SLOTS, CACHE_BYTES);
  }

  Hardware hardware() {
    return new Hardware(device, threads);
  }
}
