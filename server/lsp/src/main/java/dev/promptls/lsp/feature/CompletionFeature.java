package dev.promptls.lsp.feature;

import dev.promptls.lsp.ServerHost;
import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Document;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.jspecify.annotations.Nullable;

/// `textDocument/completion`: what may be written at a place. Each kind of place has a class that
/// knows its words.
public final class CompletionFeature implements Feature<CompletionParams> {
  private final ServerHost host;

  public CompletionFeature(ServerHost host) {
    this.host = host;
  }

  /// The place that is completed.
  ///
  /// @param before the text of the line before the cursor
  record Spot(Document document, int offset, String before, Moment moment) {
    Places places() {
      return moment.snapshot().places(document);
    }

    /// The rest of the word under the cursor; empty where no word begins before it.
    Span tail(int typed) {
      String text = document.text();
      int end = offset;
      boolean inWord = typed > 0 && isWord(text.charAt(offset - 1));
      while (inWord && end < text.length() && isWord(text.charAt(end))) {
        end++;
      }
      return new Span(offset, end);
    }

    private static boolean isWord(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    /// The rest of the line behind the word under the cursor.
    String after(int typed) {
      int end = document.lines().lineEnd(document.lines().line(offset));
      return document.text().substring(tail(typed).end(), end);
    }

    /// Whether what is inserted may have placeholders.
    boolean snippets() {
      return moment.client().snippets();
    }
  }

  @Override
  public @Nullable Object answer(CompletionParams params, Moment moment) throws ModelException {
    Document document = moment.snapshot().document(params.getTextDocument());
    if (document == null || !document.holdsPrompts()) {
      return null;
    }
    int offset = moment.snapshot().places(document).offset(params.getPosition());
    LineIndex lines = document.lines();
    String before = document.text().substring(lines.lineStart(lines.line(offset)), offset);
    var spot = new Spot(document, offset, before, moment);
    var items = new ArrayList<>(items(spot));
    if (ContinuationItems.wanted(params, document, moment)) {
      items.addAll(ContinuationItems.at(spot));
    }
    return new CompletionList(false, items);
  }

  private List<CompletionItem> items(Spot spot) {
    int tag = open(spot.before(), "{{", "}}");
    // In a file that is all settings, what is said stands among them.
    boolean allSettings = spot.document().file().format() == Format.GITHUB;
    List<CompletionItem> paths = PathItems.at(spot);
    if (!paths.isEmpty()) {
      return paths;
    }
    if (inFrontMatter(spot.document(), spot.offset()) && !(allSettings && tag >= 0)) {
      List<CompletionItem> keys = new ArrayList<>(KeyItems.at(spot, host));
      keys.addAll(SkeletonItems.inSettings(spot));
      keys.addAll(AnswerItems.at(spot));
      if (allSettings && spot.document().file().messageAt(spot.offset()) != null) {
        keys.addAll(LabelItems.at(spot));
      }
      return keys;
    }
    List<CompletionItem> words = WordItems.at(spot);
    if (!words.isEmpty()) {
      return words;
    }
    if (tag >= 0) {
      return TagItems.at(spot, spot.before().substring(tag + 2));
    }
    int statement = open(spot.before(), "{%", "%}");
    if (statement >= 0) {
      return WordItems.inStatement(spot, spot.before().substring(statement + 2));
    }
    var items = new ArrayList<CompletionItem>();
    items.addAll(SkeletonItems.inText(spot));
    items.addAll(AnswerItems.at(spot));
    items.addAll(LabelItems.at(spot));
    if (spot.before().stripLeading().matches("[\\w/-]*")) {
      items.addAll(SnippetItems.at(spot, host));
    }
    return items;
  }

  /// Where a tag that is still open begins; -1 if none is.
  private static int open(String before, String opening, String closing) {
    int at = before.lastIndexOf(opening);
    return at >= 0 && before.indexOf(closing, at) < 0 ? at : -1;
  }

  /// Whether a place is between the fences; a front matter that is still open or empty counts too.
  private static boolean inFrontMatter(Document document, int offset) {
    FrontMatter front = document.file().frontMatter();
    if (front != null) {
      int fence = front.content().start() - front.span().start();
      return front.content().touches(offset) && offset >= front.span().start() + Math.min(4, fence);
    }
    String text = document.text();
    int closing = text.indexOf("\n---", 3);
    return text.startsWith("---") && offset > 3 && (closing < 0 || offset <= closing);
  }
}
