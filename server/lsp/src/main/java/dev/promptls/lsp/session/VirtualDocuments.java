package dev.promptls.lsp.session;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The virtual documents that the client has asked for. It is told to ask again when what they say
/// has changed: answers at once, what is sent a moment after the last keystroke.
public final class VirtualDocuments {
  private static final Duration PAUSE = Duration.ofMillis(150);

  private final Session session;

  /// The names that were asked for, by the URI of the prompt.
  private final Map<String, Set<String>> shown = new ConcurrentHashMap<>();

  public VirtualDocuments(Session session) {
    this.session = session;
  }

  /// Remembers that the client shows a virtual document, under the name that it gives it.
  public void shown(String prompt, String name) {
    shown.computeIfAbsent(prompt, _ -> ConcurrentHashMap.newKeySet()).add(name);
  }

  void changed(Document document) {
    if (shown.containsKey(document.uri())) {
      Later.run(
          PAUSE,
          () -> {
            if (session.isCurrent(document)) {
              refresh(document.uri());
            }
          });
    }
  }

  void closed(String prompt) {
    shown.remove(prompt);
  }

  /// Has the client ask again for the virtual documents of a prompt.
  void refresh(String prompt) {
    if (session.abilities().has("workspace.textDocumentContent")) {
      shown
          .getOrDefault(prompt, Set.of(VirtualUri.Kind.PREVIEW.of(prompt)))
          .forEach(name -> {
            var params = new JsonObject();
            params.addProperty("uri", name);
            var _ =
                session
                    .client()
                    .request("workspace/textDocumentContent/refresh", params, Object.class);
          });
    }
  }
}
