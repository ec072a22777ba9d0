package dev.promptls.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.promptls.lab.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The program as a process of its own: what it leaves behind, and how it ends.
class ProcessTest {
  private static final String REQUEST = "{\"text\":\"abc\",\"maxTokens\":3,\"ignoreEos\":true}\n";

  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_killed_child_is_replaced_for_the_next_request() throws Exception {
    Process program = complete();
    BufferedReader answers = program.inputReader(StandardCharsets.UTF_8);
    ask(program);
    String first = text(answers);

    ProcessHandle child = child(program);
    child.destroyForcibly();
    child.onExit().get();
    ask(program);

    assertEquals(first, text(answers));
  }

  @Test
  void the_child_ends_with_its_killed_parent() throws Exception {
    Process program = complete();
    ask(program);
    assertFalse(text(program.inputReader(StandardCharsets.UTF_8)).isEmpty());
    ProcessHandle child = child(program);

    program.destroyForcibly();

    child.onExit().get();
    assertFalse(child.isAlive());
  }

  @Test
  void the_child_ends_with_the_program() throws Exception {
    Process program = complete();
    ask(program);
    assertFalse(text(program.inputReader(StandardCharsets.UTF_8)).isEmpty());
    ProcessHandle child = child(program);

    program.getOutputStream().close();

    assertEquals(0, program.waitFor());
    child.onExit().get();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void an_interrupted_program_exits_with_130() throws Exception {
    Process program = complete();
    ask(program);
    assertFalse(text(program.inputReader(StandardCharsets.UTF_8)).isEmpty());

    int killed = new ProcessBuilder("kill", "-INT", Long.toString(program.pid())).start().waitFor();

    assertEquals(0, killed);
    assertEquals(130, program.waitFor());
  }

  private Process complete() throws IOException {
    Path model = folder.resolve("micro.gguf");
    try (InputStream in = ProcessTest.class.getResourceAsStream("micro-q8_0.gguf")) {
      Files.copy(Objects.requireNonNull(in), model);
    }
    return start("complete", "--jsonl", "--model", model.toString());
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PROMPTLS_HOME", folder.resolve("home").toString());
    builder.environment().put("PROMPTLS_CONFIG", folder.resolve("settings.json").toString());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static void ask(Process program) throws IOException {
    program.getOutputStream().write(REQUEST.getBytes(StandardCharsets.UTF_8));
    program.getOutputStream().flush();
  }

  private static String text(BufferedReader answers) throws IOException {
    String line = Objects.requireNonNull(answers.readLine());
    return Json.parse(line).getAsJsonObject().get("text").getAsString();
  }

  private static ProcessHandle child(Process program) {
    return program.children().findFirst().orElseThrow();
  }
}
