package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Markdown;
import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.Results;
import dev.promptls.lsp.session.Settings;
import dev.promptls.lsp.session.TokenCounts;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/// `textDocument/inlayHint`: behind an example what the model answers to it, behind examples and
/// role markers what they cost.
public final class InlayHintFeature implements Feature<InlayHintParams> {
  @Override
  public List<InlayHint> answer(InlayHintParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    if (document == null) {
      return List.of();
    }
    Places places = moment.snapshot().places(document);
    Span visible = places.span(params.getRange());
    Settings settings = moment.snapshot().settings();
    var hints = new ArrayList<InlayHint>();
    if (settings.resultHints()) {
      results(document, moment.snapshot().results(document), visible, places, hints);
    }
    if (settings.tokenHints()) {
      counts(document, moment)
          .filter(TokenCounts::exact)
          .ifPresent(counts -> tokens(document, counts, visible, places, hints));
    }
    return hints;
  }

  private static void results(
      Document document, Results results, Span visible, Places places, List<InlayHint> hints) {
    for (Example example : InOrder.touching(document.shots().examples(), visible, Example::range)) {
      var answer = results.of(example);
      if (answer != null && visible.touches(example.outputRange().end())) {
        boolean stale = answer.stale();
        var hint =
            hint(places, example.outputRange().end(), ResultText.brief(answer.result(), stale));
        hint.setTooltip(
            Either.forRight(Markdown.content(ResultText.whole(answer.result(), stale))));
        hints.add(hint);
      }
    }
    var run = results.run();
    int end = new Span(0, document.text().length()).strip(document.text()).end();
    // A stale one would stand between the author and what is being written there.
    if (run != null && !run.stale() && visible.touches(end)) {
      var hint = hint(places, end, ResultText.brief(run.result(), false));
      hint.setTooltip(Either.forRight(Markdown.content(ResultText.whole(run.result(), false))));
      hints.add(hint);
    }
  }

  /// Clients that can be told to ask again are not kept waiting for a tokenizer.
  private static Optional<TokenCounts> counts(Document document, Moment moment) {
    return moment.client().can("workspace.inlayHint.refreshSupport")
        ? moment.countsNow(document)
        : Optional.of(moment.counts(document));
  }

  private static void tokens(
      Document document, TokenCounts counts, Span visible, Places places, List<InlayHint> hints) {
    for (Example example : InOrder.touching(document.shots().examples(), visible, Example::range)) {
      if (visible.touches(example.range().end())) {
        hints.add(hint(places, example.range().end(), counts.of(example.text()) + " tokens"));
      }
    }
    for (MessageNode message :
        InOrder.touching(document.file().messages(), visible, MessageNode::span)) {
      Span role = message.roleSpan();
      int end = message.content().start();
      if (role != null && visible.touches(end) && document.exampleAt(role.end()).isEmpty()) {
        hints.add(hint(places, end, counts.of(message) + " tokens"));
      }
    }
  }

  private static InlayHint hint(Places places, int offset, String label) {
    var hint = new InlayHint(places.position(offset), Either.forLeft(label));
    hint.setPaddingLeft(true);
    return hint;
  }
}
