package dev.promptls.template;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A sequence that can be walked once, as filters such as `map` and `select` give it.
record Generator(Iterator<@Nullable Object> items) {}
