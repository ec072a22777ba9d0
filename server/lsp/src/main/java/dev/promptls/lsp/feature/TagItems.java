package dev.promptls.lsp.feature;

import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;

/// What may stand in a tag `{{…}}` that is being typed.
final class TagItems {
  private static final Pattern ROLE = Pattern.compile("role\\s+[\"']?([\\w-]*)$");
  private static final Pattern PARTIAL = Pattern.compile(">\\s*([\\w./-]*)$");
  private static final Pattern END = Pattern.compile("/\\s*(\\w*)$");
  private static final Pattern WORD = Pattern.compile("([@\\w.-]*)$");
  private static final Set<String> BLOCKS = Set.of("if", "unless", "each", "with");

  private TagItems() {}

  /// @param tag where the tag begins in the text before the cursor
  static List<CompletionItem> at(Spot spot, int tag, Moment moment) {
    String inside = spot.before().substring(tag + 2);
    Matcher role = ROLE.matcher(inside);
    if (role.find()) {
      return roles(spot, role.group(1), inside);
    }
    Matcher partial = PARTIAL.matcher(inside);
    if (partial.find()) {
      return partials(spot, partial.group(1), moment);
    }
    Matcher end = END.matcher(inside);
    if (end.find()) {
      return ends(spot, end.group(1));
    }
    Matcher word = WORD.matcher(inside);
    String typed = word.find() ? word.group(1) : "";
    var items = new ArrayList<CompletionItem>();
    boolean first = inside.length() == typed.length();
    boolean block = inside.stripLeading().equals("#" + typed);
    if (!block) {
      items.addAll(variables(spot, typed, first));
    }
    if (first || block) {
      items.addAll(helpers(spot, typed, block));
    }
    return items;
  }

  private static List<CompletionItem> roles(Spot spot, String typed, String inside) {
    boolean quoted = inside.contains("\"") || inside.contains("'");
    var items = new ArrayList<CompletionItem>();
    for (KeyInfo role : Vocabulary.roles(spot.document().file().format())) {
      String text = quoted ? role.name() : "\"" + role.name() + "\"";
      items.add(Items.word(spot, typed.length(), role, CompletionItemKind.EnumMember, text, false));
    }
    return items;
  }

  private static List<CompletionItem> partials(Spot spot, String typed, Moment moment) {
    var names = new LinkedHashSet<String>();
    for (Map.Entry<String, Document> open : moment.snapshot().documents().entrySet()) {
      String name = open.getValue().name();
      if (name.startsWith("_") && name.endsWith(".prompt")) {
        names.add(name.substring(1, name.length() - ".prompt".length()));
      }
    }
    return names.stream()
        .map(name ->
            Items.item(
                spot, typed.length(), name, CompletionItemKind.File, name + ending(spot), false))
        .toList();
  }

  /// The blocks that are still open, innermost first.
  private static List<CompletionItem> ends(Spot spot, String typed) {
    Deque<String> open = new ArrayDeque<>();
    for (Tag tag : spot.document().file().tags()) {
      if (tag.span().end() >= spot.offset()) {
        break;
      }
      if (tag.kind() == Tag.Kind.OPEN) {
        open.push(tag.name());
      } else if (tag.kind() == Tag.Kind.CLOSE && !open.isEmpty()) {
        open.pop();
      }
    }
    return open.stream()
        .limit(1)
        .map(name ->
            Items.item(
                spot, typed.length(), name, CompletionItemKind.Keyword, name + ending(spot), false))
        .toList();
  }

  private static List<CompletionItem> variables(Spot spot, String typed, boolean closes) {
    PromptFile file = spot.document().file();
    var names = new LinkedHashSet<String>();
    file.inputs().stream().map(InputDeclaration::name).forEach(names::add);
    file.variables().stream()
        .filter(use -> !use.span().touches(spot.offset()))
        .map(VariableUse::name)
        .forEach(names::add);
    if (insideEach(file, spot.offset())) {
      names.addAll(List.of("this", "@index", "@first", "@last"));
    }
    return names.stream()
        .map(name -> {
          CompletionItem item =
              Items.item(
                  spot,
                  typed.length(),
                  name,
                  CompletionItemKind.Variable,
                  closes ? name + ending(spot) : name,
                  false);
          InputDeclaration input = file.input(name);
          item.setDetail(input == null ? "variable" : input.type());
          item.setSortText("0" + name);
          return item;
        })
        .toList();
  }

  private static boolean insideEach(PromptFile file, int offset) {
    int depth = 0;
    for (Tag tag : file.tags()) {
      if (tag.span().end() <= offset && tag.name().equals("each")) {
        depth += tag.kind() == Tag.Kind.OPEN ? 1 : -1;
      }
    }
    return depth > 0;
  }

  private static List<CompletionItem> helpers(Spot spot, String typed, boolean block) {
    Format format = spot.document().file().format();
    var items = new ArrayList<CompletionItem>();
    for (KeyInfo helper : Vocabulary.helpers(format)) {
      boolean opens = helper.snippet().contains("{{/") || BLOCKS.contains(helper.name());
      if (block && !opens) {
        continue;
      }
      CompletionItem item =
          Items.word(
              spot,
              typed.length(),
              helper,
              CompletionItemKind.Function,
              (opens && !block ? "#" : "") + helper.name() + " ",
              false);
      item.setSortText("1" + helper.name());
      items.add(item);
    }
    return items;
  }

  /// The braces that are still missing behind the cursor.
  private static String ending(Spot spot) {
    return spot.document().text().startsWith("}", spot.offset()) ? "" : "}}";
  }
}
