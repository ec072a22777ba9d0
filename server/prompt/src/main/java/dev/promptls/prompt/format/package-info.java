/// Layout of prompt files: white space that means nothing, made uniform.
@NullMarked
package dev.promptls.prompt.format;

import org.jspecify.annotations.NullMarked;
