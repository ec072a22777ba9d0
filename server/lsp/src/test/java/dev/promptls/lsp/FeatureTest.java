package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureTest {
  private static final String REVIEWS =
      """
      ---
      model: fake
      input:
        schema:
          review: string, the text to judge
        default:
          review: Fine.
      ---
      Judge each review.

      Review: Wonderful, I smiled.
      Sentiment: positive

      Review: It broke at once.
      Sentiment: negative

      Review: {{review}}
      Sentiment:
      """;

  private final FakeModel model = new FakeModel(prompt -> " positive\nReview: more");
  private Editor editor = Editor.of(model);

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void hoverOnAnExampleTellsItsTokensItsShareAndTheTokensOfTheWord() {
    String hover = editor.open(REVIEWS.replace("smiled", "smi$0led")).hover();
    assertTrue(
        hover
            .lines()
            .findFirst()
            .orElse("")
            .matches("\\*\\*\\d+ tokens\\*\\* · \\d+ % of the prompt · \\d+ % of 1000"),
        hover);
    assertTrue(hover.contains("Example 1 of 2"), hover);
    assertTrue(hover.contains("2 tokens here: `␣smiled` "), hover);
  }

  @Test
  void hoverOnAMessageAndTheFrontMatterCountsThem() {
    String message = editor.open("{{role \"us$0er\"}}\nHello there.\n").hover();
    assertTrue(message.matches("(?s)\\*\\*\\d+ tokens\\*\\* · .*Message of `user`.*"), message);
    String front = editor.type("--$0-\nmodel: fake\n---\nHello there.\n").hover();
    assertTrue(front.contains(" tokens** · "), front);
  }

  @Test
  void aLabelIsRenamedInAllExamples() {
    editor.open(REVIEWS.replace("Sentiment: negative", "Senti$0ment: negative"));
    JsonObject prepared = editor.at("textDocument/prepareRename").getAsJsonObject();
    assertEquals("Sentiment", prepared.get("placeholder").getAsString());
    JsonObject params = editor.here();
    params.addProperty("newName", "Mood");
    String edit = editor.client.call("textDocument/rename", params).toString();
    assertEquals(4, edit.split("\"newText\":\"Mood\"").length, edit);
    assertEquals(3, editor.at("textDocument/documentHighlight").getAsJsonArray().size());
  }

  @Test
  void hoverOnAHeadingCountsItsSection() {
    String hover = editor.open("# Ta$0sk\nSay it.\n## Rules\nBe brief.\n# End\nNow.\n").hover();
    assertTrue(hover.startsWith("**14 tokens** · "), hover);
    assertTrue(hover.endsWith("Section `Task`"), hover);
  }

  @Test
  void hoverOnAVariableTellsItsTypeAndWhereItIsSet() {
    String hover = editor.open(REVIEWS.replace("{{review}}", "{{rev$0iew}}")).hover();
    assertTrue(hover.startsWith("**review** · string"), hover);
    assertTrue(hover.contains("the text to judge"), hover);
    assertTrue(hover.contains("Default: `\"Fine.\"`"), hover);
    assertTrue(hover.contains("Declared in line 5, set in line 7."), hover);
  }

  @Test
  void hoverOnAKeyTellsWhatItMeans() {
    assertTrue(editor.open(REVIEWS.replace("model:", "mo$0del:")).hover().startsWith("**model**"));
  }

  @Test
  void keysRolesHelpersAndVariablesAreCompleted() {
    assertTrue(editor.open("---\nmod$0\n---\nHi\n").labels().contains("model"));
    assertTrue(editor.type("---\nconfig:\n  temp$0\n---\nHi\n").labels().contains("temperature"));
    assertFalse(editor.type("---\nmodel: x\nmo$0\n---\nHi\n").labels().contains("model"));
    assertTrue(editor.type("{{role \"$0\"}}").labels().containsAll(List.of("user", "system")));
    assertTrue(editor.type("{{#$0").labels().containsAll(List.of("each", "if")));
    assertEquals(List.of("each"), editor.type("{{#each xs}} {{/$0").labels());
    assertEquals("review", editor.type(REVIEWS + "{{r$0").labels().getFirst());
  }

  @Test
  void anEmptyFileOffersTheGalleryAndResolveGivesDocumentation() {
    assertTrue(editor.open("few$0").labels().contains("few-shot/sentiment"));
    JsonObject key =
        editor.type("---\nmod$0\n---\n").completions().stream()
            .filter(item -> item.get("label").getAsString().equals("model"))
            .findFirst()
            .orElseThrow();
    JsonElement resolved = editor.client.call("completionItem/resolve", key);
    assertTrue(resolved.getAsJsonObject().has("documentation"));
  }

  @Test
  void knownAnswersAreOfferedBehindTheLabel() {
    assertEquals(
        List.of("positive", "negative"), editor.open(REVIEWS.stripTrailing() + " $0").labels());
  }

  @Test
  void oneMoreExampleIsOfferedInTheShapeOfItsSiblings() {
    JsonObject item =
        editor.open(REVIEWS.replace("Review: {{", "$0\n\nReview: {{")).completions().stream()
            .filter(each -> each.get("label").getAsString().equals("example"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        "Review: \nSentiment: ", item.getAsJsonObject("textEdit").get("newText").getAsString());
  }

  @Test
  void thePreviewAsksEveryExampleWithAndWithoutTheOthers() {
    editor.open(REVIEWS);
    JsonObject result = editor.execute("promptls.preview", "{}").getAsJsonObject();
    assertEquals(2, result.getAsJsonArray("examples").size());
    assertEquals("progressive", result.get("mode").getAsString());
    assertEquals(0.5, result.getAsJsonObject("fewShot").get("accuracy").getAsDouble());
    assertTrue(hints().contains("⇒ positive ✓"), () -> hints().toString());
  }

  @Test
  void lensesAndActionsRunThePromptAndItsExamples() {
    editor.open(REVIEWS.replace("Wonderful", "Won$0derful"));
    List<String> titles = titles(editor.over("textDocument/codeLens"));
    assertEquals(
        List.of("▶ Run", "▶ Preview examples", "▶ Run this example", "▶ Run this example"), titles);
    JsonObject unresolved =
        StreamSupport.stream(editor.over("textDocument/codeLens").spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .filter(lens -> !lens.has("command"))
            .findFirst()
            .orElseThrow();
    JsonObject resolved = editor.client.call("codeLens/resolve", unresolved).getAsJsonObject();
    assertTrue(
        resolved.getAsJsonObject("command").get("title").getAsString().contains(" tokens · "));
  }

  private static List<String> titles(JsonArray lenses) {
    return StreamSupport.stream(lenses.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(lens -> lens.has("command"))
        .map(lens -> lens.getAsJsonObject("command").get("title").getAsString())
        .toList();
  }

  @Test
  void aRunExampleShowsWhereTheAuthorLooksAndGrowsStale() {
    editor.open(REVIEWS.replace("broke", "bro$0ke"));
    JsonObject result = editor.execute("promptls.runExample", "{'index':1}").getAsJsonObject();
    assertFalse(result.get("pass").getAsBoolean(), result::toString);
    assertEquals("negative", result.get("expected").getAsString().strip());
    assertTrue(hints().contains("⇒ positive ✗"), () -> hints().toString());
    assertTrue(
        titles(editor.over("textDocument/codeLens")).contains("▶ Run this example ⇒ positive ✗"));
    assertTrue(editor.hover().contains("The model answers otherwise"));
    JsonObject missed = editor.diagnostic("example-missed");
    assertEquals("promptls", missed.get("source").getAsString());
    editor.type(REVIEWS.replace("Judge", "Now judge"));
    assertTrue(hints().contains("⇒ positive ✗ (stale)"), () -> hints().toString());
    editor.execute("promptls.clearResults", "{}");
    assertFalse(hints().toString().contains("⇒"));
  }

  private List<String> hints() {
    return StreamSupport.stream(editor.over("textDocument/inlayHint").spliterator(), false)
        .map(hint -> hint.getAsJsonObject().get("label").getAsString())
        .toList();
  }

  @Test
  void aRunAnswersWithTheContractsJsonAndReportsProgress() {
    editor.open(REVIEWS);
    JsonObject result = editor.execute("promptls.run", "{'maxTokens':4}").getAsJsonObject();
    assertEquals("stop", result.get("finish").getAsString());
    assertTrue(
        result
            .keySet()
            .containsAll(
                List.of("model", "messages", "prompt", "output", "finish", "usage", "timing")));
    editor.client.awaitNotification(
        "$/progress", params -> params.getAsJsonObject("value").toString().contains("begin"));
    editor.client.awaitNotification(
        "$/progress", params -> params.getAsJsonObject("value").toString().contains("end"));
    JsonObject preview =
        editor
            .client
            .result(
                "workspace/textDocumentContent",
                "{'uri':'promptls:preview?file%3A%2F%2F%2Fwork%2Ftest.prompt'}")
            .getAsJsonObject();
    assertTrue(preview.get("text").getAsString().contains("## Answer"));
  }

  @Test
  void cancellingTheProgressEndsTheRunAsCancelled() throws InterruptedException {
    model.says = _ -> FakeModel.FOREVER;
    editor.open(REVIEWS);
    JsonPrimitive id =
        editor.client.ask("workspace/executeCommand", editor.command("promptls.run", "{}"));
    model.started.await();
    var token = new JsonObject();
    token.addProperty("token", "work");
    editor.client.notify("window/workDoneProgress/cancel", token);
    JsonObject reply = editor.client.awaitReply(id);
    assertEquals(
        "cancelled", reply.getAsJsonObject("result").get("finish").getAsString(), reply::toString);
  }

  @Test
  void stopEndsARunAndACancelledRequestIsAnsweredAsSuch() throws InterruptedException {
    model.says = _ -> FakeModel.FOREVER;
    editor.open(REVIEWS);
    JsonPrimitive run =
        editor.client.ask("workspace/executeCommand", editor.command("promptls.run", "{}"));
    model.started.await();
    assertEquals(1, editor.execute("promptls.stop", "{}").getAsInt());
    assertEquals(
        "cancelled",
        editor.client.awaitReply(run).getAsJsonObject("result").get("finish").getAsString());
    JsonPrimitive other =
        editor.client.ask("workspace/executeCommand", editor.command("promptls.run", "{}"));
    var cancel = new JsonObject();
    cancel.add("id", other);
    editor.client.notify("$/cancelRequest", cancel);
    assertEquals(-32800, RawClient.errorCode(editor.client.awaitReply(other)));
  }

  @Test
  void renderTellsWhatWouldBeSent() {
    editor.open(REVIEWS);
    JsonObject result =
        editor.execute("promptls.render", "{'input':{'review':'Good!'}}").getAsJsonObject();
    assertEquals("dotprompt", result.get("format").getAsString());
    assertTrue(result.get("prompt").getAsString().contains("Review: Good!"), result::toString);
    editor.execute("promptls.setActiveInput", "{'input':{'review':'Set.'}}");
    assertTrue(editor.execute("promptls.render", "{}").toString().contains("Review: Set."));
  }

  @Test
  void aModelIsSelectedByNameAndNeverByPath() {
    editor.open(REVIEWS);
    assertEquals(
        "fake",
        editor
            .execute("promptls.selectModel", "{'model':'fake'}")
            .getAsJsonObject()
            .get("name")
            .getAsString());
    for (String path : List.of("/tmp/x.gguf", "../x", "~/x", "C:\\\\x", "http://x")) {
      assertEquals(-32602, refused("promptls.selectModel", "{'model':'" + path + "'}"));
    }
    assertEquals(-32803, refused("promptls.selectModel", "{'model':'missing'}"));
    assertEquals(-32602, refused("promptls.unheardOf", "{}"));
    assertEquals(-32602, refused("promptls.run", "{'uri':'file:///not/open'}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "promptls.run {'input':'x'}",
        "promptls.run {'maxTokens':'many'}",
        "promptls.runExample {}",
        "promptls.runExample {'index':'0'}",
        "promptls.preview {'mode':'sideways'}",
        "promptls.preview {'mode':'alone'}",
        "promptls.analyse {'analysis':'preview','options':{'mode':'sideways'}}",
        "promptls.setActiveInput {'input':['x']}",
        "promptls.stop {'uri':5}",
      })
  void anArgumentThatDoesNotFitIsRefused(String call) {
    editor.open(REVIEWS);
    String[] parts = call.split(" ", 2);
    assertEquals(-32602, refused(parts[0], parts[1]));
    assertEquals(0, model.calls.get());
  }

  private int refused(String command, String argument) {
    return RawClient.errorCode(
        editor.client.awaitReply(
            editor.client.ask("workspace/executeCommand", editor.command(command, argument))));
  }

  @Test
  void ghostTextContinuesTheBlockAndTypesThroughWithoutTheModel() {
    editor.open(REVIEWS.stripTrailing() + "$0\n");
    assertEquals(" positive", ghost());
    int calls = model.calls.get();
    editor.type(REVIEWS.stripTrailing() + " pos$0\n");
    assertEquals("itive", ghost());
    assertEquals(calls, model.calls.get());
    editor.type(REVIEWS.stripTrailing() + " neg$0\n");
    var _ = ghost();
    assertEquals(calls + 1, model.calls.get());
  }

  @Test
  void ghostTextStaysOutOfTagsAndKeys() {
    editor.open("---\nmodel$0\n---\nHi {{na}}\n");
    assertEquals("", ghost());
    editor.type("Hi {{na$0");
    assertEquals("", ghost());
  }

  private String ghost() {
    var params = editor.here();
    var context = new JsonObject();
    context.addProperty("triggerKind", 1);
    params.add("context", context);
    JsonArray items =
        editor
            .client
            .call("textDocument/inlineCompletion", params)
            .getAsJsonObject()
            .getAsJsonArray("items");
    return items.isEmpty() ? "" : items.get(0).getAsJsonObject().get("insertText").getAsString();
  }

  @Test
  void aClientThatPullsIsNotPushedTo() throws IOException {
    editor.close();
    editor = Editor.of(model, "{'textDocument':{'diagnostic':{}}}");
    editor.open("---\ninput: [\n---\nHi\n");
    JsonObject report = editor.at("textDocument/diagnostic").getAsJsonObject();
    assertEquals("full", report.get("kind").getAsString());
    assertTrue(report.getAsJsonArray("items").size() > 0, report::toString);
  }

  @Test
  void oddDocumentsAreFine() {
    for (String uri :
        List.of("untitled:Untitled-1", "git:/x/y.prompt", "file:///a%20b/%zz.prompt", "x", "")) {
      var document = new JsonObject();
      document.addProperty("uri", uri);
      document.addProperty("languageId", "promptls");
      document.addProperty("version", 1);
      document.addProperty("text", "Hello {{name}} {{>part}}");
      var params = new JsonObject();
      params.add("textDocument", document);
      editor.client.notify("textDocument/didOpen", params);
      var position = new JsonObject();
      position.addProperty("line", 0);
      position.addProperty("character", 2);
      params.add("position", position);
      assertTrue(
          editor.client.call("textDocument/hover", params).toString().contains("tokens"), uri);
    }
    editor.open("$0");
    assertEquals("", editor.hover());
    assertTrue(editor.over("textDocument/codeLens").isEmpty());
  }

  @Test
  void questionsAboutUnknownDocumentsAreAnsweredWithNothing() {
    assertTrue(editor.at("textDocument/hover").isJsonNull());
    assertTrue(editor.at("textDocument/completion").isJsonNull());
    assertTrue(editor.over("textDocument/codeLens").isEmpty());
    assertTrue(editor.over("textDocument/inlayHint").isEmpty());
    assertTrue(editor.over("textDocument/codeAction").isEmpty());
  }
}
