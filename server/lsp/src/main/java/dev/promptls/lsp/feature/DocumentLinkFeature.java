package dev.promptls.lsp.feature;

import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.syntax.Link;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.workspace.References;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.DocumentLink;
import org.eclipse.lsp4j.DocumentLinkParams;
import org.jspecify.annotations.Nullable;

/// `textDocument/documentLink`: addresses, files that are there, and partials.
public final class DocumentLinkFeature implements Feature<DocumentLinkParams> {
  @Override
  public List<DocumentLink> answer(DocumentLinkParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    if (document == null) {
      return List.of();
    }
    Around around = Around.atOnce(params.getTextDocument(), moment);
    var links = new ArrayList<DocumentLink>();
    for (Link link : document.file().links()) {
      String target = target(link, around);
      if (target != null) {
        add(links, link.span(), target, document, moment);
      }
    }
    if (around != null) {
      around
          .references()
          .partials(around.path(), document.file())
          .forEach((span, file) -> add(links, span, around.uri(file), document, moment));
    }
    return links;
  }

  private static @Nullable String target(Link link, @Nullable Around around) {
    boolean web = link.target().startsWith("https://") || link.target().startsWith("http://");
    if (web) {
      return link.target();
    }
    String path = around == null ? null : References.target(around.path(), link);
    return path != null && around != null && around.snapshot().exists(path)
        ? around.uri(path)
        : null;
  }

  private static void add(
      List<DocumentLink> to, Span span, String target, Document document, Moment moment) {
    to.add(new DocumentLink(moment.snapshot().places(document).range(span), target));
  }
}
