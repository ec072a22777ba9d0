package dev.promptls.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Standard output that remembers why it could not be written, which a `PrintStream` forgets.
final class StandardOutput extends OutputStream {
  private final OutputStream out;
  private final Runnable atFailure;
  private volatile @Nullable IOException failure;

  /// @param atFailure called at the first failure, when to go on is of no use
  StandardOutput(Runnable atFailure) {
    this(new FileOutputStream(FileDescriptor.out), atFailure);
  }

  StandardOutput(OutputStream out, Runnable atFailure) {
    this.out = out;
    this.atFailure = atFailure;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      if (failure == null) {
        failure = e;
        atFailure.run();
      }
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /// The exit code of a command that ended with `code`, by what became of its output. A reader that
  /// has seen enough, like `head`, is no failure; a full disk is one, and is told.
  int exitCode(int code, Console console) {
    IOException why = failure;
    if (why == null || (code != ExitCode.SUCCESS && code != ExitCode.INTERRUPTED)) {
      return code;
    }
    String reason = String.valueOf(why.getMessage());
    if (reason.toLowerCase(Locale.ROOT).contains("pipe")) {
      return ExitCode.SUCCESS;
    }
    console.note(
        "The result cannot be written to standard output: "
            + reason
            + "; choose another place for it.");
    return ExitCode.PROBLEM;
  }
}
