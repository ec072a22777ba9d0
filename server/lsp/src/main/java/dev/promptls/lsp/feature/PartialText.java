package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Markdown;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.workspace.FileNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// What is said of a partial and of what it is given.
final class PartialText {
  private PartialText() {}

  /// What it is for, what it takes, and what it says.
  static String of(PromptFile partial) {
    var text = new ArrayList<String>();
    if (partial.metadata().get("description") instanceof String line) {
      text.add(line);
    }
    Set<String> inputs = inputs(partial);
    if (!inputs.isEmpty()) {
      text.add("Takes " + inputs.stream().map(Markdown::code).collect(Collectors.joining(", ")));
    }
    text.add(Markdown.block(partial.bodyText().strip()));
    return String.join("\n\n", text);
  }

  /// One of the inputs: its type and what it is.
  static String of(PromptFile partial, String name) {
    InputDeclaration input = partial.input(name);
    String file = Markdown.code(FileNames.name(partial.name()));
    if (input == null) {
      return "**%s** · read by the partial %s".formatted(name, file);
    }
    String said = "**%s** · %s · input of the partial %s".formatted(name, type(input), file);
    return input.description().isEmpty() ? said : said + "\n\n" + input.description();
  }

  private static String type(InputDeclaration input) {
    return input.type().isEmpty() ? "any type" : input.type();
  }

  /// The inputs that a partial declares or reads.
  static Set<String> inputs(PromptFile partial) {
    var names = new LinkedHashSet<String>();
    partial.inputs().stream().map(InputDeclaration::name).forEach(names::add);
    partial.variables().stream()
        .filter(VariableUse::isTopLevel)
        .map(VariableUse::name)
        .filter(name -> !name.equals("this"))
        .forEach(names::add);
    return names;
  }
}
