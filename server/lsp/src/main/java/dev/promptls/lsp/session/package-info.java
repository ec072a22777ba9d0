/// The state of one connection: an immutable snapshot, replaced whole, and what runs beside it.
@NullMarked
package dev.promptls.lsp.session;

import org.jspecify.annotations.NullMarked;
