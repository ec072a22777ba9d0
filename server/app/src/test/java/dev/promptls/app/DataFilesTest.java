package dev.promptls.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Examples from data files, and inputs that do not fit.
class DataFilesTest {
  private static final String PROMPT =
      """
      ---
      promptls.examples: rows.jsonl
      ---
      {{#each examples}}
      Q: {{question}}
      A: {{answer}}
      {{/each}}
      Q: {{question}}
      A:
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void rowsBesideAPromptAreItsExamples() throws IOException {
    Files.writeString(
        folder.resolve("rows.jsonl"), "{\"input\": {\"question\": \"one?\"}, \"expected\": \"1\"}");
    CommandRun run = run(PROMPT, "--input", "question=two?");
    assertEquals("user:\nQ: one?\nA: 1\nQ: two?\nA:\n", run.out());
    assertEquals("", run.err());
  }

  @Test
  void rowsElsewhereAreNotRead() throws IOException {
    Files.createDirectories(folder.resolve("below"));
    Files.writeString(folder.resolve("rows.jsonl"), "{}");
    Path prompt = folder.resolve("below/a.prompt");
    Files.writeString(prompt, PROMPT.replace("rows.jsonl", "../rows.jsonl"));
    CommandRun run = CommandRun.of(folder, "", "render", prompt.toString());
    assertEquals(3, run.code());
    assertTrue(run.err().contains("There is no file ../rows.jsonl"), run.err());
  }

  @Test
  void anInputThatDoesNotFitIsNamedAndRenderedAllTheSame() throws IOException {
    String prompt =
        """
        ---
        input:
          schema:
            name: string
            age?: integer
        ---
        {{name}} is {{age}}
        """;
    CommandRun run = run(prompt, "--input", "age=old", "--input", "name=Ann");
    assertEquals(0, run.code());
    assertEquals("user:\nAnn is old\n", run.out());
    assertEquals(
        "promptls: warning: age must be an integer or null, not the string \"old\".\n", run.err());
    assertEquals("", run(prompt, "--input", "age=3", "--input", "name=Ann").err());
  }

  private CommandRun run(String text, String... more) throws IOException {
    Path prompt = folder.resolve("a.prompt");
    Files.writeString(prompt, text);
    String[] line = new String[2 + more.length];
    line[0] = "render";
    line[1] = prompt.toString();
    System.arraycopy(more, 0, line, 2, more.length);
    return CommandRun.of(folder, "", line);
  }
}
