package dev.promptls.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `namespace()` gives: the one value whose attributes can be set.
record Namespace(Map<@Nullable Object, @Nullable Object> attributes) {}
