/// From one prompt format to another, by way of what both have in common.
@NullMarked
package dev.promptls.prompt.convert;

import org.jspecify.annotations.NullMarked;
