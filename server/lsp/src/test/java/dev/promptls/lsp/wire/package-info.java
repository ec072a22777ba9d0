@NullMarked
package dev.promptls.lsp.wire;

import org.jspecify.annotations.NullMarked;
