package dev.promptls.lsp.feature;

import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;

/// Words that a sign before them asks for: Jinja's blocks behind `{%`, its filters behind `|` and
/// its tests behind `is`, and the editor's variables behind `${`.
final class WordItems {
  private static final Pattern BLOCK = Pattern.compile("\\{%-?\\s*(\\w*)$");
  private static final Pattern FILTER = Pattern.compile("\\{[{%][^{}%]*\\|\\s*(\\w*)$");
  private static final Pattern TEST = Pattern.compile("\\{[{%][^{}%]*\\sis\\s+(?:not\\s+)?(\\w*)$");
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
    return items.isEmpty()
        ? items(spot, VARIABLE, Vocabulary.variables(format), CompletionItemKind.Variable)
        : items;
  }

  private static List<CompletionItem> items(
      Spot spot, Pattern sign, List<KeyInfo> words, CompletionItemKind kind) {
    Matcher matcher = sign.matcher(spot.before());
    if (words.isEmpty() || !matcher.find()) {
      return List.of();
    }
    int typed = matcher.group(1).length();
    return words.stream()
        .map(word -> Items.word(spot, typed, word, kind, word.name(), false))
        .toList();
  }
}
