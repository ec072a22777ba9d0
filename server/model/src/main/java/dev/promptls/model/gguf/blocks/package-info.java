/// The block layouts of GGUF's quantised types, one file each, all brought into one form.
@NullMarked
package dev.promptls.model.gguf.blocks;

import org.jspecify.annotations.NullMarked;
