package dev.promptls.model.host;

import java.util.Set;

/// How a child process ended.
///
/// @param status the exit status; 128 + n for signal n
/// @param frame the native frame of a crash, or empty
record Ending(int status, String frame) {
  private static final int SIGNAL = 128;

  /// ILL, TRAP, ABRT, BUS, FPE, SEGV: what broken native code dies of. A killed process (KILL,
  /// TERM, also by the system when memory is short) is nobody's crash.
  private static final Set<Integer> CRASHES = Set.of(4, 5, 6, 7, 8, 11);

  /// The status that ExitOnOutOfMemoryError gives.
  private static final int OUT_OF_MEMORY = 3;

  /// Whether the model is to blame.
  boolean isCrash() {
    // Without a core file HotSpot ends with 1, but it has named the frame. Windows reports an
    // exception's code, which is a large or a negative number.
    return !frame.isEmpty() || CRASHES.contains(status - SIGNAL) || status < 0 || status > 255;
  }

  /// What happened, as the end of a sentence.
  String words() {
    if (isCrash()) {
      return "crashed" + (frame.isEmpty() ? "" : " in " + frame);
    }
    if (status == OUT_OF_MEMORY) {
      return "ran out of memory";
    }
    return status > SIGNAL
        ? "was killed (signal " + (status - SIGNAL) + ")"
        : "ended (status " + status + ")";
  }
}
