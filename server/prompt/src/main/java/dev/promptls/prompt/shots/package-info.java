/// Examples: how they are recognised and asked.
@NullMarked
package dev.promptls.prompt.shots;

import org.jspecify.annotations.NullMarked;
