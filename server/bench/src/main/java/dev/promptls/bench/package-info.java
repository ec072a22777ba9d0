@NullMarked
package dev.promptls.bench;

import org.jspecify.annotations.NullMarked;
