package dev.promptls.model.host;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The end of this process without what C libraries want to do before. ONNX Runtime would take its
/// memory apart while a step still computes in it, and a child that was only told to end would look
/// like one that its model has crashed.
final class AbruptEnd {
  /// Not on every system. It takes a number and does not come back.
  @SuppressWarnings("restricted")
  private static final Optional<MethodHandle> EXIT =
      Linker.nativeLinker()
          .defaultLookup()
          .find("_exit")
          .map(address ->
              Linker.nativeLinker()
                  .downcallHandle(address, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)));

  /// The status of a process that was asked to end: 128 and SIGTERM.
  private static final int TERMINATED = 143;

  private AbruptEnd() {}

  /// Ends this process.
  static void now(int status) {
    if (EXIT.isPresent()) {
      try {
        EXIT.get().invokeExact(status);
      } catch (Throwable e) {
        // The signature of a method handle allows any; C throws none.
        throw new IllegalStateException(e);
      }
    }
    Runtime.getRuntime().halt(status);
  }

  /// The same when the system asks this process to end.
  static void whenAsked() {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> now(TERMINATED), "end"));
  }
}
