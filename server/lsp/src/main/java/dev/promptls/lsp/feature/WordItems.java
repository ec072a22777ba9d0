package dev.promptls.lsp.feature;

import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import dev.promptls.prompt.workspace.NamesInScope;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;

/// Words that a sign before them asks for: Jinja's blocks behind `{%`, its filters behind `|` and
/// its tests behind `is`, the roles of training data, and the editor's variables behind `${`.
final class WordItems {
  private static final Pattern BLOCK = Pattern.compile("\\{%-?\\s*(\\w*)$");
  private static final Pattern FILTER = Pattern.compile("\\{[{%][^{}%]*\\|\\s*(\\w*)$");
  private static final Pattern TEST = Pattern.compile("\\{[{%][^{}%]*\\sis\\s+(?:not\\s+)?(\\w*)$");
  private static final Pattern NAME = Pattern.compile("([\\w.]*)$");
  private static final Pattern ROLE = Pattern.compile("\"(?:role|from)\"\\s*:\\s*\"(\\w*)$");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w*)$");

  private WordItems() {}

  /// Empty where none of them is asked for.
  static List<CompletionItem> at(Spot spot) {
    Format format = spot.document().file().format();
    List<CompletionItem> items =
        items(spot, BLOCK, Vocabulary.blocks(format), CompletionItemKind.Keyword);
    if (items.isEmpty()) {
      items = items(spot, FILTER, Vocabulary.filters(format), CompletionItemKind.Function);
    }
    if (items.isEmpty()) {
      items = items(spot, TEST, Vocabulary.tests(format), CompletionItemKind.Function);
    }
    if (items.isEmpty() && (format == Format.OPENAI || format == Format.SHAREGPT)) {
      items = items(spot, ROLE, Vocabulary.roles(format), CompletionItemKind.EnumMember);
    }
    return items.isEmpty()
        ? items(spot, VARIABLE, Vocabulary.variables(format), CompletionItemKind.Variable)
        : items;
  }

  /// What may stand in a statement `{% … %}` behind its first word.
  ///
  /// @param inside its text before the cursor, without the mark it begins with
  static List<CompletionItem> inStatement(Spot spot, String inside) {
    Matcher word = NAME.matcher(inside);
    return word.find() ? VariableItems.at(spot, inside, word.group(1), "") : List.of();
  }

  /// The end of the innermost block that is open comes before the other words.
  private static List<CompletionItem> ranked(Spot spot, List<CompletionItem> items) {
    String end =
        NamesInScope.openBlocks(spot.document().file(), spot.offset()).stream()
            .findFirst()
            .map(tag -> "end" + tag.name())
            .orElse("");
    items.sort((a, b) -> Boolean.compare(b.getLabel().equals(end), a.getLabel().equals(end)));
    return Items.inOrder(Items.FIRST, items);
  }

  private static List<CompletionItem> items(
      Spot spot, Pattern sign, List<KeyInfo> words, CompletionItemKind kind) {
    Matcher matcher = sign.matcher(spot.before());
    if (words.isEmpty() || !matcher.find()) {
      return List.of();
    }
    int typed = matcher.group(1).length();
    var items = new ArrayList<CompletionItem>();
    for (KeyInfo word : words) {
      boolean filled = !word.snippet().isEmpty();
      items.add(Items.word(spot, typed, word, kind, filled ? word.snippet() : word.name(), filled));
    }
    return ranked(spot, items);
  }
}
