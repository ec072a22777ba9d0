package dev.promptls.lsp;

/// A model that a prompt can name.
///
/// @param name as it is written under `model:`
/// @param what it is, in a few words: `installed`, `endpoint`, `hosted`
/// @param contextWindow in tokens; 0 if that is not known without opening it
public record OfferedModel(String name, String what, int contextWindow) {}
