package dev.promptls.template.python;

import org.jspecify.annotations.Nullable;

/// A string that counts as HTML already, as the filters `escape`, `safe` and `tojson` give it: what
/// is joined to it is escaped, and it is not escaped again. In all else it is its text.
public record Markup(String text) {
  /// A value that nobody asks whether it is HTML.
  public static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Markup m ? m.text() : value;
  }

  /// What a method of a string gives when the string was HTML.
  public static @Nullable Object of(@Nullable Object made) {
    return switch (made) {
      case String s -> new Markup(s);
      case Tuple t -> new Tuple(t.items().stream().<@Nullable Object>map(Markup::of).toList());
      case java.util.List<?> l -> {
        Python.list(l).replaceAll(Markup::of);
        yield l;
      }
      case null, default -> made;
    };
  }
}
