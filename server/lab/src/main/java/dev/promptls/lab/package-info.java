@NullMarked
package dev.promptls.lab;

import org.jspecify.annotations.NullMarked;
