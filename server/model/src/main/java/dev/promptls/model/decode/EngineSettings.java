package dev.promptls.model.decode;

/// How the engine uses the machine.
///
/// @param threads for arithmetic
/// @param slots prefixes kept in the cache side by side
/// @param cacheBytes the most memory for them, and for a batch
public record EngineSettings(int threads, int slots, long cacheBytes) {
  private static final int SLOTS = 4;
  private static final long CACHE_BYTES = 512L << 20;

  /// @param threads 0 takes all processors, up to 8
  public static EngineSettings withThreads(int threads) {
    int processors = Math.min(8, Runtime.getRuntime().availableProcessors());
    return new EngineSettings(threads > 0 ? threads : processors, SLOTS, CACHE_BYTES);
  }
}
