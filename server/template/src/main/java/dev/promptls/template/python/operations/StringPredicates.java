package dev.promptls.template.python.operations;

import dev.promptls.template.python.Callable;
import dev.promptls.template.python.Casing;
import dev.promptls.template.python.CodePoints;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.run.Meter;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The methods of strings that ask of what kind their characters are.
public record StringPredicates(Meter meter, Casing casing) {
  /// A method of a string, or null.
  @Nullable Callable find(String s, String name) {
    return switch (name) {
      case "isalpha" -> a -> all(s, Character::isLetter);
      case "isdigit" -> a -> all(s, c -> Character.isDigit(c) || isSuperscript(c));
      case "isdecimal" -> a -> all(s, Character::isDigit);
      case "isnumeric" -> a -> all(s, StringPredicates::isNumeric);
      case "isalnum" -> a -> all(s, StringPredicates::isAlphanumeric);
      case "isspace" -> a -> all(s, CodePoints::isSpace);
      case "isascii" -> a -> meter.walked(s).allMatch(c -> c < 128);
      case "isprintable" -> a -> meter.walked(s).allMatch(PythonText::isPrintable);
      case "isupper" -> a -> casing.isUpper(s);
      case "islower" -> a -> casing.isLower(s);
      case "istitle" -> a -> casing.isTitle(s);
      case "isidentifier" ->
          a ->
              !s.isEmpty()
                  && (s.charAt(0) == '_' || Character.isUnicodeIdentifierStart(s.codePointAt(0)))
                  && meter
                      .walked(s)
                      .allMatch(c -> c == '_' || Character.isUnicodeIdentifierPart(c));
      default -> null;
    };
  }

  private boolean all(String s, IntPredicate predicate) {
    return !s.isEmpty() && meter.walked(s).allMatch(predicate);
  }

  public static boolean isAlphanumeric(int c) {
    return Character.isLetter(c) || isNumeric(c);
  }

  private static boolean isSuperscript(int c) {
    return c == 0xB2
        || c == 0xB3
        || c == 0xB9
        || c == 0x2070
        || (c >= 0x2074 && c <= 0x2079)
        || (c >= 0x2080 && c <= 0x2089);
  }

  private static boolean isNumeric(int c) {
    int type = Character.getType(c);
    return type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }
}
