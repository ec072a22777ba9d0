package dev.promptls.lsp.feature;

import dev.promptls.lsp.ServerHost;
import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.jspecify.annotations.Nullable;

/// Keys and values of the front matter. Read by lines and indents, because while a key is being
/// typed the text is no YAML.
final class KeyItems {
  private static final Pattern KEY =
      Pattern.compile("^(\\s*(?:-\\s+)*)([\\w.$-]+)(?:\\?|\\([^()]*\\))*\\s*:(.*)$");
  private static final Pattern TYPING = Pattern.compile("^(\\s*(?:-\\s+)*)([\\w.-]*)$");
  private static final Pattern SCHEMA = Pattern.compile("(?:input|output)\\.schema\\..*");
  private static final String OWN = "promptls.";
  private static final int MOST_LINES = 2_000;

  private KeyItems() {}

  static List<CompletionItem> at(Spot spot, ServerHost host) {
    PromptFile file = spot.document().file();
    Matcher value = KEY.matcher(spot.before());
    if (value.matches()) {
      String path = path(spot, value.group(1).length(), value.group(2));
      String typed = value.group(3).stripLeading();
      String gap = spot.before().endsWith(":") ? " " : "";
      if (PromptFile.isModelName(path)) {
        return ModelNames.at(spot, host, unquoted(typed), gap);
      }
      if (SCHEMA.matcher(path).matches()) {
        return types(spot, typed, gap);
      }
      KeyInfo key = Vocabulary.key(file, path);
      return key != null && key.type().startsWith("file name")
          ? PathItems.rows(spot, unquoted(typed))
          : values(spot, key, typed, gap);
    }
    Matcher typing = TYPING.matcher(spot.before());
    return typing.matches()
        ? keys(spot, file, path(spot, typing.group(1).length(), ""), typing.group(2))
        : List.of();
  }

  /// What has been typed of a value behind the quote that begins it.
  private static String unquoted(String typed) {
    return typed.startsWith("\"") || typed.startsWith("'") ? typed.substring(1) : typed;
  }

  private static List<CompletionItem> types(Spot spot, String typed, String gap) {
    var items = new ArrayList<CompletionItem>();
    if (typed.chars().allMatch(Character::isLetter)) {
      for (KeyInfo type : Vocabulary.types(spot.document().file().format())) {
        CompletionItemKind kind = CompletionItemKind.EnumMember;
        items.add(Items.word(spot, typed.length(), type, kind, gap + type.name(), false));
      }
    }
    return Items.inOrder(Items.FIRST, items);
  }

  private static List<CompletionItem> values(
      Spot spot, @Nullable KeyInfo key, String typed, String gap) {
    if (key == null) {
      return List.of();
    }
    boolean flag = key.values().isEmpty() && key.type().startsWith("boolean");
    // In a list in brackets the last item is being typed.
    String last = unquoted(typed.replaceFirst("^\\[(?:.*[,\\s])?", ""));
    var items = new ArrayList<CompletionItem>();
    for (String value : flag ? List.of("true", "false") : key.values()) {
      CompletionItem item =
          Items.item(spot, last.length(), value, CompletionItemKind.EnumMember, gap + value, false);
      if (value.equals(key.defaultValue())) {
        item.setDetail("the default");
      }
      KeyInfo role =
          key.name().endsWith(".role")
              ? Vocabulary.role(spot.document().file().format(), value)
              : null;
      items.add(Items.explained(item, KeyText.of(role == null ? key : role)));
    }
    return Items.inOrder(Items.FIRST, items);
  }

  /// The keys below a path that are not there yet.
  private static List<CompletionItem> keys(Spot spot, PromptFile file, String above, String typed) {
    Set<String> present = siblings(spot, spot.before().length() - typed.length());
    boolean named = spot.after(typed.length()).stripLeading().startsWith(":");
    var items = new ArrayList<CompletionItem>();
    for (KeyInfo key : Vocabulary.keys(file)) {
      String last = below(above, key.name());
      if (last.isEmpty() || !present.add(last)) {
        continue;
      }
      boolean filled = !named && !key.snippet().isEmpty();
      String text = named ? last : filled ? key.snippet() : last + ": ";
      CompletionItem item =
          Items.word(spot, typed.length(), key, CompletionItemKind.Property, text, filled);
      item.setLabel(last);
      items.add(item);
    }
    for (String key : keysOfItems(file, above)) {
      if (present.add(key)) {
        String text = named ? key : key + ": ";
        CompletionItem item =
            Items.item(spot, typed.length(), key, CompletionItemKind.Property, text, false);
        item.setDetail("as in other items");
        items.add(item);
      }
    }
    return Items.inOrder(Items.FIRST, items);
  }

  /// How a key is written below a path; empty if it does not stand there. Our own keys stand at the
  /// top with a dot in their names.
  private static String below(String above, String key) {
    if (above.isEmpty()) {
      return key.indexOf('.') < 0 || key.startsWith(OWN) ? key : "";
    }
    String last = key.startsWith(above + ".") ? key.substring(above.length() + 1) : "";
    return last.indexOf('.') < 0 ? last : "";
  }

  /// The keys of the items of a list, in the order in which they are met.
  private static Set<String> keysOfItems(PromptFile file, String path) {
    var keys = new LinkedHashSet<String>();
    if (!path.isEmpty() && file.at(path.split("\\.", -1)) instanceof YamlNode.Sequence list) {
      for (YamlNode item : list.items()) {
        if (item instanceof YamlNode.Mapping mapping) {
          mapping.entries().forEach(entry -> keys.add(entry.key().text()));
        }
      }
    }
    return keys;
  }

  /// The keys from the top to a line of some indent.
  private static String path(Spot spot, int indent, String last) {
    Deque<String> keys = new ArrayDeque<>();
    if (!last.isEmpty()) {
      keys.push(last);
    }
    LineIndex lines = spot.document().lines();
    int inner = indent;
    int first = Math.max(0, lines.line(spot.offset()) - MOST_LINES);
    for (int line = lines.line(spot.offset()) - 1; line >= first && inner > 0; line--) {
      Matcher key = KEY.matcher(lines.lineSpan(line).of(lines.text()));
      if (key.matches() && key.group(1).length() < inner) {
        keys.push(key.group(2));
        inner = key.group(1).length();
      }
    }
    return String.join(".", keys);
  }

  /// The keys that stand around a place at the same indent, in the same item of a list.
  private static Set<String> siblings(Spot spot, int indent) {
    var names = new HashSet<String>();
    LineIndex lines = spot.document().lines();
    int here = lines.line(spot.offset());
    if (!spot.before().stripLeading().startsWith("-")) {
      collect(lines, here, -1, indent, names);
    }
    collect(lines, here, 1, indent, names);
    return names;
  }

  private static void collect(LineIndex lines, int from, int step, int indent, Set<String> names) {
    for (int i = 1; i < MOST_LINES; i++) {
      int line = from + i * step;
      String text =
          line < 0 || line >= lines.lineCount() ? "---" : lines.lineSpan(line).of(lines.text());
      Matcher key = KEY.matcher(text);
      boolean found = key.matches();
      int there = found ? key.group(1).length() : indent + 1;
      boolean begins = there == indent && key.group(1).contains("-");
      if (text.startsWith("---") || there < indent || (begins && step > 0)) {
        return;
      }
      if (there == indent) {
        names.add(key.group(2));
      }
      if (begins) {
        return;
      }
    }
  }
}
