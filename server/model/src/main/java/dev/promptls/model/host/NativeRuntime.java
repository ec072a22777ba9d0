package dev.promptls.model.host;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.promptls.model.ModelException;
import java.util.List;

/// ONNX Runtime as it loads on this machine.
///
/// @param providers what it can compute on, such as `CPU` and `CUDA`
public record NativeRuntime(String version, List<String> providers) {
  /// Loads the library.
  ///
  /// @throws ModelException if it does not load here
  public static NativeRuntime load() throws ModelException {
    try {
      return new NativeRuntime(
          OrtEnvironment.getEnvironment().getVersion(),
          OrtEnvironment.getAvailableProviders().stream().map(OrtProvider::name).sorted().toList());
    } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
      throw new ModelException(
          "ONNX Runtime does not load on this machine (%s): it needs 64-bit Linux with glibc, macOS or Windows."
              .formatted(e.getMessage()),
          e);
    }
  }
}
