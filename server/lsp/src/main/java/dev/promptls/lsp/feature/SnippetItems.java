package dev.promptls.lsp.feature;

import com.google.gson.JsonObject;
import dev.promptls.lsp.GalleryPrompt;
import dev.promptls.lsp.ServerHost;
import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.jspecify.annotations.Nullable;

/// At the start of a line: role markers, and in a new file the prompts of the gallery.
final class SnippetItems {
  private SnippetItems() {}

  static List<CompletionItem> at(Spot spot, ServerHost host) {
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
      host.gallery().forEach(prompt -> items.add(template(spot, typed, prompt)));
    }
    return Items.inOrder(Items.SECOND, items);
  }

  private static CompletionItem template(Spot spot, String typed, GalleryPrompt prompt) {
    String text = spot.snippets() ? withPlaces(prompt) : prompt.text();
    CompletionItem item =
        Items.item(
            spot, typed.length(), prompt.name(), CompletionItemKind.Snippet, text, spot.snippets());
    item.setDetail(prompt.description());
    var data = new JsonObject();
    data.addProperty("template", prompt.name());
    item.setData(data);
    return item;
  }

  /// A template in which the values that its author would change are places to type in: the name,
  /// the description, the model and the defaults of the inputs.
  private static String withPlaces(GalleryPrompt prompt) {
    PromptFile file = PromptReader.read(prompt.name() + ".prompt", prompt.text());
    var places = new TreeSet<Span>();
    for (String key : List.of("name", "description", "model")) {
      addScalar(file.at(key), places);
    }
    for (InputDeclaration input : file.inputs()) {
      addScalar(file.at("input", "default", input.name()), places);
    }
    var text = new StringBuilder();
    int from = 0;
    int number = 1;
    for (Span place : places) {
      text.append(Items.escaped(prompt.text().substring(from, place.start())));
      String value = Items.escaped(place.of(prompt.text()));
      text.append("${").append(number++).append(':').append(value).append('}');
      from = place.end();
    }
    return text.append(Items.escaped(prompt.text().substring(from))).append("$0").toString();
  }

  private static void addScalar(@Nullable YamlNode node, Set<Span> places) {
    if (node instanceof YamlNode.Scalar scalar && !scalar.span().isEmpty()) {
      places.add(scalar.span());
    }
  }
}
