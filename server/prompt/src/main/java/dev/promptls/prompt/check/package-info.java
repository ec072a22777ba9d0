/// One rule a file: code, message, range.
@NullMarked
package dev.promptls.prompt.check;

import org.jspecify.annotations.NullMarked;
