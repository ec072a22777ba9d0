@NullMarked
package dev.promptls.lsp;

import org.jspecify.annotations.NullMarked;
