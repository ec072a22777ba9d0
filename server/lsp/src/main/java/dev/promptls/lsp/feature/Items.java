package dev.promptls.lsp.feature;

import com.google.gson.JsonObject;
import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.vocabulary.KeyInfo;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.InsertReplaceEdit;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/// Completion items that replace what has been typed of a word.
final class Items {
  /// How items are sorted: those that the place asks for, those that are common there, the rest.
  static final String FIRST = "1";

  static final String SECOND = "2";
  static final String THIRD = "3";
  static final String LAST = "4";

  private static final String INSERT_REPLACE =
      "textDocument.completion.completionItem.insertReplaceSupport";

  private Items() {}

  /// Items that the client shows in this order.
  static List<CompletionItem> inOrder(String rank, List<CompletionItem> items) {
    for (int i = 0; i < items.size(); i++) {
      items.get(i).setSortText("%s%04d".formatted(rank, i));
    }
    return items;
  }

  /// @param typed how many UTF-16 units before the cursor are replaced, besides the rest of the
  ///   word
  /// @param text in snippet syntax if `snippet`, which clients without snippets get as plain text
  static CompletionItem item(
      Spot spot, int typed, String label, CompletionItemKind kind, String text, boolean snippet) {
    var item = new CompletionItem(label);
    item.setKind(kind);
    boolean filled = snippet && spot.snippets();
    item.setTextEdit(edit(spot, typed, snippet && !filled ? withoutPlaceholders(text) : text));
    item.setInsertTextFormat(filled ? InsertTextFormat.Snippet : InsertTextFormat.PlainText);
    return item;
  }

  /// Clients that can be told both choose whether the rest of the word under the cursor goes.
  private static Either<TextEdit, InsertReplaceEdit> edit(Spot spot, int typed, String text) {
    Range whole = spot.places().range(new Span(spot.offset() - typed, spot.tail(typed).end()));
    if (!spot.moment().client().can(INSERT_REPLACE)) {
      return Either.forLeft(new TextEdit(whole, text));
    }
    Range before = spot.places().range(new Span(spot.offset() - typed, spot.offset()));
    return Either.forRight(new InsertReplaceEdit(text, before, whole));
  }

  /// An item for a word of a format, whose documentation comes when it is asked for.
  static CompletionItem word(
      Spot spot, int typed, KeyInfo word, CompletionItemKind kind, String text, boolean snippet) {
    String name = word.name();
    CompletionItem item = item(spot, typed, name, kind, text, snippet);
    item.setDetail(word.type());
    return explained(item, KeyText.of(word));
  }

  /// The item with the documentation that it gets when it is looked at.
  static CompletionItem explained(CompletionItem item, String documentation) {
    var data = new JsonObject();
    data.addProperty("doc", documentation);
    item.setData(data);
    return item;
  }

  /// `Turn this ${1:word} into $0` as `Turn this word into `.
  static String withoutPlaceholders(String snippet) {
    return snippet
        .replaceAll("\\$\\{\\d+:([^}]*)\\}", "$1")
        .replaceAll("\\$\\{\\d+\\|([^,|}]*)[^}]*\\}", "$1")
        .replaceAll("(?<!\\\\)\\$(?:\\d+|\\{\\d+\\})", "")
        .replaceAll("\\\\([\\\\$}])", "$1");
  }

  /// A text that a snippet shows as it is.
  static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}");
  }
}
