package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An input that the front matter declares, by a schema or by a default.
///
/// @param type as written: `string`, `array`, … ; empty if only a default is given
/// @param description empty if none
/// @param required whether a value must be given
/// @param defaulted whether there is a default, which may be null
/// @param span of the name where it is declared: in the schema, else in the defaults
/// @param defaultSpan of the default's value
/// @param alsoAt other places that give the input by its name, as further rows of test data
/// @param example a value that shows what is meant, never used by itself; null if there is none
public record InputDeclaration(
    String name,
    String type,
    String description,
    boolean required,
    boolean defaulted,
    @Nullable Object defaultValue,
    Span span,
    @Nullable Span defaultSpan,
    List<Span> alsoAt,
    @Nullable Object example) {
  public InputDeclaration {
    alsoAt = List.copyOf(alsoAt);
  }

  /// An input that is named in one place.
  public InputDeclaration(
      String name,
      String type,
      String description,
      boolean required,
      boolean defaulted,
      @Nullable Object defaultValue,
      Span span,
      @Nullable Span defaultSpan) {
    this(
        name,
        type,
        description,
        required,
        defaulted,
        defaultValue,
        span,
        defaultSpan,
        List.of(),
        null);
  }

  InputDeclaration alsoAt(List<Span> places) {
    return new InputDeclaration(
        name,
        type,
        description,
        required,
        defaulted,
        defaultValue,
        span,
        defaultSpan,
        places,
        example);
  }

  InputDeclaration withExample(@Nullable Object value) {
    return new InputDeclaration(
        name,
        type,
        description,
        required,
        defaulted,
        defaultValue,
        span,
        defaultSpan,
        alsoAt,
        value);
  }
}
