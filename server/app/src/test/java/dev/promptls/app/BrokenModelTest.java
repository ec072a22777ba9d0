package dev.promptls.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.lab.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Broken GGUF files, each with one defect, given to every command that takes a model; and sound
/// ones beside them, so that it is not the command that is refused.
class BrokenModelTest {
  private static final String REQUEST = "{\"text\":\"abc\",\"maxTokens\":2}\n";

  @TempDir static Path home;

  @ParameterizedTest
  @MethodSource("broken")
  void a_broken_model_is_refused_in_one_sentence_by_every_command(Path model) throws IOException {
    for (List<String> command : commands(model)) {
      CommandRun run = CommandRun.of(home, REQUEST, command.toArray(String[]::new));
      String what = command + ": " + run;
      assertEquals(3, run.code(), what);
      assertEquals("", run.out(), what);
      assertEquals(1, run.err().lines().count(), what);
      assertTrue(run.err().contains(String.valueOf(model.getFileName())), what);
    }
  }

  @ParameterizedTest
  @MethodSource("sound")
  void a_sound_model_is_taken_by_the_same_commands(Path model) throws IOException {
    for (List<String> command : commands(model)) {
      CommandRun run = CommandRun.of(home, REQUEST, command.toArray(String[]::new));
      assertEquals(0, run.code(), command + ": " + run);
    }
  }

  private static List<List<String>> commands(Path file) throws IOException {
    String model = file.toString();
    String prompt = Files.writeString(home.resolve("hello.prompt"), "Say hello.\n").toString();
    return List.of(
        List.of("run", prompt, "--max-tokens", "2", "--model", model),
        List.of("render", prompt, "--model", model),
        List.of("count", prompt, "--model", model),
        List.of("count", "--jsonl", "--model", model),
        List.of("complete", "--jsonl", "--model", model),
        List.of("score", "--text", "abc", "--model", model),
        List.of("model", "info", model),
        List.of("model", "import", model));
  }

  static Stream<Path> broken() {
    return files("reject");
  }

  static Stream<Path> sound() {
    return files("accept");
  }

  private static Stream<Path> files(String expected) {
    Path gguf =
        Path.of(
            System.getProperty("promptls.root", "../.."), "server/model/src/test/resources/gguf");
    try {
      List<String> lines = Files.readAllLines(gguf.resolve("broken.jsonl"));
      return lines.stream()
          .map(line -> Json.parse(line).getAsJsonObject())
          .filter(line -> line.get("expect").getAsString().equals(expected))
          .map(line -> gguf.resolve(line.get("file").getAsString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
