/// The tree of a prompt file: nodes with ranges; one reader per format.
@NullMarked
package dev.promptls.prompt.syntax;

import org.jspecify.annotations.NullMarked;
