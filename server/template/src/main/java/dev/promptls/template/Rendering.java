package dev.promptls.template;

/// A rendered text that knows where in the template each part of it came from.
public record Rendering(String text, SourceMap sources) {}
