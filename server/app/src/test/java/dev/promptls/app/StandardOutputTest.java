package dev.promptls.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
  private final Cancellation stop = new Cancellation();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void a_reader_that_has_seen_enough_stops_the_command_and_is_no_failure() {
    assertEquals(ExitCode.SUCCESS, exitCode("Broken pipe", ExitCode.INTERRUPTED));
    assertTrue(stop.isCancelled());
    assertEquals("", said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void a_full_disk_is_told() {
    assertEquals(ExitCode.PROBLEM, exitCode("No space left on device", ExitCode.SUCCESS));
    assertEquals(
        "promptls: The result cannot be written to standard output: No space left on device; choose another place for it.\n",
        said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void a_worse_exit_code_stays() {
    assertEquals(ExitCode.FINDINGS, exitCode("Broken pipe", ExitCode.FINDINGS));
  }

  private int exitCode(String failure, int code) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException(failure);
          }
        };
    StandardOutput out = new StandardOutput(broken, stop::cancel);
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(said, false, StandardCharsets.UTF_8),
            false,
            false,
            Map.of());
    console.line("result");
    return out.exitCode(code, console);
  }
}
