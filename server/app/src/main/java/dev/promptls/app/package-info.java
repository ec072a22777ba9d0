/// Commands: the only room that reads flags, prints, and exits.
@NullMarked
package dev.promptls.app;

import org.jspecify.annotations.NullMarked;
