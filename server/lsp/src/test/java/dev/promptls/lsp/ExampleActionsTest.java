package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.text.Encoding;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Position;
import dev.promptls.prompt.text.TextEdit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Changing examples from an editor.
class ExampleActionsTest {
  private static final String BLOCKS =
      "Q: one\nA: yes\n\nQ: t$0wo\nA: no\n\nQ: three\nA: yes\n\nQ: {{question}}\nA:\n";

  private static final String LAZY =
      "{'textDocument':{'codeAction':{'resolveSupport':{'properties':['edit']}}}}";

  @Test
  void anExampleIsAddedMovedAndRemoved() throws IOException {
    assertEquals(
        """
        Q: one
        A: yes

        Q: two
        A: no

        Q: <Q>
        A: <answer>

        Q: three
        A: yes

        Q: {{question}}
        A:
        """,
        after("{}", BLOCKS, "Add example"));
    assertEquals(
        "Q: two\nA: no\n\nQ: one\nA: yes\n\nQ: three\nA: yes\n\nQ: {{question}}\nA:\n",
        after("{}", BLOCKS, "Move example up"));
    assertEquals(
        "Q: one\nA: yes\n\nQ: three\nA: yes\n\nQ: two\nA: no\n\nQ: {{question}}\nA:\n",
        after("{}", BLOCKS, "Move example down"));
    assertEquals(
        "Q: one\nA: yes\n\nQ: three\nA: yes\n\nQ: {{question}}\nA:\n",
        after("{}", BLOCKS, "Remove this example"));
    assertEquals(
        "Q: one\nA: yes\n\nQ: two\nA: no\n\nQ: {{question}}\nA:\n",
        after("{}", BLOCKS, "Balance labels"));
  }

  @Test
  void examplesAreConvertedIntoTheOtherShapes() throws IOException {
    assertEquals(
        """
        {{role "user"~}}
        one
        {{~role "model"~}}
        yes
        {{~role "user"~}}
        two
        {{~role "model"~}}
        no
        {{~role "user"~}}
        three
        {{~role "model"~}}
        yes
        {{~role "user"~}}
        {{question}}
        """,
        after("{}", BLOCKS, "Convert examples to messages"));
    assertTrue(
        after(LAZY, BLOCKS, "Convert examples to a loop over a list")
            .endsWith("Q: {{question}}\nA: {{a}}\n\n{{/each}}\nQ: {{question}}\nA:\n"));
  }

  @Test
  void anEditIsWorkedOutLaterWhereTheClientCanAsk() throws IOException {
    for (String title : List.of("Add example", "Move example up", "Remove this example")) {
      assertEquals(after("{}", BLOCKS, title), after(LAZY, BLOCKS, title));
    }
  }

  @Test
  void examplesMoveIntoANewFileWhereTheClientCanMakeOne() throws IOException {
    String able =
        "{'workspace':{'workspaceEdit':{'documentChanges':true,'resourceOperations':['create']}}}";
    try (Editor editor = Editor.of(new FakeModel(prompt -> "x"), able)) {
      editor.open(BLOCKS);
      JsonObject action =
          actions(editor, "{'diagnostics':[],'only':['refactor.extract']}").getFirst();
      JsonArray changes = action.getAsJsonObject("edit").getAsJsonArray("documentChanges");
      JsonObject create = changes.get(0).getAsJsonObject();
      assertEquals("create", create.get("kind").getAsString());
      assertEquals("file:///work/test.examples.jsonl", create.get("uri").getAsString());
      JsonElement rows = changes.get(1).getAsJsonObject().getAsJsonArray("edits").get(0);
      assertEquals(
          "{\"id\":\"1\",\"input\":{\"question\":\"one\"},\"expected\":\"yes\"}",
          rows.getAsJsonObject().get("newText").getAsString().lines().findFirst().orElseThrow());
      assertTrue(
          changes.get(2).toString().contains("promptls.examples: test.examples.jsonl"),
          changes.toString());
    }
    try (Editor editor = Editor.of(new FakeModel(prompt -> "x"))) {
      editor.open(BLOCKS);
      assertTrue(titles(editor, "refactor.extract").isEmpty());
    }
  }

  @Test
  void onlyTheKindsAskedForAreOffered() throws IOException {
    try (Editor editor = Editor.of(new FakeModel(prompt -> "x"))) {
      editor.open(BLOCKS);
      assertTrue(titles(editor, "quickfix").isEmpty());
      assertTrue(titles(editor, "refactor.rewrite").contains("Shuffle examples"));
      assertTrue(titles(editor, "refactor").contains("Shuffle examples"));
      assertTrue(titles(editor, "source").stream().noneMatch("Shuffle examples"::equals));
    }
  }

  @Test
  void aPromptWithoutExamplesOffersNothingOfTheKind() throws IOException {
    try (Editor editor = Editor.of(new FakeModel(prompt -> "x"))) {
      editor.open("Hel$0lo {{name}}");
      assertTrue(titles(editor, "refactor").isEmpty());
    }
  }

  private static List<String> titles(Editor editor, String only) {
    return actions(editor, "{'diagnostics':[],'only':['" + only + "']}").stream()
        .map(action -> action.get("title").getAsString())
        .toList();
  }

  private static List<JsonObject> actions(Editor editor, String context) {
    JsonObject params = editor.here();
    JsonElement position = params.get("position");
    JsonObject range = new JsonObject();
    range.add("start", position);
    range.add("end", position);
    params.add("range", range);
    params.add("context", JsonParser.parseString(context));
    List<JsonObject> actions = new ArrayList<>();
    editor
        .client
        .call("textDocument/codeAction", params)
        .getAsJsonArray()
        .forEach(action -> actions.add(action.getAsJsonObject()));
    return actions;
  }

  private static String after(String capabilities, String marked, String title) throws IOException {
    try (Editor editor = Editor.of(new FakeModel(prompt -> "x"), capabilities)) {
      editor.open(marked);
      JsonObject action =
          actions(editor, "{'diagnostics':[]}").stream()
              .filter(one -> one.get("title").getAsString().equals(title))
              .findFirst()
              .orElseThrow();
      if (!action.has("edit")) {
        action = editor.client.call("codeAction/resolve", action).getAsJsonObject();
      }
      LineIndex text = LineIndex.of(marked.replace("$0", ""));
      List<TextEdit> edits = new ArrayList<>();
      for (JsonElement element :
          action.getAsJsonObject("edit").getAsJsonObject("changes").getAsJsonArray(Editor.URI)) {
        JsonObject edit = element.getAsJsonObject();
        JsonObject range = edit.getAsJsonObject("range");
        edits.add(
            new TextEdit(
                text.span(
                    position(range.getAsJsonObject("start")),
                    position(range.getAsJsonObject("end")),
                    Encoding.UTF16),
                edit.get("newText").getAsString()));
      }
      return Edits.apply(text.text(), edits);
    }
  }

  private static Position position(JsonObject json) {
    return new Position(json.get("line").getAsInt(), json.get("character").getAsInt());
  }
}
