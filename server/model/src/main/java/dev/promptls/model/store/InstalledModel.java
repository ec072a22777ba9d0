package dev.promptls.model.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A model that is complete on this machine.
///
/// @param name as it can be asked for: unique in the store; the path for a file outside of it
/// @param path the GGUF file, or the folder with the ONNX model
/// @param bytes of the file, or of all files of the folder
/// @param sha256 of the file in 64 lower-case hex digits; for a folder, of the list of its files'
///   names and digests
/// @param source where it came from, as it was asked for
/// @param licence if known
public record InstalledModel(
    String name,
    Kind kind,
    Path path,
    long bytes,
    String sha256,
    String source,
    @Nullable String licence) {
  /// How a model is stored.
  public enum Kind {
    GGUF,
    ONNX
  }
}
