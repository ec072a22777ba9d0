package dev.promptls.prompt.vocabulary;

import java.util.List;

/// A word that can be written in a prompt file, with what hover and completion say of it.
///
/// @param name the key's path in the front matter (`config.temperature`), the role or the helper
/// @param type of the value, or the helper's signature
/// @param meaning Markdown, one or two sentences
/// @param values allowed values, empty if free
/// @param defaultValue as text, empty if none
/// @param snippet to insert, in LSP snippet syntax, empty if the name is enough
public record KeyInfo(
    String name,
    String type,
    String meaning,
    List<String> values,
    String defaultValue,
    String snippet) {}
