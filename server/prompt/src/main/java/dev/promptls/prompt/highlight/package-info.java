/// What each stretch of a prompt file is, for colouring it.
@NullMarked
package dev.promptls.prompt.highlight;

import org.jspecify.annotations.NullMarked;
