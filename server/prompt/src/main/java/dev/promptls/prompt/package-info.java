@NullMarked
package dev.promptls.prompt;

import org.jspecify.annotations.NullMarked;
