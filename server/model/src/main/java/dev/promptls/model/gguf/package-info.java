/// Reads GGUF files: header, metadata and tensors, checked before anything is believed.
@NullMarked
package dev.promptls.model.gguf;

import org.jspecify.annotations.NullMarked;
