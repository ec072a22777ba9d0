package dev.promptls.lsp;

/// A prompt of the gallery.
///
/// @param name as `few-shot/sentiment`
/// @param description one line, for the list of completions
/// @param text the whole file
public record GalleryPrompt(String name, String description, String text) {}
