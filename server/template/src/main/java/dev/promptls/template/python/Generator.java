package dev.promptls.template.python;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A sequence that can be walked once, as filters such as `map` and `select` give it.
public record Generator(Iterator<@Nullable Object> items) {}
