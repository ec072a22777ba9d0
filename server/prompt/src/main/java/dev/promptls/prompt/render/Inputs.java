package dev.promptls.prompt.render;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Inputs that were typed as text.
public final class Inputs {
  private Inputs() {}

  /// The values of `--input k=v`: parsed by the file's schema where it has one for the key, else
  /// strings. A value that does not fit its type stays a string.
  public static Map<String, @Nullable Object> parse(PromptFile file, Map<String, String> given) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    given.forEach((name, text) -> {
      InputDeclaration declared = file.input(name);
      values.put(name, declared == null ? text : value(text, declared));
    });
    return values;
  }

  private static @Nullable Object value(String text, InputDeclaration declared) {
    String stripped = text.strip();
    if (stripped.equals("null") && !declared.required()) {
      return null;
    }
    return switch (declared.type()) {
      case "integer", "number", "float" -> number(stripped, text);
      case "boolean" ->
          switch (stripped) {
            case "true" -> true;
            case "false" -> false;
            default -> text;
          };
      case "null" -> stripped.equals("null") ? null : text;
      case "array", "object", "any", "thread", "union" -> json(stripped, text);
      default -> text;
    };
  }

  private static Object number(String text, String otherwise) {
    try {
      BigDecimal number = new BigDecimal(text);
      boolean integral = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
      return integral ? (Object) number.longValueExact() : (Object) number.doubleValue();
    } catch (ArithmeticException | NumberFormatException e) {
      return otherwise;
    }
  }

  private static @Nullable Object json(String text, String otherwise) {
    if (text.isEmpty() || "[{\"-0123456789tfn".indexOf(text.charAt(0)) < 0) {
      return otherwise;
    }
    try {
      JsonElement element = JsonParser.parseString(text);
      return JsonValues.of(element);
    } catch (JsonParseException e) {
      return otherwise;
    }
  }
}
