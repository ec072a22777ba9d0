package dev.promptls.prompt.render;

import org.jspecify.annotations.Nullable;

/// Finds the text of a partial by its name.
@FunctionalInterface
public interface PartialResolver {
  PartialResolver NONE = name -> null;

  /// The template text, or null if there is none of that name.
  @Nullable String partial(String name);
}
