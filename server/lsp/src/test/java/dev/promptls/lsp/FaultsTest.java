package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What clients do wrong, and that the server goes on all the same.
class FaultsTest {
  private static final String TEXT = "---\nmodel: fake\n---\nReview: {{review}}\n";

  private final FakeModel model = new FakeModel(prompt -> "x");
  private final Editor editor = Editor.of(model);
  private final RawClient client = editor.client;

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void aMessageMayComeInPieces() {
    byte[] frame = RawClient.frame("{\"id\":1,\"method\":\"shutdown\"}");
    for (byte each : frame) {
      client.sendRaw(new byte[] {each});
    }
    assertTrue(client.awaitReply(new JsonPrimitive(1)).has("result"));
  }

  @Test
  void afterEachFaultOnTheWireTheNextRequestIsAnswered() {
    editor.open(TEXT);
    for (String fault :
        List.of(
            "Content-Length: 9999\r\n\r\n{\"id\":7,\"method\":\"x\"}",
            "Content-Length: 3\r\n\r\n{\"id\":7,\"method\":\"x\"}",
            "Content-Length: -1\r\n\r\n{}",
            "Content-Length: 99999999999999999999999\r\n\r\n{}",
            "Content-Length: 2\r\nContent-Type: text; charset=utf-16\r\n\r\n{}",
            "X-Header: " + "x".repeat(1 << 20) + "\r\n\r\n",
            "Content-Length: 3\r\n\r\nNaN",
            frame("{\"id\":NaN,\"method\":\"shutdown\"}"),
            frame("{\"id\":true,\"method\":\"shutdown\"}"),
            frame("{\"id\":[1],\"method\":\"shutdown\"}"),
            frame("{\"id\":8,\"result\":null}"),
            frame("{\"id\":8,\"error\":7}"),
            frame("{\"id\":1e400,\"result\":{}}"),
            frame("{\"method\":7}"),
            frame("{\"id\":1,\"id\":2,\"method\":3}"),
            frame("[{\"id\":1,\"method\":\"shutdown\"}]"),
            frame("{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000)),
            frame("\"\u0000\""),
            "\u0000\u0000\r\n\r\n")) {
      client.sendRaw(fault.getBytes(StandardCharsets.UTF_8));
      assertAlive(fault);
    }
  }

  private static String frame(String body) {
    return new String(RawClient.frame(body), StandardCharsets.UTF_8);
  }

  @Test
  void documentsThatWereNeverOpenedAreNobodys() {
    String stranger = "{'textDocument':{'uri':'file:///nowhere.prompt','version':1}";
    notify("textDocument/didClose", stranger + "}");
    notify("textDocument/didChange", stranger + ",'contentChanges':[{'text':'x'}]}");
    notify("textDocument/didSave", stranger + "}");
    assertTrue(client.result("textDocument/hover", stranger + "," + POSITION + "}").isJsonNull());
    editor.open(TEXT);
    assertAlive("a stranger");
  }

  @Test
  void aDocumentOpenedTwiceHasItsLastText() {
    editor.open("first").open("second");
    assertEquals("second", rendered());
  }

  @Test
  void rangesFarOutsideMeanTheNearestEnd() {
    editor.open("abc\ndef");
    change("{'start':{'line':-5,'character':-5},'end':{'line':-1,'character':9}}", "<");
    assertEquals("<abc\ndef", rendered());
    change(
        "{'start':{'line':2147483647,'character':0},'end':{'line':2147483647,'character':7}}", ">");
    assertEquals("<abc\ndef>", rendered());
    change("{'start':{'line':0,'character':2147483647},'end':{'line':1,'character':-3}}", "|");
    assertEquals("<abc|def>", rendered());
    change("{'start':{'line':0,'character':5},'end':{'line':0,'character':2}}", "!");
    assertEquals("<abc|!def>", rendered());
  }

  @Test
  void versionsMayGoBackwards() {
    editor.open("a");
    for (String version : List.of("99", "5", "5", "-1", "null")) {
      notify(
          "textDocument/didChange",
          "{'textDocument':{'uri':'%s','version':%s},'contentChanges':[{'text':'v%s'}]}"
              .formatted(Editor.URI, version, version));
      assertEquals("v" + version, rendered());
    }
  }

  @Test
  void afterAFloodOfEditsTheTextIsWhatWasTyped() {
    editor.open("");
    int edits = 20_000;
    for (int i = 0; i < edits; i++) {
      change(
          "{'start':{'line':0,'character':%d},'end':{'line':0,'character':%d}}".formatted(i, i),
          "x");
    }
    assertEquals("x".repeat(edits), rendered());
  }

  @Test
  void cancellingWhatIsNotThereDoesNothing() {
    editor.open(TEXT);
    for (String id : List.of("999", "'unknown'", "null", "{}", "[]", "true")) {
      notify("$/cancelRequest", "{'id':" + id + "}");
      notify("window/workDoneProgress/cancel", "{'token':" + id + "}");
    }
    notify("$/cancelRequest", "[]");
    assertAlive("cancelled nothing");
  }

  @Test
  void everyCancelledRunIsAnsweredAndNothingOfItIsLeft() {
    model.says = prompt -> FakeModel.FOREVER;
    editor.open(TEXT);
    int runs = Nightly.times("promptls.cancellations", 300, 10_000);
    long[] waits = new long[runs];
    for (int run = 0; run < runs; run++) {
      JsonPrimitive id =
          client.ask("workspace/executeCommand", editor.command("promptls.run", "{}"));
      if (run % 2 == 0) {
        awaitCalls(run / 2 + 1); // every other one before it reaches the model
      }
      long cancelled = System.nanoTime();
      notify("$/cancelRequest", "{'id':" + id + "}");
      assertEquals(-32800, RawClient.errorCode(client.awaitReply(id)));
      waits[run] = System.nanoTime() - cancelled;
      client.forget();
    }
    while (model.cancelled.get() < model.calls.get()) {
      Thread.onSpinWait();
    }
    assertEquals(0, editor.execute("promptls.stop", "{}").getAsInt());
    Nightly.say(
        "R7: %d cancellations, the reply within %.2f ms at p99, %.1f ms at most",
        runs, Nightly.millis(waits, 0.99), Nightly.millis(waits, 1));
  }

  private void awaitCalls(int number) {
    while (model.calls.get() < number) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anIdInUseIsRefusedAndFreeAgainAfterwards() throws InterruptedException {
    model.says = prompt -> FakeModel.FOREVER;
    editor.open(TEXT);
    String run =
        message("5", "workspace/executeCommand", editor.command("promptls.run", "{}").toString());
    client.send(run);
    model.started.await();
    client.send(run);
    assertEquals(-32600, RawClient.errorCode(client.awaitReply(new JsonPrimitive(5))));
    assertEquals(1, editor.execute("promptls.stop", "{}").getAsInt());
    assertTrue(client.awaitReply(new JsonPrimitive(5)).has("result"));
    client.send(message("5", "textDocument/hover", editor.here().toString()));
    assertTrue(client.awaitReply(new JsonPrimitive(5)).has("result"));
  }

  @Test
  void aClientThatIsGoneEndsItsRunsAndTheServer() throws Exception {
    model.says = prompt -> FakeModel.FOREVER;
    editor.open(TEXT);
    client.ask("workspace/executeCommand", editor.command("promptls.run", "{}"));
    model.started.await();
    client.close();
    assertEquals(1, client.exitCode());
    while (model.cancelled.get() == 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aDocumentClosedDuringItsRunIsForgotten() throws InterruptedException {
    model.says = prompt -> FakeModel.FOREVER;
    editor.open(TEXT);
    JsonPrimitive run =
        client.ask("workspace/executeCommand", editor.command("promptls.run", "{}"));
    model.started.await();
    notify("textDocument/didClose", "{'textDocument':{'uri':'" + Editor.URI + "'}}");
    assertEquals(1, editor.execute("promptls.stop", "{'uri':'" + Editor.URI + "'}").getAsInt());
    JsonObject result = client.awaitReply(run).getAsJsonObject("result");
    assertEquals("cancelled", result.get("finish").getAsString());
  }

  @Test
  void whateverTheParametersAreTheAnswerIsOneReplyAndNoFailureInside() {
    editor.open(TEXT);
    long seed = Long.getLong("promptls.seed", 20264);
    int rounds = Nightly.times("promptls.fuzz.params", 4_000, 200_000);
    var random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      String request = REQUESTS.get(random.nextInt(REQUESTS.size()));
      String method = request.substring(0, request.indexOf(' '));
      JsonElement params =
          JsonParser.parseString(
              request.substring(request.indexOf(' ')).replace("URI", Editor.URI));
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        params = spoilt(params, random);
      }
      JsonObject reply = client.awaitReply(client.ask(method, params));
      String what = "%s %s, seed %d, round %d".formatted(method, params, seed, round);
      if (reply.has("error")) {
        assertNotEquals(
            ResponseErrorCode.InternalError.getValue(), RawClient.errorCode(reply), what);
      } else {
        assertTrue(reply.has("result"), what);
      }
    }
  }

  private static final String POSITION = "'position':{'line':3,'character':10}";
  private static final String HERE = " {'textDocument':{'uri':'URI'}," + POSITION + "}";
  private static final String RANGE =
      "'range':{'start':{'line':0,'character':0},'end':{'line':3,'character':10}}";
  private static final String OVER =
      " {'textDocument':{'uri':'URI'},"
          + RANGE
          + ",'context':{'diagnostics':[{"
          + RANGE
          + ",'message':'x','code':'y'}],'only':['quickfix']},'options':{'tabSize':2,'insertSpaces':true}}";
  private static final String ALL = " {'textDocument':{'uri':'URI'},'previousResultId':'1'}";

  private static final List<String> REQUESTS = requests();

  private static List<String> requests() {
    var requests = new ArrayList<String>();
    for (String at :
        List.of(
            "hover completion definition references documentHighlight signatureHelp prepareRename"
                .split(" "))) {
      requests.add("textDocument/" + at + HERE);
    }
    for (String over :
        List.of(
            "inlayHint", "codeAction", "formatting", "rangeFormatting", "semanticTokens/range")) {
      requests.add("textDocument/" + over + OVER);
    }
    for (String all :
        List.of(
            "documentSymbol",
            "foldingRange",
            "documentLink",
            "codeLens",
            "diagnostic",
            "semanticTokens/full",
            "semanticTokens/full/delta")) {
      requests.add("textDocument/" + all + ALL);
    }
    requests.addAll(
        List.of(
            "textDocument/inlineCompletion {'textDocument':{'uri':'URI'},'position':{'line':3,'character':10},'context':{'triggerKind':1}}",
            "textDocument/rename {'textDocument':{'uri':'URI'},'position':{'line':3,'character':12},'newName':'x'}",
            "textDocument/selectionRange {'textDocument':{'uri':'URI'},'positions':[{'line':3,'character':12}]}",
            "completionItem/resolve {'label':'x','kind':1,'data':{'doc':'x'}}",
            "codeLens/resolve {'range':{'start':{'line':0,'character':0},'end':{'line':0,'character':1}},'data':{'uri':'URI','kind':'tokens'}}",
            "codeAction/resolve {'title':'x','data':{'uri':'URI','kind':'x'}}",
            "workspace/symbol {'query':'x'}",
            "workspace/willRenameFiles {'files':[{'oldUri':'URI','newUri':'file:///other.prompt'}]}",
            "workspace/textDocumentContent {'uri':'promptls:preview?URI'}",
            "workspace/executeCommand {'command':'promptls.render','arguments':[{'uri':'URI','input':{'review':'x'}}]}",
            "workspace/executeCommand {'command':'promptls.run','arguments':[{'uri':'URI','maxTokens':3,'temperature':0.5,'seed':7}]}",
            "workspace/executeCommand {'command':'promptls.runExample','arguments':[{'uri':'URI','index':0}]}",
            "workspace/executeCommand {'command':'promptls.preview','arguments':[{'uri':'URI','mode':'progressive'}]}",
            "workspace/executeCommand {'command':'promptls.convert','arguments':[{'uri':'URI','to':'prompty'}]}",
            "workspace/executeCommand {'command':'promptls.setActiveInput','arguments':[{'uri':'URI','input':{'review':1}}]}",
            "workspace/executeCommand {'command':'promptls.insertTemplate','arguments':[{'uri':'URI','template':'few-shot/sentiment','position':{'line':0,'character':0}}]}",
            "workspace/executeCommand {'command':'promptls.selectModel','arguments':[{'model':'fake'}]}",
            "workspace/executeCommand {'command':'promptls.clearResults','arguments':[{'uri':'URI'}]}"));
    return requests;
  }

  /// The same with one place of it changed into something odd.
  private static JsonElement spoilt(JsonElement whole, Random random) {
    if (whole instanceof JsonObject object && !object.isEmpty() && random.nextInt(6) > 0) {
      var copy = object.deepCopy();
      List<String> names = List.copyOf(copy.keySet());
      String name = names.get(random.nextInt(names.size()));
      if (random.nextInt(8) == 0) {
        copy.remove(name);
      } else {
        copy.add(name, spoilt(copy.get(name), random));
      }
      return copy;
    }
    if (whole instanceof JsonArray array && !array.isEmpty() && random.nextInt(6) > 0) {
      var copy = array.deepCopy();
      int at = random.nextInt(copy.size());
      copy.set(at, spoilt(copy.get(at), random));
      return copy;
    }
    return ODD.get(random.nextInt(ODD.size()));
  }

  private static final List<JsonElement> ODD =
      Arrays.asList(
          JsonNull.INSTANCE,
          new JsonPrimitive(-1),
          new JsonPrimitive(Integer.MAX_VALUE),
          new JsonPrimitive(Long.MAX_VALUE),
          new JsonPrimitive(0.5),
          new JsonPrimitive(1e308),
          new JsonPrimitive(""),
          new JsonPrimitive("\u0000"),
          new JsonPrimitive("../../../\u0000x y😀"),
          new JsonPrimitive("file:///%zz"),
          new JsonPrimitive("file:"),
          new JsonPrimitive("untitled:Untitled-1"),
          new JsonPrimitive("x".repeat(5_000)),
          new JsonPrimitive(true),
          new JsonObject(),
          new JsonArray(),
          JsonParser.parseString("[[[[{}]]]]"),
          JsonParser.parseString("{'line':{},'character':[]}"));

  private void notify(String method, String params) {
    client.notify(method, JsonParser.parseString(params));
  }

  private static String message(String id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"%s\",\"params\":%s}"
        .formatted(id, method, params);
  }

  private void change(String range, String text) {
    notify(
        "textDocument/didChange",
        "{'textDocument':{'uri':'%s','version':1},'contentChanges':[{'range':%s,'text':'%s'}]}"
            .formatted(Editor.URI, range, text));
  }

  /// The text of the document as the server has it.
  private String rendered() {
    return editor
        .execute("promptls.render", "{}")
        .getAsJsonObject()
        .getAsJsonArray("messages")
        .get(0)
        .getAsJsonObject()
        .getAsJsonArray("content")
        .get(0)
        .getAsJsonObject()
        .get("text")
        .getAsString();
  }

  private void assertAlive(String after) {
    assertTrue(
        client.result("textDocument/documentSymbol", editor.here().toString()).isJsonArray(),
        after);
  }
}
