package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Ghost text: where it is offered, where it ends, and that nothing waits for it.
class GhostTextTest {
  private static final String BLOCKS =
      """
      Judge.

      Review: Bad.
      Sentiment: negative

      Review: Good.
      Sentiment: positive

      """;

  private volatile String asked = "";
  private final FakeModel model =
      new FakeModel(prompt -> {
        asked = prompt;
        return " one.\nTwo.\n\nReview: three {{x}}";
      });
  private final Editor editor = Editor.of(model);

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void aLineIsContinuedToItsEnd() {
    assertEquals(" one.", ghost("Write$0"));
    assertEquals("Write", asked);
    assertEquals("one.", ghost("Write $0"));
    assertEquals("Write", asked, "the blank belongs to the next token");
  }

  @Test
  void aBlockIsContinuedOverItsLinesToTheSeparator() {
    assertEquals(" one.\nTwo.", ghost(BLOCKS + "$0"));
    assertTrue(asked.endsWith("positive\n\n"), asked);
    assertEquals(" one.", ghost(BLOCKS + "Review:$0"));
  }

  @Test
  void aMessageIsContinuedWhereItNeedsNoQuotes() {
    String messages = "messages:\n  - role: user\n    content: ";
    assertEquals(" one.", ghost(messages + "|\n      Write$0\n", "promptls-github"));
    assertEquals("", ghost(messages + "Write$0\n", "promptls-github"));
    assertEquals("", ghost(messages + "|\n      Write\n  - role: us$0\n", "promptls-github"));
  }

  @Test
  void theTextBeforeStaysTheSameFromKeystrokeToKeystroke() {
    var _ = ghost(BLOCKS + "Review: A$0");
    String first = asked;
    var _ = ghost(BLOCKS + "Review: An$0");
    assertEquals(first + "n", asked);
  }

  @Test
  void noTagIsGuessedAndNothingOfferedInsideOne() {
    model.says = _ -> " all {% for x in y %}";
    assertEquals(" all", ghost("user:\nSay$0", "prompty"));
    assertEquals("", ghost("user:\nSay {% if $0", "prompty"));
    assertEquals("", ghost("user:\nSay {{ $0", "prompty"));
    assertEquals("", ghost("Say {{na$0"));
    assertEquals("", ghost("Say $0this"));
  }

  @Test
  void itCanBeSwitchedOff() {
    var params = new JsonObject();
    params.add(
        "settings", JsonParser.parseString("{'promptls':{'inlineCompletion':{'enabled':false}}}"));
    editor.client.notify("workspace/didChangeConfiguration", params);
    assertEquals("", ghost("Write$0"));
    assertEquals(0, model.calls.get());
  }

  @Test
  void nothingWaitsForItAndANewerRequestEndsIt() throws InterruptedException {
    model.says = _ -> FakeModel.FOREVER;
    editor.open("Write$0");
    JsonPrimitive older = editor.client.ask("textDocument/inlineCompletion", invoked());
    model.started.await();
    assertTrue(editor.hover().contains("tokens"));
    model.says = _ -> " more";
    assertEquals(" more", ghost("Write$0"));
    assertEquals(-32801, RawClient.errorCode(editor.client.awaitReply(older)));
    assertEquals(1, model.cancelled.get());
  }

  private String ghost(String marked) {
    return ghost(marked, "promptls");
  }

  private String ghost(String marked, String languageId) {
    editor.open(marked, languageId);
    JsonElement answer = editor.client.call("textDocument/inlineCompletion", invoked());
    JsonArray items =
        answer.isJsonNull() ? new JsonArray() : answer.getAsJsonObject().getAsJsonArray("items");
    return items.isEmpty() ? "" : items.get(0).getAsJsonObject().get("insertText").getAsString();
  }

  private JsonObject invoked() {
    JsonObject params = editor.here();
    params.add("context", JsonParser.parseString("{'triggerKind':1}"));
    return params;
  }
}
