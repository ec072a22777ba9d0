package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/// `textDocument/documentSymbol`: the front matter, the messages, and the examples within them.
public final class DocumentSymbolFeature implements Feature<DocumentSymbolParams> {
  @Override
  public Object answer(DocumentSymbolParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    if (document == null) {
      return List.of();
    }
    Places places = moment.snapshot().places(document);
    var symbols = new ArrayList<DocumentSymbol>();
    var outer = new ArrayList<Span>();
    FrontMatter front = document.file().frontMatter();
    if (front != null) {
      symbols.add(symbol("front matter", SymbolKind.Object, front.span(), places));
      outer.add(front.span());
    }
    for (MessageNode message : document.file().messages()) {
      symbols.add(symbol(message.role(), SymbolKind.Namespace, message.span(), places));
      outer.add(message.span());
    }
    for (Example example : document.shots().examples()) {
      DocumentSymbol symbol =
          symbol("example " + (example.index() + 1), SymbolKind.Struct, example.range(), places);
      symbol.setDetail(ResultText.oneLine(example.output()));
      nest(symbols, outer, symbol, example.range());
    }
    return symbols.stream().map(Either::<Object, DocumentSymbol>forRight).toList();
  }

  private static void nest(
      List<DocumentSymbol> symbols, List<Span> outer, DocumentSymbol symbol, Span span) {
    for (int i = 0; i < outer.size(); i++) {
      if (outer.get(i).contains(span)) {
        symbols.get(i).getChildren().add(symbol);
        return;
      }
    }
    symbols.add(symbol);
  }

  private static DocumentSymbol symbol(String name, SymbolKind kind, Span span, Places places) {
    var symbol = new DocumentSymbol(name, kind, places.range(span), places.range(span));
    symbol.setChildren(new ArrayList<>());
    return symbol;
  }
}
