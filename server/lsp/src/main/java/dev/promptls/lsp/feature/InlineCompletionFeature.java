package dev.promptls.lsp.feature;

import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.Session;
import dev.promptls.lsp.session.Settings;
import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import dev.promptls.model.Sampling;
import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.lsp4j.InlineCompletionItem;
import org.eclipse.lsp4j.InlineCompletionList;
import org.eclipse.lsp4j.InlineCompletionParams;
import org.eclipse.lsp4j.InlineCompletionTriggerKind;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;

/// `textDocument/inlineCompletion`: what the model would write next, as ghost text.
///
/// Only the newest request is worked on. What has been suggested is remembered, so that typing
/// along with it needs no model.
public final class InlineCompletionFeature implements Feature<InlineCompletionParams> {
  private final Session session;
  private final AtomicReference<@Nullable Cancellation> latest = new AtomicReference<>();
  private volatile @Nullable Suggestion shown;

  public InlineCompletionFeature(Session session) {
    this.session = session;
  }

  /// What was suggested.
  ///
  /// @param text of the document then
  private record Suggestion(String uri, String text, int offset, String completion) {
    /// What is left of it when the document reads as it does now.
    Optional<String> rest(Document document, int now) {
      String typed = document.text();
      boolean goesOn =
          uri.equals(document.uri())
              && now >= offset
              && now - offset < completion.length()
              && typed.regionMatches(0, text, 0, offset)
              && typed.regionMatches(offset, completion, 0, now - offset)
              && typed.length() - now == text.length() - offset
              && typed.regionMatches(now, text, offset, typed.length() - now);
      return goesOn ? Optional.of(completion.substring(now - offset)) : Optional.empty();
    }
  }

  @Override
  public @Nullable Object answer(InlineCompletionParams params, Moment moment)
      throws ModelException {
    Document document = moment.snapshot().document(params.getTextDocument());
    Settings settings = moment.snapshot().settings();
    if (document == null || !settings.inlineCompletion() || !document.holdsPrompts()) {
      return null;
    }
    int offset = moment.snapshot().places(document).offset(params.getPosition());
    Optional<GhostContext> context = GhostContext.at(document, offset);
    if (context.isEmpty()) {
      return list(null, moment, document, offset);
    }
    Suggestion before = shown;
    Optional<String> rest = before == null ? Optional.empty() : before.rest(document, offset);
    if (rest.isPresent()) {
      return list(rest.get(), moment, document, offset);
    }
    var stop = new Cancellation();
    moment.cancellation().onCancel(stop::cancel);
    Cancellation older = latest.getAndSet(stop);
    if (older != null) {
      older.cancel();
    }
    try {
      if (!invoked(params)) {
        pause(settings.debounceMillis(), stop);
      }
      String text = generate(context.get(), document, moment, stop);
      stopped(stop, moment, document);
      shown = new Suggestion(document.uri(), document.text(), offset, text);
      return list(text, moment, document, offset);
    } finally {
      latest.compareAndSet(stop, null);
    }
  }

  private String generate(GhostContext context, Document document, Moment moment, Cancellation stop)
      throws ModelException {
    stopped(stop, moment, document);
    try {
      return Continuation.of(context, Sampling.GREEDY, document, moment, stop);
    } catch (CancellationException newer) {
      throw Refusals.outdated();
    }
  }

  /// Ends a request that nobody waits for any more.
  private void stopped(Cancellation stop, Moment moment, Document document) {
    if (moment.cancellation().isCancelled()) {
      throw new CancellationException();
    }
    if (stop.isCancelled() || !session.isCurrent(document)) {
      throw Refusals.outdated();
    }
  }

  private static boolean invoked(InlineCompletionParams params) {
    return params.getContext() != null
        && params.getContext().getTriggerKind() == InlineCompletionTriggerKind.Invoked;
  }

  private static void pause(int millis, Cancellation stop) {
    var cancelled = new CountDownLatch(1);
    stop.onCancel(cancelled::countDown);
    try {
      var _ = cancelled.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private static InlineCompletionList list(
      @Nullable String text, Moment moment, Document document, int offset) {
    if (text == null || text.isBlank()) {
      return new InlineCompletionList(List.of());
    }
    var item = new InlineCompletionItem(Either.forLeft(text));
    Range here = moment.snapshot().places(document).range(Span.at(offset));
    item.setRange(here);
    return new InlineCompletionList(List.of(item));
  }
}
