package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import org.jspecify.annotations.Nullable;

/// The repeated blocks of a stretch of text.
///
/// @param examples complete ones, in order
/// @param query the open last one, null if all are complete
/// @param separator between two blocks, as written
/// @param opening what the first line of a block begins with, if all begin with it; else empty
record Blocks(
    Span region,
    ShiftedList<Block> examples,
    @Nullable Block query,
    String separator,
    String opening) {}
