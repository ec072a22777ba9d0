package dev.promptls.lsp.feature;

import dev.promptls.lsp.GalleryPrompt;
import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.text.LineIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.jspecify.annotations.Nullable;

/// `textDocument/completion`: what may be written at a place. Each kind of place has a class that
/// knows its words.
public final class CompletionFeature implements Feature<CompletionParams> {
  private final Supplier<List<GalleryPrompt>> gallery;

  public CompletionFeature(Supplier<List<GalleryPrompt>> gallery) {
    this.gallery = gallery;
  }

  /// The place that is completed.
  ///
  /// @param before the text of the line before the cursor
  record Spot(Document document, int offset, String before, Places places, boolean snippets) {}

  @Override
  public @Nullable Object answer(CompletionParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    if (document == null) {
      return null;
    }
    Places places = moment.snapshot().places(document);
    int offset = places.offset(params.getPosition());
    LineIndex lines = document.lines();
    String before = document.text().substring(lines.lineStart(lines.line(offset)), offset);
    var spot = new Spot(document, offset, before, places, moment.client().snippets());
    return new CompletionList(false, items(spot, moment));
  }

  private List<CompletionItem> items(Spot spot, Moment moment) {
    int tag = spot.before().lastIndexOf("{{");
    boolean inTag = tag >= 0 && spot.before().indexOf("}}", tag) < 0;
    boolean allSettings = spot.document().file().format() == Format.GITHUB;
    if (inFrontMatter(spot.document(), spot.offset()) && !(allSettings && inTag)) {
      return KeyItems.at(spot);
    }
    List<CompletionItem> words = WordItems.at(spot);
    if (!words.isEmpty()) {
      return words;
    }
    if (inTag) {
      return TagItems.at(spot, tag, moment);
    }
    var items = new ArrayList<CompletionItem>();
    if (spot.before().stripLeading().matches("[\\w/-]*")) {
      items.addAll(SnippetItems.at(spot, gallery.get()));
    }
    items.addAll(LabelItems.at(spot));
    return items;
  }

  /// Whether a place is between the fences; a front matter that is still open counts too.
  private static boolean inFrontMatter(Document document, int offset) {
    FrontMatter front = document.file().frontMatter();
    if (front != null) {
      int fence = front.content().start() - front.span().start();
      return front.content().touches(offset) && offset >= front.span().start() + Math.min(4, fence);
    }
    String text = document.text();
    return text.startsWith("---") && offset > 3 && text.indexOf("\n---", 3) < 0;
  }
}
