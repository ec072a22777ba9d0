package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What changes while the server runs: settings, models, answers that grow, prompts that are saved.
class LiveTest {
  private static final String PROMPT =
      """
      Judge.

      Review: Bad.
      Sentiment: negative

      Review: Good.
      Sentiment: positive

      Review: {{review}}
      Sentiment:
      """;

  private final FakeModel model = new FakeModel(prompt -> " positive\nReview: more");
  private final Editor editor = Editor.of(model);

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void aModelThatIsNotThereIsToldOnceAndCountsStay() {
    editor.open(PROMPT);
    int hints = editor.over("textDocument/inlayHint").size();
    assertTrue(hints > 0);
    for (int i = 0; i < 3; i++) {
      settings("{'model':'missing','inlay':{'results':" + (i == 1) + "}}");
      settings("{}");
    }
    assertEquals("There is no model missing; pull one.", shown());
    editor.hover();
    assertEquals(0, editor.client.waiting("window/showMessage"));
    assertEquals(hints, editor.over("textDocument/inlayHint").size());
  }

  @Test
  void aMistakeInTheSettingsIsToldOnceAndTheOthersHold() {
    editor.open(PROMPT);
    for (int i = 0; i < 3; i++) {
      settings(
          "{'promptls.threads':-3,'model':'','inlay.tokens':false,'budget':{'warnAt':" + i + "}}");
    }
    assertEquals(
        "The setting promptls.threads must be a whole number from 0 to 1024; what is not is left out.",
        shown());
    assertEquals(
        "The setting promptls.budget.warnAt must be a number from 0 to 1; what is not is left out.",
        shown());
    settings("{'lint':{'undefined-variable':'loud','no-such-rule':'off'},'inlay.tokens':false}");
    assertEquals(
        "The setting promptls.lint.undefined-variable must be off, hint, info, warning or error;"
            + " what is not is left out.",
        shown());
    assertEquals("There is no rule for the setting promptls.lint.no-such-rule.", shown());
    assertEquals(0, editor.over("textDocument/inlayHint").size());
    assertEquals(0, editor.client.waiting("window/showMessage"));
  }

  private String shown() {
    return editor
        .client
        .awaitNotification("window/showMessage", params -> true)
        .get("message")
        .getAsString();
  }

  @Test
  void settingsHoldFromTheNextRequestOn() {
    editor.open(PROMPT);
    settings("{'promptls':{'inlay':{'tokens':false}}}");
    assertEquals(0, editor.over("textDocument/inlayHint").size());
    settings("{'promptls':{'lens.run':false}}");
    assertFalse(editor.over("textDocument/codeLens").toString().contains("Run"));
    assertTrue(editor.over("textDocument/inlayHint").size() > 0);
  }

  @Test
  void estimatesAreSharesOfTheWindowThatTheModelWillHave() {
    settings("{'model':'unpulled'}");
    String line = editor.open(PROMPT.replace("Bad", "B$0ad")).hover().lines().toList().getFirst();
    assertEquals("**≈8 tokens** · 32 % of the prompt · <1 % of 8192", line);
  }

  @Test
  void rulesAreNamedWithDotsToo() {
    settings("{'promptls.lint.unknown-key':'error'}");
    editor.open("---\nmodle: x\n---\nHi");
    assertEquals(1, editor.diagnostic("unknown-key").get("severity").getAsInt());
  }

  @Test
  void tokensOfFurtherModelsStandBesideEachOther() {
    settings("{'tokenizers':['other','missing','/no/path']}");
    editor.open(PROMPT.replace("Bad", "B$0ad"));
    String hover = editor.hover();
    assertTrue(hover.lines().findFirst().orElse("").startsWith("**"), hover);
    assertTrue(hover.contains("other: 10 tokens"), hover);
    assertFalse(hover.contains("missing"), hover);
    assertEquals(
        "The setting promptls.tokenizers must be a list of at most 8 texts, each of them the name"
            + " of a model, not a path; what is not is left out.",
        shown());
    JsonObject lens =
        StreamSupport.stream(editor.over("textDocument/codeLens").spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .filter(each -> !each.has("command"))
            .findFirst()
            .orElseThrow();
    String title = editor.client.call("codeLens/resolve", lens).getAsJsonObject().toString();
    assertTrue(title.contains("· other 3"), title);
  }

  @Test
  void savingAsksAgainForWhatIsStaleIfTheUserWishesIt() {
    settings("{'run':{'onSave':true}}");
    editor.open(PROMPT);
    editor.execute("promptls.runExample", "{'index':1}");
    editor.type(PROMPT.replace("Judge", "Now judge"));
    int calls = model.calls.get();
    model.says = _ -> " negative";
    save();
    editor.client.awaitNotification(
        "textDocument/publishDiagnostics", params -> params.toString().contains("example-missed"));
    assertEquals(calls + 1, model.calls.get());
    assertEquals(List.of("⇒ negative ✗"), results());
  }

  @Test
  void savingAsksNothingOtherwise() {
    editor.open(PROMPT);
    editor.execute("promptls.runExample", "{'index':1}");
    editor.type(PROMPT.replace("Judge", "Now judge"));
    int calls = model.calls.get();
    save();
    editor.hover();
    assertEquals(calls, model.calls.get());
    assertEquals(List.of("⇒ positive ✓ (stale)"), results());
  }

  @Test
  void anAnswerGrowsInPartialResultsAndInTheVirtualDocument() throws InterruptedException {
    model.says = _ -> FakeModel.FOREVER;
    editor.open(PROMPT);
    JsonObject command = editor.command("promptls.run", "{}");
    command.add("partialResultToken", new JsonPrimitive("parts"));
    JsonPrimitive id = editor.client.ask("workspace/executeCommand", command);
    model.started.await();
    assertTrue(content().contains("## Answering …"), this::content);
    editor.execute("promptls.stop", "{}");
    JsonObject part =
        editor.client.awaitNotification(
            "$/progress", params -> params.get("token").getAsString().equals("parts"));
    assertEquals("half an ans", part.getAsJsonObject("value").get("output").getAsString());
    JsonElement unused = editor.client.awaitReply(id);
    assertFalse(content().contains("## Answering …"), unused::toString);
  }

  @Test
  void aPreviewGrowsExampleByExampleAndEndsInTheVirtualDocument() {
    editor.open(PROMPT);
    JsonObject command = editor.command("promptls.preview", "{}");
    command.add("partialResultToken", new JsonPrimitive("parts"));
    editor.client.awaitReply(editor.client.ask("workspace/executeCommand", command));
    JsonObject part =
        editor.client.awaitNotification(
            "$/progress", params -> params.get("token").getAsString().equals("parts"));
    JsonArray examples = part.getAsJsonObject("value").getAsJsonArray("examples");
    assertEquals(0, examples.get(0).getAsJsonObject().get("index").getAsInt());
    assertTrue(content().contains("zero-shot 50 %, few-shot 50 %"), this::content);
  }

  @Test
  void whatIsSentIsShownAloneAndFollowsTheText() throws IOException {
    String name = "promptls:sent?file%3A%2F%2F%2Fwork%2Ftest.prompt";
    try (Editor editor = Editor.of(model, "{'workspace':{'textDocumentContent':{}}}")) {
      editor.open(PROMPT);
      editor.hover(); // Counts are worked out when somebody asks.
      assertTrue(content(editor, name).contains("tokens · "), () -> content(editor, name));
      assertTrue(content(editor, name).contains("Review: Bad."));
      assertFalse(content(editor, name).contains("What is sent"));
      editor.type(PROMPT.replace("Bad", "Worse"));
      editor.client.awaitNotification(
          "workspace/textDocumentContent/refresh",
          params -> params.get("uri").getAsString().equals(name));
      assertTrue(content(editor, name).contains("Review: Worse."));
    }
  }

  private String content() {
    return content(editor, "promptls:preview?file%3A%2F%2F%2Fwork%2Ftest.prompt");
  }

  private static String content(Editor editor, String name) {
    return editor
        .client
        .result("workspace/textDocumentContent", "{'uri':'" + name + "'}")
        .getAsJsonObject()
        .get("text")
        .getAsString();
  }

  private void settings(String json) {
    var params = new JsonObject();
    params.add("settings", JsonParser.parseString(json));
    editor.client.notify("workspace/didChangeConfiguration", params);
  }

  private void save() {
    editor.client.notify("textDocument/didSave", editor.here());
  }

  private List<String> results() {
    return StreamSupport.stream(editor.over("textDocument/inlayHint").spliterator(), false)
        .map(hint -> hint.getAsJsonObject().get("label").getAsString())
        .filter(label -> label.startsWith("⇒"))
        .toList();
  }
}
