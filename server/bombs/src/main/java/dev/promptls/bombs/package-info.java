/// Hostile templates and prompts, which tests read and the bench measures.
@NullMarked
package dev.promptls.bombs;

import org.jspecify.annotations.NullMarked;
