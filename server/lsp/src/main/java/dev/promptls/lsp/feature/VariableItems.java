package dev.promptls.lsp.feature;

import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import dev.promptls.prompt.workspace.NamesInScope;
import dev.promptls.prompt.workspace.NamesInScope.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.jspecify.annotations.Nullable;

/// The variables that a template may read where the cursor stands: fields of the blocks around it,
/// names that these give, and the inputs.
final class VariableItems {
  private static final Pattern LOOPS = Pattern.compile("#each\\s+\\S*$|\\sin\\s+\\S*$");

  private VariableItems() {}

  /// @param inside the tag's text before the cursor
  /// @param typed of the variable
  /// @param ending what ends the tag behind a variable
  static List<CompletionItem> at(Spot spot, String inside, String typed, String ending) {
    PromptFile file = spot.document().file();
    boolean loops = LOOPS.matcher(inside).find();
    var items = new ArrayList<CompletionItem>();
    for (Name name : NamesInScope.at(file, spot.offset(), typed)) {
      InputDeclaration input = input(file, name);
      CompletionItem item =
          Items.item(
              spot,
              typed.length(),
              name.name(),
              CompletionItemKind.Variable,
              name.name() + ending,
              false);
      item.setDetail(detail(name, input));
      KeyInfo given = Vocabulary.context(file.format(), name.name());
      if (input != null) {
        Items.explained(item, VariableText.of(input, spot.document(), spot.moment()));
      } else if (given != null && name.origin() == NamesInScope.Origin.CONTEXT) {
        Items.explained(item, KeyText.of(given));
      }
      items.add(item);
    }
    if (loops) {
      // Lists first; the order is otherwise kept.
      items.sort((a, b) -> Boolean.compare(isList(file, b), isList(file, a)));
    }
    return Items.inOrder(Items.FIRST, items);
  }

  private static boolean isList(PromptFile file, CompletionItem item) {
    InputDeclaration input = file.input(item.getLabel());
    return input != null
        && (input.type().equals("array") || input.defaultValue() instanceof List<?>);
  }

  private static @Nullable InputDeclaration input(PromptFile file, Name name) {
    return name.origin() == NamesInScope.Origin.INPUT ? file.input(name.name()) : null;
  }

  private static String detail(Name name, @Nullable InputDeclaration input) {
    return switch (name.origin()) {
      case FIELD -> "field";
      case BLOCK -> "given by the block";
      case CONTEXT -> "of the loop";
      case INPUT -> input == null || input.type().isEmpty() ? "variable" : input.type();
    };
  }
}
