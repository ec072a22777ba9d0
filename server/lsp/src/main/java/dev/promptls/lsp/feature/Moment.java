package dev.promptls.lsp.feature;

import dev.promptls.lsp.session.ClientAbilities;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.ModelDesk;
import dev.promptls.lsp.session.Snapshot;
import dev.promptls.lsp.session.TokenCounts;
import dev.promptls.model.Cancellation;
import java.util.List;
import java.util.Optional;

/// What a request sees: the state of the moment in which it came, and whether it is still wanted.
public record Moment(
    Snapshot snapshot, ClientAbilities client, ModelDesk desk, Cancellation cancellation) {

  /// The token counts of a document; estimates where no tokenizer is at hand.
  TokenCounts counts(Document document) {
    return desk.tokens(snapshot, document, cancellation)
        .map(tokens -> TokenCounts.of(document, snapshot, tokens))
        .orElseGet(() ->
            TokenCounts.estimated(document, snapshot, desk.contextWindow(snapshot, document)));
  }

  /// The counts by the tokenizers of the further models that the settings name, as far as these are
  /// known.
  List<TokenCounts> countsBeside(Document document) {
    return snapshot.settings().tokenizers().stream()
        .flatMap(model -> desk.tokensOf(model, cancellation).stream())
        .map(tokens -> TokenCounts.beside(document, snapshot, tokens))
        .toList();
  }

  /// The exact token counts of a document if they can be had without waiting.
  Optional<TokenCounts> countsNow(Document document) {
    return desk.tokensNow(snapshot, document)
        .map(tokens -> TokenCounts.of(document, snapshot, tokens));
  }
}
