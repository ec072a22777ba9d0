package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Variables written `{{name}}`, the only template that GitHub Models know. The reference
/// (gh-models, `pkg/prompt`) replaces the exact text for each name it has a value for, so that `{{
/// name }}` is none; names are otherwise what `actions/ai-inference` takes for one.
public final class Placeholders {
  /// The longest name that is looked for, in UTF-16 units.
  private static final int MAX_NAME = 256;

  private Placeholders() {}

  /// Where the names stand between their braces, in order.
  ///
  /// @param known names that may be made of any characters but a closing brace pair
  public static List<Span> names(String text, Set<String> known) {
    List<Span> names = new ArrayList<>();
    int at = text.indexOf("{{");
    while (at >= 0) {
      int start = at + 2;
      int end = close(text, start);
      boolean found =
          end > start && (isName(text, start, end) || known.contains(text.substring(start, end)));
      if (found) {
        names.add(new Span(start, end));
      }
      at = text.indexOf("{{", found ? end + 2 : at + 1);
    }
    return names;
  }

  private static int close(String text, int from) {
    return text.indexOf("}}", from, Math.min(text.length(), from + MAX_NAME + 2));
  }

  private static boolean isName(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && c != '_' && c != '.' && c != '-') {
        return false;
      }
    }
    return true;
  }
}
