/// Spans, line index, UTF-8/16/32 positions, edits.
@NullMarked
package dev.promptls.prompt.text;

import org.jspecify.annotations.NullMarked;
