package dev.promptls.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Python tuple: a list that prints in parentheses and equals no list.
record Tuple(List<@Nullable Object> items) {}
