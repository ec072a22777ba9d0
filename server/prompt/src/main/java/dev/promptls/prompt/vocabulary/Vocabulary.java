package dev.promptls.prompt.vocabulary;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.MarkdownKind;
import dev.promptls.prompt.syntax.PromptFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words of each format. Lists are empty where a format has no words of a sort.
public final class Vocabulary {
  private Vocabulary() {}

  /// The front matter keys, nested ones by their path: `config.temperature`. Keys of the items of a
  /// list stand below the list: `messages.role`.
  public static List<KeyInfo> keys(Format format) {
    return switch (format) {
      case DOTPROMPT -> DotpromptWords.KEYS;
      case PROMPTY -> PromptyWords.KEYS;
      case GITHUB -> GithubWords.KEYS;
      case MARKDOWN -> MarkdownWords.KEYS;
      case TEXT, OPENAI, ALPACA, SHAREGPT, POML -> List.of();
    };
  }

  /// The keys that a file may have: of Markdown's, only those of its kind.
  public static List<KeyInfo> keys(PromptFile file) {
    return file.format() == Format.MARKDOWN
        ? MarkdownWords.keys(MarkdownKind.of(file.name()))
        : keys(file.format());
  }

  /// The roles as the tree names them.
  public static List<KeyInfo> roles(Format format) {
    return switch (format) {
      case DOTPROMPT -> DotpromptWords.ROLES;
      case PROMPTY -> PromptyWords.ROLES;
      case GITHUB -> GithubWords.ROLES;
      case OPENAI -> ChatWords.OPENAI;
      case SHAREGPT, ALPACA, POML -> ChatWords.CHAT;
      case MARKDOWN, TEXT -> List.of();
    };
  }

  /// The types that inputs and answers are declared with.
  public static List<KeyInfo> types(Format format) {
    return switch (format) {
      case DOTPROMPT -> DotpromptWords.TYPES;
      case PROMPTY -> PromptyWords.KINDS;
      default -> List.of();
    };
  }

  /// The template helpers of Handlebars.
  public static List<KeyInfo> helpers(Format format) {
    return format == Format.DOTPROMPT ? DotpromptWords.HELPERS : List.of();
  }

  /// What is known of a name that blocks give by themselves.
  public static @Nullable KeyInfo context(Format format, String name) {
    return named(format == Format.PROMPTY ? JinjaWords.CONTEXT : DotpromptWords.CONTEXT, name);
  }

  /// What may follow `{%` in a template.
  public static List<KeyInfo> blocks(Format format) {
    return format == Format.PROMPTY ? JinjaWords.BLOCKS : List.of();
  }

  /// What may follow `|` in a template.
  public static List<KeyInfo> filters(Format format) {
    return format == Format.PROMPTY ? JinjaWords.FILTERS : List.of();
  }

  /// What may follow `is` in a template.
  public static List<KeyInfo> tests(Format format) {
    return format == Format.PROMPTY ? JinjaWords.TESTS : List.of();
  }

  /// What the editor knows by itself, written `${name}`.
  public static List<KeyInfo> variables(Format format) {
    return format == Format.MARKDOWN ? MarkdownWords.VARIABLES : List.of();
  }

  /// What is known of a key.
  ///
  /// @param path the keys from the top, joined by dots
  public static @Nullable KeyInfo key(Format format, String path) {
    return named(keys(format), path);
  }

  /// What is known of a key of a file.
  ///
  /// @param path the keys from the top, joined by dots
  public static @Nullable KeyInfo key(PromptFile file, String path) {
    return named(keys(file), path);
  }

  public static @Nullable KeyInfo role(Format format, String name) {
    return named(roles(format), name);
  }

  public static @Nullable KeyInfo helper(Format format, String name) {
    return named(helpers(format), name);
  }

  private static @Nullable KeyInfo named(List<KeyInfo> words, String name) {
    for (KeyInfo word : words) {
      if (word.name().equals(name)) {
        return word;
      }
    }
    return null;
  }
}
