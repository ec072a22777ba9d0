package dev.promptls.template.python;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a [Callable] is called with.
public record Arguments(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {}
