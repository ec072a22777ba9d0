package dev.promptls.lsp.feature;

import com.google.gson.JsonObject;
import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.workspace.FileFacts;
import dev.promptls.prompt.workspace.NamesInScope;
import dev.promptls.prompt.workspace.PartialNames;
import dev.promptls.prompt.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.jspecify.annotations.Nullable;

/// The partials that a prompt can call, and what each is to be given.
final class PartialItems {
  private static final Pattern CALL = Pattern.compile("^\\s*>\\s*([\\w./-]+)\\s(.*)$");
  private static final Pattern GIVEN = Pattern.compile("([\\w-]+)\\s*=");

  private PartialItems() {}

  /// The partials by the names that they have from here, with places for what they need and this
  /// prompt does not have.
  static List<CompletionItem> names(Spot spot, String typed) {
    Set<String> known = known(spot);
    var items = new ArrayList<CompletionItem>();
    callable(spot)
        .forEach((name, path) -> {
          PromptFile partial = path == null ? null : file(spot, path);
          String arguments = partial == null || !spot.snippets() ? "" : places(partial, known);
          String text = name + arguments + TagItems.ending(spot, typed);
          CompletionItem item =
              Items.item(
                  spot, typed.length(), name, CompletionItemKind.File, text, !arguments.isEmpty());
          if (path != null) {
            var data = new JsonObject();
            data.addProperty("file", path);
            item.setData(data);
          }
          items.add(item);
        });
    return Items.inOrder(Items.FIRST, items);
  }

  /// What a partial needs and a prompt does not have, as ` name=${1:name}`.
  private static String places(PromptFile partial, Set<String> known) {
    var text = new StringBuilder();
    int number = 1;
    for (String input : PartialText.inputs(partial)) {
      if (!known.contains(input)) {
        text.append(" %s=${%d:%s}".formatted(input, number++, Items.escaped(input)));
      }
    }
    return text.toString();
  }

  /// What the partial of a call can still be given. Empty where no partial is called.
  ///
  /// @param inside the tag's text before the cursor
  static List<CompletionItem> arguments(Spot spot, String inside, String typed) {
    Matcher call = CALL.matcher(inside);
    boolean value = inside.stripTrailing().endsWith("=") || inside.endsWith("=" + typed);
    if (!call.matches() || value) {
      return List.of();
    }
    String path = callable(spot).get(call.group(1));
    PromptFile partial = path == null ? null : file(spot, path);
    if (partial == null) {
      return List.of();
    }
    Set<String> given =
        GIVEN.matcher(call.group(2)).results().map(m -> m.group(1)).collect(Collectors.toSet());
    var items = new ArrayList<CompletionItem>();
    for (String input : PartialText.inputs(partial)) {
      if (!given.contains(input)) {
        InputDeclaration declared = partial.input(input);
        CompletionItem item =
            Items.item(
                spot,
                typed.length(),
                input + "=",
                CompletionItemKind.Property,
                input + "=$1",
                true);
        item.setDetail(declared == null ? "input of the partial" : declared.type());
        if (declared != null) {
          var data = new JsonObject();
          data.addProperty("doc", declared.description());
          item.setData(data);
        }
        items.add(item);
      }
    }
    return Items.inOrder(Items.FIRST, items);
  }

  private static Set<String> known(Spot spot) {
    return NamesInScope.at(spot.document().file(), spot.offset(), "").stream()
        .map(NamesInScope.Name::name)
        .collect(Collectors.toSet());
  }

  private static @Nullable PromptFile file(Spot spot, String path) {
    String from = spot.document().path();
    return from == null ? null : spot.moment().snapshot().sources(from).file(path);
  }

  /// The partials by name, each with its file; null for one that lies in none.
  private static Map<String, @Nullable String> callable(Spot spot) {
    var names = new TreeMap<String, @Nullable String>();
    String from = spot.document().path();
    if (from != null) {
      Workspace workspace = spot.moment().snapshot().wholeWorkspace(spot.moment().cancellation());
      for (FileFacts file : workspace.files()) {
        String name = PartialNames.name(file.path(), from, workspace.rootOf(from));
        if (name != null && file.path().equals(workspace.partial(name, from))) {
          names.put(name, file.path());
        }
      }
    }
    FolderEntries.beside(spot).stream()
        .filter(entry -> PartialNames.isPartial(entry.name()))
        .forEach(entry -> names.putIfAbsent(PartialNames.bare(entry.name()), entry.path()));
    for (Document open : spot.moment().snapshot().documents().values()) {
      if (open.path() == null && PartialNames.isPartial(open.name())) {
        names.putIfAbsent(PartialNames.bare(open.name()), null);
      }
    }
    return names;
  }
}
