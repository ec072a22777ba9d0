package dev.promptls.prompt.vocabulary;

import java.util.List;

/// A word that can be written in a prompt file, with what hover and completion say of it.
///
/// @param name the key's path in the front matter (`config.temperature`; the keys of a list's items
///   stand below the list: `messages.role`), the role or the helper
/// @param type of the value, or the helper's signature
/// @param meaning Markdown, one or two sentences
/// @param values allowed values, empty if free
/// @param defaultValue as text, empty if none
/// @param snippet to insert, in LSP snippet syntax, empty if the name is enough
/// @param successor the path of the key that is to be written instead; empty if it is this one
public record KeyInfo(
    String name,
    String type,
    String meaning,
    List<String> values,
    String defaultValue,
    String snippet,
    String successor) {
  public KeyInfo {
    values = List.copyOf(values);
  }

  /// A word that has no successor.
  KeyInfo(
      String name,
      String type,
      String meaning,
      List<String> values,
      String defaultValue,
      String snippet) {
    this(name, type, meaning, values, defaultValue, snippet, "");
  }

  /// A key with a snippet that suits its type.
  static KeyInfo key(String name, String type, String meaning) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    String snippet =
        type.startsWith("object")
            ? last + ":\n  $1"
            : type.startsWith("list of objects") ? last + ":\n  - $1" : last + ": $1";
    return new KeyInfo(name, type, meaning, List.of(), "", snippet);
  }

  /// A word that is inserted as it is: a role, a filter, a variable.
  ///
  /// @param signature shown before the meaning
  static KeyInfo word(String name, String signature, String meaning) {
    return new KeyInfo(name, signature, meaning, List.of(), "", "");
  }

  /// The same with nothing allowed but some values.
  KeyInfo oneOf(String... allowed) {
    List<String> list = List.of(allowed);
    String last = name.substring(name.lastIndexOf('.') + 1);
    String choice = last + ": ${1|" + String.join(",", list) + "|}";
    return new KeyInfo(name, type, meaning, list, defaultValue, choice, successor);
  }

  KeyInfo byDefault(String value) {
    return new KeyInfo(name, type, meaning, values, value, snippet, successor);
  }

  KeyInfo inserting(String text) {
    return new KeyInfo(name, type, meaning, values, defaultValue, text, successor);
  }

  /// The same as a key that lives on for old files.
  KeyInfo now(String path) {
    return new KeyInfo(name, type, meaning, values, defaultValue, snippet, path);
  }
}
