package dev.promptls.lsp.session;

import com.google.gson.JsonObject;
import dev.promptls.lsp.wire.Client;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What the person at the editor is told in a message of its own: each sentence once, however often
/// there would be reason to say it.
public final class Notices {
  private static final int WARNING = 2;
  private static final int MOST = 50;

  private final Client client;
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  public Notices(Client client) {
    this.client = client;
  }

  /// Tells that something is wrong.
  public void warn(String sentence) {
    if (said.size() < MOST && said.add(sentence)) {
      var params = new JsonObject();
      params.addProperty("type", WARNING);
      params.addProperty("message", sentence);
      client.notify("window/showMessage", params);
    }
  }
}
