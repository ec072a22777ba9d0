package dev.promptls.prompt.convert;

import dev.promptls.prompt.convert.Settings.Input;
import dev.promptls.prompt.text.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of the inputs' types: template languages print, go through and measure values of
/// some types differently.
///
/// @param types in JSON schema's words, by the input's name
record InputTypes(Map<String, String> types) {
  private static final String LENGTH = "length";

  static InputTypes of(Settings settings) {
    Map<String, String> types = new HashMap<>();
    for (Input input : settings.inputs()) {
      types.put(input.name(), input.type().isEmpty() ? type(input.value()) : input.type());
    }
    return new InputTypes(types);
  }

  private static String type(@Nullable Object value) {
    return switch (value) {
      case List<?> _ -> "array";
      case Map<?, ?> _ -> "object";
      case String _ -> "string";
      case null, default -> "";
    };
  }

  /// The type of an input; empty if it is not known, or the term is something else.
  String of(Term term) {
    return term instanceof Term.Ref(int level, List<String> path) && level == 0 && path.size() == 1
        ? types.getOrDefault(path.getFirst(), "")
        : "";
  }

  /// Whether a value is a list or an object, which each language prints in its own way.
  private boolean isNested(Term term) {
    return of(term).equals("array") || of(term).equals("object");
  }

  /// The value whose length another one is, written as JavaScript does: `items.length`; null if it
  /// is none, or a field of that name.
  @Nullable Term measured(Term term) {
    if (!(term instanceof Term.Ref(int level, List<String> path))
        || path.size() < 2
        || !path.getLast().equals(LENGTH)) {
      return null;
    }
    Term value = new Term.Ref(level, path.subList(0, path.size() - 1));
    return of(value).equals("object") ? null : value;
  }

  /// Whether something is known to be a text or a list, which have a length.
  boolean hasLength(Term term) {
    return of(term).equals("array") || of(term).equals("string");
  }

  /// Tells of a list or an object that is printed.
  ///
  /// @param format its name, for the sentence
  void tellNested(Term term, Span where, String format, Losses losses) {
    if (isNested(term)) {
      losses.add(
          "the value " + Term.shown(term),
          where,
          "is printed otherwise: " + format + " writes lists and objects in its own way");
    }
  }
}
