package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.shots.LabelRename;
import dev.promptls.prompt.workspace.Occurrence;
import dev.promptls.prompt.workspace.Symbol;
import java.util.List;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightKind;
import org.eclipse.lsp4j.DocumentHighlightParams;

/// `textDocument/documentHighlight`: the places of this document that name what is under the
/// cursor, a label of examples too.
public final class DocumentHighlightFeature implements Feature<DocumentHighlightParams> {
  @Override
  public List<DocumentHighlight> answer(DocumentHighlightParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    LabelRename label = RenameFeature.label(document, params.getPosition(), moment);
    if (document != null && label != null) {
      Places places = moment.snapshot().places(document);
      return label.places().stream()
          .map(span -> new DocumentHighlight(places.range(span), DocumentHighlightKind.Text))
          .toList();
    }
    Around around = Around.atOnce(params.getTextDocument(), moment);
    return around == null
        ? List.of()
        : around
            .named(params.getPosition())
            .map(named -> highlights(named.symbol(), around))
            .orElse(List.of());
  }

  private static List<DocumentHighlight> highlights(Symbol symbol, Around around) {
    return around.references().in(around.path(), around.document().file(), symbol).stream()
        .map(place ->
            new DocumentHighlight(
                around.places().range(place.span()),
                place.role() == Occurrence.Role.USE
                    ? DocumentHighlightKind.Read
                    : DocumentHighlightKind.Write))
        .toList();
  }
}
