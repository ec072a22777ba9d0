package dev.promptls.lsp.feature;

import dev.promptls.lsp.ServerHost;
import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
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
  private static final Pattern KEY = Pattern.compile("^(\\s*(?:-\\s+)*)([\\w.$-]+)\\s*:(.*)$");
  private static final Pattern TYPING = Pattern.compile("^(\\s*(?:-\\s+)*)([\\w.-]*)$");
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
        return ModelNames.at(spot, host, typed, gap);
      }
      KeyInfo key = Vocabulary.key(file, path);
      return key != null && key.type().startsWith("file name")
          ? PathItems.rows(spot, typed)
          : values(spot, key, typed, gap);
    }
    Matcher typing = TYPING.matcher(spot.before());
    return typing.matches()
        ? keys(spot, file, path(spot, typing.group(1).length(), ""), typing.group(2))
        : List.of();
  }

  private static List<CompletionItem> values(
      Spot spot, @Nullable KeyInfo key, String typed, String gap) {
    if (key == null) {
      return List.of();
    }
    boolean flag = key.values().isEmpty() && key.type().startsWith("boolean");
    // In a list in brackets the last item is being typed.
    String last = typed.replaceFirst("^\\[(?:.*[,\\s])?", "");
    var items = new ArrayList<CompletionItem>();
    for (String value : flag ? List.of("true", "false") : key.values()) {
      CompletionItem item =
          Items.item(spot, last.length(), value, CompletionItemKind.EnumMember, gap + value, false);
      if (value.equals(key.defaultValue())) {
        item.setDetail("the default");
      }
      items.add(item);
    }
    return Items.inOrder(Items.FIRST, items);
  }

  /// The keys below a path that are not there yet.
  private static List<CompletionItem> keys(Spot spot, PromptFile file, String above, String typed) {
    Set<String> present = siblings(spot, spot.before().length() - typed.length());
    var items = new ArrayList<CompletionItem>();
    for (KeyInfo key : Vocabulary.keys(file)) {
      String name = key.name();
      boolean below = above.isEmpty() ? name.indexOf('.') < 0 : name.startsWith(above + ".");
      String last = above.isEmpty() ? name : below ? name.substring(above.length() + 1) : "";
      if (!below || last.indexOf('.') >= 0 || present.contains(last)) {
        continue;
      }
      String text = key.snippet().isEmpty() ? last + ": " : key.snippet();
      CompletionItem item =
          Items.word(
              spot,
              typed.length(),
              key,
              CompletionItemKind.Property,
              text,
              !key.snippet().isEmpty());
      item.setLabel(last);
      items.add(item);
    }
    return Items.inOrder(Items.FIRST, items);
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

  /// The keys that stand around a place at the same indent.
  private static Set<String> siblings(Spot spot, int indent) {
    var names = new HashSet<String>();
    LineIndex lines = spot.document().lines();
    int here = lines.line(spot.offset());
    collect(lines, here, -1, indent, names);
    collect(lines, here, 1, indent, names);
    return names;
  }

  private static void collect(LineIndex lines, int from, int step, int indent, Set<String> names) {
    for (int i = 1; i < MOST_LINES; i++) {
      int line = from + i * step;
      String text =
          line < 0 || line >= lines.lineCount() ? "---" : lines.lineSpan(line).of(lines.text());
      Matcher key = KEY.matcher(text);
      if (text.startsWith("---") || (key.matches() && key.group(1).length() < indent)) {
        return;
      }
      if (key.matches() && key.group(1).length() == indent) {
        names.add(key.group(2));
      }
    }
  }
}
