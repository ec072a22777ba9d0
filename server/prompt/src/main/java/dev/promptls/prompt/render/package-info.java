/// Tree and data to messages, with a source map back to the file.
@NullMarked
package dev.promptls.prompt.render;

import org.jspecify.annotations.NullMarked;
