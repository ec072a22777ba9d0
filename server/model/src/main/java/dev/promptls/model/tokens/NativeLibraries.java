package dev.promptls.model.tokens;

import java.nio.file.Path;

/// Where the native part of the tokenizer library goes, and that it stays at home.
///
/// DJL unpacks its library once into a folder, `~/.djl.ai` unless told otherwise, and may call home
/// when it is first used. Both are decided by system properties read at that moment, so they have
/// to be set before.
public final class NativeLibraries {
  private static final String FOLDER = "ENGINE_CACHE_DIR";

  private NativeLibraries() {}

  /// Lets native libraries be unpacked below a folder. Call it before the first tokenizer is made;
  /// later calls change nothing that is loaded already.
  public static void unpackInto(Path folder) {
    System.setProperty(FOLDER, folder.toAbsolutePath().toString());
    System.setProperty("DJL_CACHE_DIR", folder.toAbsolutePath().toString());
    stayOffline();
  }

  /// Forbids every connection that DJL would make by itself.
  public static void stayOffline() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }
}
