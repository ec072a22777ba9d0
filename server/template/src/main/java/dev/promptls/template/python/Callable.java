package dev.promptls.template.python;

import org.jspecify.annotations.Nullable;

/// A value that can be called: a macro, a method of a value, a function of the environment.
public interface Callable {
  @Nullable Object call(Arguments arguments);
}
