package dev.promptls.lsp.session;

import dev.promptls.lab.ModelTokens;
import dev.promptls.prompt.check.TokenBudget;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What prompts take of their models, as far as it can be told without waiting.
final class Budgets {
  /// In UTF-16 units.
  private static final int COUNTED_AT_ONCE = 8_000;

  private static final Duration COUNTING_PAUSE = Duration.ofMillis(400);

  private final Runnable ready;

  /// Long texts whose tokens are still to be counted, by URI.
  private final Map<String, Uncounted> uncounted = new ConcurrentHashMap<>();

  /// A text with what stands around it.
  private record Uncounted(Document document, Snapshot snapshot) {}

  /// @param ready told when a long text has been counted
  Budgets(Runnable ready) {
    this.ready = ready;
  }

  /// That of an earlier text while a long one is typed in, as counting it anew would cost more than
  /// all else that a keystroke asks for; null if there is none.
  @Nullable TokenBudget now(Document document, Snapshot snapshot, ModelTokens tokens) {
    boolean known = TokenCounts.hasBudget(document, snapshot, tokens);
    if (known || document.text().length() <= COUNTED_AT_ONCE) {
      TokenBudget budget = TokenCounts.of(document, snapshot, tokens).budget(snapshot);
      document.budget(budget);
      return budget;
    }
    boolean first = uncounted.put(document.uri(), new Uncounted(document, snapshot)) == null;
    if (first) {
      Thread.ofVirtual().start(() -> countLater(document.uri(), tokens));
    }
    return document.budget();
  }

  /// Counts the latest text, once nobody types in it: at once where it was only opened.
  private void countLater(String uri, ModelTokens tokens) {
    Uncounted latest = uncounted.get(uri);
    try {
      while (latest != null && latest.document().isBeingTyped()) {
        Thread.sleep(COUNTING_PAUSE);
        latest = uncounted.get(uri);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    uncounted.remove(uri);
    if (latest != null) {
      Snapshot snapshot = latest.snapshot();
      Document document = latest.document();
      document.budget(TokenCounts.of(document, snapshot, tokens).budget(snapshot));
      ready.run();
    }
  }
}
