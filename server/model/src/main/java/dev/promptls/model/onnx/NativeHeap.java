package dev.promptls.model.onnx;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Memory outside the Java heap that was freed and that the C library keeps for itself. A child
/// keeps its weights in huge pages, and for these all of its memory has to come from the C
/// library's heap, of which only the end goes back by itself.
public final class NativeHeap {
  /// glibc's; other C libraries have none and need none. It takes a number and touches nothing that
  /// is in use, so it is safe to call however Java sees it.
  @SuppressWarnings("restricted")
  private static final Optional<MethodHandle> TRIM =
      Linker.nativeLinker()
          .defaultLookup()
          .find("malloc_trim")
          .map(address ->
              Linker.nativeLinker()
                  .downcallHandle(
                      address, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));

  private NativeHeap() {}

  /// Gives what is free back to the system. Takes milliseconds.
  public static void trim() {
    if (TRIM.isEmpty()) {
      return;
    }
    try {
      var _ = (int) TRIM.get().invokeExact(0L);
    } catch (Throwable e) {
      // The signature of a method handle allows any; C throws none.
      throw new IllegalStateException(e);
    }
  }
}
