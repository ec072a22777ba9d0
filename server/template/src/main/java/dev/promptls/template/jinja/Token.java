package dev.promptls.template.jinja;

import dev.promptls.template.Range;
import org.jspecify.annotations.Nullable;

/// A token of a Jinja template.
///
/// @param value of a literal: the number or the string without its quotes and escapes; of other
///   tokens their text
record Token(Kind kind, @Nullable Object value, Range range) {
  enum Kind {
    TEXT,
    PRINT_BEGIN,
    PRINT_END,
    TAG_BEGIN,
    TAG_END,
    NAME,
    STRING,
    NUMBER,
    OPERATOR,
    END
  }

  boolean is(Kind other, String text) {
    return kind == other && text.equals(value);
  }

  boolean isOperator(String text) {
    return is(Kind.OPERATOR, text);
  }

  boolean isName(String text) {
    return is(Kind.NAME, text);
  }

  String text() {
    return String.valueOf(value);
  }

  /// How an error message calls this token.
  String describe() {
    return switch (kind) {
      case TEXT -> "text";
      case PRINT_BEGIN -> "'{{'";
      case PRINT_END -> "'}}'";
      case TAG_BEGIN -> "'{%'";
      case TAG_END -> "'%}'";
      case STRING -> "a string";
      case END -> "the end of the template";
      default -> "'" + value + "'";
    };
  }
}
