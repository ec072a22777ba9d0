@NullMarked
package dev.promptls.lsp.session;

import org.jspecify.annotations.NullMarked;
