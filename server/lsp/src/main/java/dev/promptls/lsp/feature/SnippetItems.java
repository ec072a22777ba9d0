package dev.promptls.lsp.feature;

import dev.promptls.lsp.GalleryPrompt;
import dev.promptls.lsp.convert.Markdown;
import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;

/// At the start of a line: role markers, and in a new file the prompts of the gallery.
final class SnippetItems {
  private SnippetItems() {}

  static List<CompletionItem> at(Spot spot, List<GalleryPrompt> gallery) {
    String typed = spot.before().stripLeading();
    var items = new ArrayList<CompletionItem>();
    Format format = spot.document().file().format();
    if (format == Format.DOTPROMPT || format == Format.PROMPTY) {
      for (KeyInfo role : Vocabulary.roles(format)) {
        String text =
            format == Format.PROMPTY ? role.name() + ":\n" : "{{role \"" + role.name() + "\"}}\n";
        CompletionItem item =
            Items.word(spot, typed.length(), role, CompletionItemKind.Keyword, text, false);
        item.setLabel("role " + role.name());
        item.setFilterText(role.name());
        items.add(item);
      }
    }
    // A whole file goes where nothing is yet but what is being typed.
    boolean empty = spot.document().text().strip().length() <= typed.length();
    if (empty) {
      gallery.forEach(prompt -> items.add(template(spot, typed, prompt)));
    }
    return items;
  }

  private static CompletionItem template(Spot spot, String typed, GalleryPrompt prompt) {
    CompletionItem item =
        Items.item(
            spot,
            typed.length(),
            prompt.name(),
            CompletionItemKind.Snippet,
            spot.snippets() ? Items.escaped(prompt.text()) + "$0" : prompt.text(),
            spot.snippets());
    item.setDetail(prompt.description());
    item.setDocumentation(Markdown.content(Markdown.block(prompt.text())));
    item.setSortText("2" + prompt.name());
    return item;
  }
}
