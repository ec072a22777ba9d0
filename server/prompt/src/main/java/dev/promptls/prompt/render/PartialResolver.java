package dev.promptls.prompt.render;

import org.jspecify.annotations.Nullable;

/// Finds the text of a partial by its name.
@FunctionalInterface
public interface PartialResolver {
  PartialResolver NONE = name -> null;

  /// The template text, or null if there is none of that name.
  @Nullable String partial(String name);

  /// By which name [#partial] finds what a partial calls, where that is another one than the prompt
  /// itself would get by this name.
  ///
  /// @param caller the name by which the calling partial was found
  default String named(String name, String caller) {
    return name;
  }
}
