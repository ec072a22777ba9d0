package dev.promptls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.lsp.session.Session;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/// Asks the person at the editor, once for each model, unless the settings say yes.
record AskToPull(Session session, Map<String, CompletableFuture<Boolean>> answers)
    implements PullConsent {
  private static final String YES = "Download";
  private static final String NO = "Not now";
  private static final int INFO = 3;

  AskToPull(Session session) {
    this(session, new ConcurrentHashMap<>());
  }

  @Override
  public boolean mayPull(String model, long bytes) {
    if (session.snapshot().settings().autoPull()) {
      return true;
    }
    try {
      return answers.computeIfAbsent(model, _ -> ask(model, bytes)).join();
    } catch (CompletionException nobody) {
      return false;
    }
  }

  /// Whether somebody said no: then they know why there is no model.
  boolean declined() {
    return answers.values().stream().anyMatch(answer -> Boolean.FALSE.equals(answer.getNow(true)));
  }

  private CompletableFuture<Boolean> ask(String model, long bytes) {
    var actions = new JsonArray();
    for (String title : new String[] {YES, NO}) {
      var action = new JsonObject();
      action.addProperty("title", title);
      actions.add(action);
    }
    var params = new JsonObject();
    params.addProperty("type", INFO);
    params.addProperty(
        "message",
        "promptls can count tokens and run prompts with %s on this machine. Download it now (%s)?"
            .formatted(model, size(bytes)));
    params.add("actions", actions);
    return session
        .client()
        .request("window/showMessageRequest", params, JsonElement.class)
        .thenApply(answer ->
            answer instanceof JsonObject chosen
                && chosen.get("title") instanceof JsonPrimitive title
                && title.getAsString().equals(YES));
  }

  private static String size(long bytes) {
    return bytes <= 0 ? "size unknown" : Math.ceilDiv(bytes, 1_000_000) + " MB";
  }
}
