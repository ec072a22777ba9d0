package dev.promptls.lsp.feature;

import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.lsp.session.Document;
import dev.promptls.model.ModelException;
import dev.promptls.model.Sampling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.CompletionTriggerKind;

/// What the model would write next, as items: for editors that show no ghost text, and only when
/// somebody asks, since the model takes its time.
final class ContinuationItems {
  /// The likeliest one, and others that were drawn.
  private static final List<Sampling> WAYS = List.of(Sampling.GREEDY, drawn(1), drawn(2));

  private ContinuationItems() {}

  private static Sampling drawn(long seed) {
    return new Sampling(0.8, 0, 0.95, 0, 1, seed, Map.of());
  }

  /// Whether this is an explicit request. Clients say "invoked" of each typed letter as well.
  static boolean wanted(CompletionParams params, Document document, Moment moment) {
    return params.getContext() != null
        && params.getContext().getTriggerKind() == CompletionTriggerKind.Invoked
        && moment.snapshot().settings().inlineCompletion()
        && !moment.client().has("textDocument.inlineCompletion")
        && !document.isBeingTyped();
  }

  static List<CompletionItem> at(Spot spot) throws ModelException {
    Optional<GhostContext> context = GhostContext.at(spot.document(), spot.offset());
    if (context.isEmpty()) {
      return List.of();
    }
    var said = new LinkedHashSet<String>();
    for (Sampling way : WAYS) {
      try {
        said.add(
            Continuation.of(
                context.get(), way, spot.document(), spot.moment(), spot.moment().cancellation()));
      } catch (CancellationException loading) {
        break;
      }
    }
    var items = new ArrayList<CompletionItem>();
    for (String text : said) {
      if (!text.isBlank()) {
        String label = ResultText.oneLine(text);
        CompletionItem item = Items.item(spot, 0, label, CompletionItemKind.Text, text, false);
        // Whatever has been typed of a word goes on here, so that it must not sort this out.
        item.setFilterText(lastWord(spot.before()) + text);
        item.setDetail("the model's continuation");
        items.add(item);
      }
    }
    return Items.inOrder(Items.THIRD, items);
  }

  private static String lastWord(String before) {
    return before.substring(before.length() - before.replaceFirst("^.*?([\\w-]*)$", "$1").length());
  }
}
