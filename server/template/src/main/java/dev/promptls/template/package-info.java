@NullMarked
package dev.promptls.template;

import org.jspecify.annotations.NullMarked;
