package dev.promptls.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `convert` and `new`.
class ConvertCommandTest {
  @TempDir Path folder;

  @Test
  void a_prompt_is_converted_and_what_is_lost_is_told_with_its_place() throws IOException {
    Path file = file("{{role \"system\"}}Be {{#if kind}}kind{{/if}}.");

    CommandRun run = run("convert", file.toString(), "--to", "github");

    assertEquals(0, run.code(), run.err());
    assertEquals("messages:\n  - role: system\n    content: Be .\n", run.out());
    assertTrue(run.err().startsWith(file + ":1:21: lost: The condition on kind "), run.err());
    assertEquals(1, run("convert", file.toString(), "--to", "github", "--strict").code());
    JsonObject json =
        Json.parse(run("convert", file.toString(), "--to", "github", "--json").out())
            .getAsJsonObject();
    assertEquals(run.out(), json.get("text").getAsString());
    assertEquals(1, json.getAsJsonArray("losses").size());
  }

  @Test
  void a_file_is_written_once_and_never_overwritten() throws IOException {
    Path file = file("Hi {{name}}");
    Path to = folder.resolve("b.prompty");

    assertEquals(0, run("convert", file.toString(), "--to", "prompty", "-o", to.toString()).code());
    String written = Files.readString(to);
    CommandRun again = run("convert", file.toString(), "--to", "prompty", "-o", to.toString());

    assertEquals(3, again.code());
    assertTrue(again.err().contains("is there already"), again.err());
    assertEquals(written, Files.readString(to));
  }

  @Test
  void what_is_wrong_is_a_usage_error_or_a_finding() throws IOException {
    assertEquals(2, run("convert", file("Hi").toString(), "--to", "poml").code());
    assertEquals(2, run("convert", file("Hi").toString()).code());
    assertEquals(1, run("convert", file("{{#if}}").toString(), "--to", "prompty").code());
    assertEquals(3, run("convert", "missing.prompt", "--to", "prompty").code());
  }

  @Test
  void templates_of_the_gallery_are_listed_printed_and_written_with_their_rows()
      throws IOException {
    assertTrue(run("new").out().contains("few-shot/sentiment "));
    assertTrue(run("new", "sentiment").out().startsWith("---\nname: sentiment\n"));
    Path to = folder.resolve("mine.prompt");

    CommandRun run = run("new", "few-shot/sentiment", "--to", to.toString());

    assertEquals(0, run.code(), run.err());
    assertEquals(to + "\n" + folder.resolve("sentiment.jsonl") + "\n", run.out());
    assertFalse(Files.readString(folder.resolve("sentiment.jsonl")).isBlank());
    assertEquals(3, run("new", "few-shot/sentiment", "--to", to.toString()).code());
    assertEquals(2, run("new", "nothing").code());
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(folder.resolve("home"), "", arguments);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("a.prompt"), text);
  }
}
