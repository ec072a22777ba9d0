@NullMarked
package dev.promptls.app;

import org.jspecify.annotations.NullMarked;
