package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.Span;

/// A block that begins like the examples around it and is none.
///
/// @param range in the file
/// @param labelled whether it has all labels of an example, so that only its answer is missing
public record Unfinished(Span range, boolean labelled) {}
