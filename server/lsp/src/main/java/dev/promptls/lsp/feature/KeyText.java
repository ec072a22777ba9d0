package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Markdown;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.stream.Collectors;

/// What is said of keys, roles and helpers.
final class KeyText {
  private KeyText() {}

  /// What a word means, what may stand there, and what holds without it.
  static String of(KeyInfo word) {
    var text = new StringBuilder("**" + word.name() + "**");
    if (!word.type().isEmpty()) {
      text.append(" · ").append(Markdown.code(word.type()));
    }
    text.append("\n\n").append(word.meaning());
    if (!word.values().isEmpty()) {
      text.append("\n\nOne of ")
          .append(word.values().stream().map(Markdown::code).collect(Collectors.joining(", ")))
          .append('.');
    }
    if (!word.defaultValue().isEmpty()) {
      text.append("\n\nDefault: ").append(Markdown.code(word.defaultValue()));
    }
    return text.toString();
  }

  /// What is known of a key of the front matter; empty if nothing is.
  static String at(YamlPath path, Document document, Moment moment) {
    InputDeclaration input = path.input().map(document.file()::input).orElse(null);
    if (input != null) {
      return VariableText.of(input, document, moment);
    }
    KeyInfo key = Vocabulary.key(document.file(), path.dotted());
    return key == null ? "" : of(key);
  }
}
