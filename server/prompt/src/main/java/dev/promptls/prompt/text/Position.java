package dev.promptls.prompt.text;

/// A place in a text by line and column, both from 0; the unit of `character` is an [Encoding]'s.
public record Position(int line, int character) {}
