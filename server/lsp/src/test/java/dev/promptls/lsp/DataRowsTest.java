package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Examples that a prompt takes from a data file beside it.
class DataRowsTest {
  private static final String FILES =
      """
      == a.prompt
      ---
      promptls.examples: rows.jsonl
      ---
      {{#each examples}}
      Q: {{question}}
      A: {{answer}}

      {{/each}}
      Q: $0{{question}}
      A:
      == rows.jsonl
      {"input": {"question": "one?"}, "expected": "x"}
      {"input": {"question": "two?"}, "expected": "y"}
      """;

  @TempDir private Path folder = Path.of("");
  private WorkspaceEditor editor;

  @BeforeEach
  void open() throws IOException {
    editor = WorkspaceEditor.of(folder, "{}", FILES);
  }

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void theyAreSent() {
    assertTrue(
        execute("promptls.render").toString().contains("Q: one?\\nA: x\\n\\nQ: two?\\nA: y"),
        () -> execute("promptls.render").toString());
  }

  @Test
  void theyAreAskedAsOtherExamplesAre() {
    JsonObject preview = execute("promptls.preview").getAsJsonObject();
    JsonArray examples = preview.getAsJsonArray("examples");
    assertEquals(2, examples.size());
    assertEquals("y", examples.get(1).getAsJsonObject().get("expected").getAsString());
    assertEquals(0.5, preview.getAsJsonObject("fewShot").get("accuracy").getAsDouble());
  }

  @Test
  void theyCanBeWrittenIntoThePrompt() throws IOException {
    JsonArray actions =
        editor
            .ask(
                "textDocument/codeAction",
                "{'range':{'start':{'line':8,'character':0},'end':{'line':8,'character':0}},"
                    + "'context':{'diagnostics':[],'only':['refactor.inline']}}")
            .getAsJsonArray();
    JsonObject action = actions.get(0).getAsJsonObject();
    assertEquals(
        "Write the rows of the data file into the prompt", action.get("title").getAsString());
    String after = editor.applied(action.get("edit")).getOrDefault("a.prompt", "");
    assertTrue(after.contains("question: one?"), after);
    assertTrue(!after.contains("promptls.examples"), after);
  }

  @Test
  void aMissingFileIsToldToWhoeverRunsThePrompt() {
    editor.type(
        "a.prompt", FILES.replace("rows.jsonl", "gone.jsonl").replace("$0", "").substring(12));
    JsonObject answer =
        editor.client.reply("workspace/executeCommand", command("promptls.run").toString());
    assertTrue(answer.toString().contains("There is no file gone.jsonl"), answer.toString());
  }

  private JsonElement execute(String command) {
    return editor.client.call("workspace/executeCommand", command(command));
  }

  private JsonObject command(String name) {
    return JsonParser.parseString(
            "{'command':'%s','arguments':[{'uri':'%s'}]}".formatted(name, editor.uri("a.prompt")))
        .getAsJsonObject();
  }
}
