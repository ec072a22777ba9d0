package dev.promptls.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The server as a process: how it ends, what it leaves behind, and what it prints.
@DisabledOnOs(OS.WINDOWS)
class ServerProcessTest {
  @TempDir Path folder;

  @Test
  void the_server_and_its_child_end_with_a_killed_editor() throws Exception {
    Process editor = new ProcessBuilder("sleep", "600").start();
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.begin(editor.toHandle());
      server.result(server.run(1));
      ProcessHandle child = server.child();

      editor.destroyForcibly().waitFor();
      long killed = System.nanoTime();

      assertEquals(1, server.process.waitFor());
      child.onExit().get();
      say("R5: server and child ended %d ms after the editor was killed", killed);
    } finally {
      editor.destroyForcibly();
    }
  }

  @Test
  void a_closed_standard_input_amid_a_run_ends_the_server_and_its_child() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.begin(ProcessHandle.current());
      server.result(server.run(1));
      ProcessHandle child = server.child();
      server.run(400);

      server.process.getOutputStream().close();
      long closed = System.nanoTime();

      assertEquals(1, server.process.waitFor());
      child.onExit().get();
      assertEquals(0, server.process.descendants().count());
      say("R5: server and child ended %d ms after standard input was closed", closed);
    }
  }

  @Test
  void a_killed_child_fails_the_run_with_a_sentence_and_the_next_one_works() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.begin(ProcessHandle.current());
      server.result(server.run(1));
      ProcessHandle child = server.child();

      // Stopped, so that the run is still in flight when it is killed.
      signal("STOP", child);
      int run = server.run(4);
      signal("KILL", child);

      JsonObject error = server.reply(run).getAsJsonObject("error");
      assertEquals(-32803, error.get("code").getAsInt());
      assertTrue(error.get("message").getAsString().endsWith("."), error::toString);
      server.result(server.run(4));
    }
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    String pid = Long.toString(process.pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).start().waitFor());
  }

  @Test
  void where_nothing_can_be_written_a_run_is_refused_and_all_else_works() throws Exception {
    Path file = Files.createFile(folder.resolve("no-folder"));
    var environment = Map.of("PROMPTLS_HOME", file.resolve("home").toString());
    try (ServerProcess server = ServerProcess.start(folder, Main.class, environment)) {
      server.begin(ProcessHandle.current());

      JsonObject error = server.reply(server.run(4)).getAsJsonObject("error");

      assertEquals(-32803, error.get("code").getAsInt());
      assertTrue(error.get("message").getAsString().endsWith("."), error::toString);
      server.result(
          server.ask(
              "textDocument/documentSymbol",
              "{'textDocument':{'uri':'%s'}}".formatted(ServerProcess.URI)));
    }
  }

  @Test
  void standard_output_holds_the_protocol_and_nothing_that_a_library_prints() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder, NoisyMain.class, Map.of())) {
      server.begin(ProcessHandle.current());
      server.result(server.run(4));
      server.result(server.ask("shutdown", "null"));
      server.send("{'method':'exit'}");

      server.rest();

      assertEquals(0, server.process.waitFor());
      assertTrue(Files.readString(folder.resolve("stderr")).contains("noise\nnoise\n"));
    }
  }

  private static void say(String format, long since) {
    if (Boolean.getBoolean("promptls.nightly")) {
      System.out.printf(Locale.ROOT, format + "%n", (System.nanoTime() - since) / 1_000_000);
    }
  }
}
