/// Spans of a text to ranges in the client's encoding and back.
@NullMarked
package dev.promptls.lsp.convert;

import org.jspecify.annotations.NullMarked;
