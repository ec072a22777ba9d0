package dev.promptls.model.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.promptls.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/// The native part of ONNX Runtime. By itself it unpacks 28 MB into a temporary folder at every
/// start; here they are unpacked once and stay.
public final class OrtLibrary {
  private static final String PATH_PROPERTY = "onnxruntime.native.path";

  /// All that may be in the jar; the CPU build has the first two.
  private static final List<String> LIBRARIES =
      List.of(
          "onnxruntime",
          "onnxruntime4j_jni",
          "onnxruntime_providers_shared",
          "onnxruntime_providers_cuda",
          "onnxruntime_providers_tensorrt");

  private OrtLibrary() {}

  /// Unpacks the library below `folder` if it is not there. Call it before the first session is
  /// made.
  ///
  /// @throws ModelException if the folder cannot be written
  public static void unpackInto(Path folder) throws ModelException {
    Path target = folder.resolve(build());
    try {
      Files.createDirectories(target);
      for (String library : LIBRARIES) {
        unpack(System.mapLibraryName(library), target);
      }
    } catch (IOException e) {
      throw new ModelException(
          "ONNX Runtime cannot be unpacked into %s (%s); check its permissions and the disk."
              .formatted(target, e.getMessage()),
          e);
    }
    System.setProperty(PATH_PROPERTY, target.toAbsolutePath().toString());
  }

  private static void unpack(String file, Path target) throws IOException {
    URL resource =
        OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + platform() + "/" + file);
    if (resource == null) {
      return;
    }
    URLConnection connection = resource.openConnection();
    Path unpacked = target.resolve(file);
    if (Files.exists(unpacked) && Files.size(unpacked) == connection.getContentLengthLong()) {
      return;
    }
    // Under a name of its own first, so that a process that starts now finds all of it or nothing.
    Path partial = Files.createTempFile(target, file, ".partial");
    try (InputStream in = connection.getInputStream()) {
      Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
      Files.move(partial, unpacked, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /// The name of the jar, which tells the version and whether it is the GPU build.
  private static String build() {
    String jar = OrtEnvironment.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    String name = jar.substring(jar.lastIndexOf('/') + 1);
    return name.endsWith(".jar") ? name.substring(0, name.length() - ".jar".length()) : name;
  }

  /// As the jar names its folders.
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String system = os.contains("win") ? "win" : os.contains("mac") ? "osx" : "linux";
    return system + (arch.equals("aarch64") ? "-aarch64" : "-x64");
  }
}
