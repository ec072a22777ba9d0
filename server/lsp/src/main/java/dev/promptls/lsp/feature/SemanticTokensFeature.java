package dev.promptls.lsp.feature;

import dev.promptls.lab.analysis.Surprisal;
import dev.promptls.lsp.session.Answer;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.text.Encoding;
import dev.promptls.prompt.text.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensDelta;
import org.eclipse.lsp4j.SemanticTokensDeltaParams;
import org.eclipse.lsp4j.SemanticTokensEdit;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SemanticTokensRangeParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;

/// `textDocument/semanticTokens/…`: colours from the tree, for all formats.
///
/// What was sent last of each document is kept, so that after a keystroke only the difference goes
/// over the wire.
public final class SemanticTokensFeature {
  private static final int PER_TOKEN = 5;

  private final Map<String, Sent> sent = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();

  /// What was sent under an id: [SemanticTokens] holds a list, which costs five times as much.
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  private record Sent(String id, int[] data) {}

  /// `full`: all of a document.
  public @Nullable Object full(SemanticTokensParams params, Moment moment) {
    int[] data = all(params.getTextDocument(), moment);
    return data == null ? null : whole(keep(params.getTextDocument().getUri(), data, moment));
  }

  /// `full/delta`: what has changed since a former answer; all if that is not known any more.
  public @Nullable Object delta(SemanticTokensDeltaParams params, Moment moment) {
    String uri = params.getTextDocument().getUri();
    int[] data = all(params.getTextDocument(), moment);
    if (data == null) {
      return null;
    }
    Sent before = sent.get(uri);
    Sent now = keep(uri, data, moment);
    if (before == null || !before.id().equals(params.getPreviousResultId())) {
      return Either.forLeft(whole(now));
    }
    var delta = new SemanticTokensDelta(difference(before.data(), data), now.id());
    return Either.forRight(delta);
  }

  /// `range`: what is seen of a document.
  public @Nullable Object range(SemanticTokensRangeParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    if (document == null) {
      return null;
    }
    Span visible = moment.snapshot().places(document).span(params.getRange());
    return new SemanticTokens(boxed(tokens(document, visible, moment)));
  }

  private static int @Nullable [] all(TextDocumentIdentifier id, Moment moment) {
    Document document = moment.snapshot().document(id);
    return document == null
        ? null
        : tokens(document, new Span(0, document.text().length()), moment);
  }

  /// The heat map from when it was asked for until the text changes or it is cleared; else what the
  /// text means.
  private static int[] tokens(Document document, Span region, Moment moment) {
    Encoding encoding = moment.snapshot().encoding();
    Answer<Surprisal> surprisal = moment.snapshot().results(document).surprisal();
    return surprisal != null && !surprisal.stale() && moment.snapshot().settings().heatMap()
        ? TokenData.of(document, surprisal.result(), region, encoding)
        : TokenData.of(document, region, encoding);
  }

  private Sent keep(String uri, int[] data, Moment moment) {
    var now = new Sent(Long.toString(ids.incrementAndGet()), data);
    sent.put(uri, now);
    // Of closed documents nothing is asked any more.
    sent.keySet().retainAll(moment.snapshot().documents().keySet());
    return now;
  }

  private static SemanticTokens whole(Sent all) {
    return new SemanticTokens(all.id(), boxed(all.data()));
  }

  /// One edit from the first token that differs to the last; none if all are the same.
  static List<SemanticTokensEdit> difference(int[] before, int[] after) {
    int same = Arrays.mismatch(before, after);
    if (same < 0) {
      return List.of();
    }
    int start = same - same % PER_TOKEN;
    int shorter = Math.min(before.length, after.length) - start;
    int end = 0;
    while (end < shorter && before[before.length - 1 - end] == after[after.length - 1 - end]) {
      end++;
    }
    end -= end % PER_TOKEN;
    int[] inserted = Arrays.copyOfRange(after, start, after.length - end);
    int deleted = before.length - end - start;
    return List.of(new SemanticTokensEdit(start, deleted, boxed(inserted)));
  }

  private static List<Integer> boxed(int[] data) {
    return Arrays.stream(data).boxed().toList();
  }
}
