package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.promptls.lsp.session.Settings;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Another device or number of threads while the server runs. The model with three threads is the
/// one that says so.
class ModelChangeTest {
  private final Map<Integer, CompletableFuture<LanguageModel>> loading = new ConcurrentHashMap<>();
  private final FakeModel first = saying("first");
  private final FakeHost host = new FakeHost(this::load);
  private final Editor editor =
      Editor.of(host, "{'workspace':{'codeLens':{'refreshSupport':true}}}");

  private CompletableFuture<LanguageModel> load(Settings settings) {
    return settings.threads() == 0
        ? CompletableFuture.completedFuture(first)
        : loading(settings.threads());
  }

  private CompletableFuture<LanguageModel> loading(int threads) {
    return loading.computeIfAbsent(threads, _ -> new CompletableFuture<>());
  }

  private static FakeModel saying(String word) {
    return new FakeModel(prompt -> word);
  }

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void theModelThatIsThereAnswersUntilTheOtherCan() throws InterruptedException {
    editor.open("Say $0it.");
    assertEquals("first", answer());
    String counts = counts();
    threads(2);
    assertEquals("first", answer());
    assertEquals(counts, counts());
    loading(2).complete(saying("second"));
    awaitAnswer("second");
    assertEquals(counts, counts());
    assertEquals(0, host.awaitClosed());
  }

  @Test
  void whatItIsAskedAlreadyItAnswersToTheEnd() throws InterruptedException {
    JsonPrimitive id = beginRunWithoutEnd();
    // What asks the first one again before the other has taken over is answered too.
    first.says = _ -> "first";
    threads(2);
    loading(2).complete(saying("second"));
    awaitAnswer("second");
    assertFalse(host.hasClosed());
    editor.execute("promptls.stop", "{}");
    JsonObject stopped = editor.client.awaitReply(id).getAsJsonObject("result");
    assertEquals("half an ans", stopped.get("output").getAsString());
    assertEquals(0, host.awaitClosed());
  }

  @Test
  void ofTwoChangesTheLaterOneHolds() throws InterruptedException {
    editor.open("Say it.");
    assertEquals("first", answer());
    threads(2);
    threads(3);
    loading(3).complete(saying("third"));
    awaitAnswer("third");
    loading(2).complete(saying("second"));
    assertEquals("third", answer());
    assertEquals(2, host.awaitClosed());
    assertEquals(0, host.awaitClosed());
  }

  @Test
  void whatCannotBeLoadedIsToldAndTheOldModelStays() throws InterruptedException {
    editor.open("Say it.");
    assertEquals("first", answer());
    threads(2);
    loading(2).completeExceptionally(new ModelException("Two threads are one too many."));
    JsonObject message = editor.client.awaitNotification("window/showMessage", params -> true);
    assertEquals("Two threads are one too many.", message.get("message").getAsString());
    assertEquals("first", answer());
    assertEquals(2, host.awaitClosed());
  }

  @Test
  void theModelChosenBeforeEndsWhenTheOtherCanAnswer() throws InterruptedException {
    editor.open("Say it.");
    assertEquals("first", answer());
    editor.execute("promptls.selectModel", "{'model':'other'}");
    assertEquals(FakeModel.INFO.name(), host.awaitUnloaded());
    assertEquals("first", answer());
    editor.execute("promptls.selectModel", "{'model':'third'}");
    assertEquals("other", host.awaitUnloaded());
  }

  @Test
  void theModelChosenBeforeFirstAnswersWhatItIsAsked() throws InterruptedException {
    JsonPrimitive id = beginRunWithoutEnd();
    editor.execute("promptls.selectModel", "{'model':'other'}");
    editor.execute("promptls.selectModel", "{'model':'third'}");
    assertEquals("other", host.awaitUnloaded());
    assertFalse(host.hasUnloaded());
    editor.execute("promptls.stop", "{}");
    editor.client.awaitReply(id);
    assertEquals(FakeModel.INFO.name(), host.awaitUnloaded());
  }

  /// The id of a request that is answered when somebody stops it.
  private JsonPrimitive beginRunWithoutEnd() throws InterruptedException {
    editor.open("Say it.");
    first.says = _ -> FakeModel.FOREVER;
    JsonPrimitive id =
        editor.client.ask("workspace/executeCommand", editor.command("promptls.run", "{}"));
    first.started.await();
    return id;
  }

  private void threads(int number) {
    var params = new JsonObject();
    params.add("settings", JsonParser.parseString("{'threads':" + number + "}"));
    editor.client.notify("workspace/didChangeConfiguration", params);
  }

  private String counts() {
    return editor.hover().lines().findFirst().orElseThrow();
  }

  private String answer() {
    JsonObject run = editor.execute("promptls.run", "{}").getAsJsonObject();
    return run.get("output").getAsString();
  }

  /// The client is told when another model has taken over, and of other things too.
  private void awaitAnswer(String word) {
    do {
      Objects.requireNonNull(
          editor.client.awaitNotification("workspace/codeLens/refresh", params -> true));
    } while (!answer().equals(word));
  }
}
