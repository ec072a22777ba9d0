package dev.promptls.template.python;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `namespace()` gives: the one value whose attributes can be set.
public record Namespace(Map<@Nullable Object, @Nullable Object> attributes) {}
