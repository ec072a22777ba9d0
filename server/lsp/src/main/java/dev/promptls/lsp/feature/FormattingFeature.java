package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.format.Formatted;
import dev.promptls.prompt.format.Formatter;
import java.util.List;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentRangeFormattingParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextEdit;
import org.jspecify.annotations.Nullable;

/// `textDocument/formatting` and `textDocument/rangeFormatting`. The editor's tab size does not
/// matter: front matter is indented by two spaces everywhere.
public final class FormattingFeature implements Feature<DocumentFormattingParams> {
  @Override
  public List<TextEdit> answer(DocumentFormattingParams params, Moment moment) {
    return edits(params.getTextDocument(), null, moment);
  }

  /// The same for the lines of a range.
  public static List<TextEdit> range(DocumentRangeFormattingParams params, Moment moment) {
    return edits(params.getTextDocument(), params.getRange(), moment);
  }

  private static List<TextEdit> edits(
      TextDocumentIdentifier id, @Nullable Range range, Moment moment) {
    Document document = moment.snapshot().document(id);
    if (document == null) {
      return List.of();
    }
    Places places = moment.snapshot().places(document);
    Formatted formatted =
        range == null
            ? Formatter.format(document.file())
            : Formatter.format(document.file(), places.span(range));
    if (formatted.refusal() != null) {
      throw Refusals.failed(formatted.refusal());
    }
    return formatted.edits().stream().map(places::edit).toList();
  }
}
