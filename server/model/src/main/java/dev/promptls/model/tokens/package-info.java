/// Tokenizers: of model files, of `tokenizer.json` files, and of hosted models.
@NullMarked
package dev.promptls.model.tokens;

import org.jspecify.annotations.NullMarked;
