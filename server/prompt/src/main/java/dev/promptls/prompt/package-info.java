/// What a prompt file means. Knows no protocol, no model, and no files but the text it is given.
@NullMarked
package dev.promptls.prompt;

import org.jspecify.annotations.NullMarked;
