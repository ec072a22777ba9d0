/// One class for each method of the protocol; each answers from a snapshot.
@NullMarked
package dev.promptls.lsp.feature;

import org.jspecify.annotations.NullMarked;
