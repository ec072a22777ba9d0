package dev.promptls.template.python;

import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Texts cut into parts, as Python's strings cut themselves.
public record Splitting(Meter meter) {
  /// `split` and `rsplit`.
  public List<@Nullable Object> split(String s, Bound bound, boolean fromRight) {
    Object separator = bound.plain("sep", null);
    int limit = bound.integer("maxsplit", -1);
    int most = limit < 0 ? Integer.MAX_VALUE : limit;
    meter.chars(s.length());
    List<@Nullable Object> parts =
        switch (separator) {
          case null -> fromRight ? wordsFromRight(s, most) : words(s, most);
          case String sep when sep.isEmpty() -> throw new Failure("The separator is empty.");
          case String sep -> fromRight ? piecesFromRight(s, sep, most) : pieces(s, sep, most);
          default ->
              throw Python.undefined(separator, null, () -> "The separator must be a string.");
        };
    meter.steps(parts.size());
    return parts;
  }

  public List<@Nullable Object> pieces(String s, String separator, int most) {
    List<@Nullable Object> parts = new ArrayList<>();
    int from = 0;
    for (int at = meter.indexOf(s, separator, 0);
        at >= 0 && parts.size() < most;
        at = meter.indexOf(s, separator, from)) {
      meter.step();
      parts.add(s.substring(from, at));
      from = at + separator.length();
    }
    parts.add(s.substring(from));
    return parts;
  }

  private List<@Nullable Object> piecesFromRight(String s, String separator, int most) {
    List<@Nullable Object> parts = new ArrayList<>();
    int end = s.length();
    for (int at = meter.lastIndexOf(s, separator, s.length());
        at >= 0 && parts.size() < most;
        at = meter.lastIndexOf(s, separator, end - separator.length())) {
      meter.step();
      parts.add(s.substring(at + separator.length(), end));
      end = at;
      if (end < separator.length()) {
        break;
      }
    }
    parts.add(s.substring(0, end));
    Collections.reverse(parts);
    return parts;
  }

  /// What white space parts.
  public List<@Nullable Object> words(String s, int most) {
    List<@Nullable Object> parts = new ArrayList<>();
    int at = 0;
    while (true) {
      while (at < s.length() && CodePoints.isSpace(s.charAt(at))) {
        meter.walk();
        at++;
      }
      if (at == s.length()) {
        return parts;
      }
      meter.step();
      int end = at;
      if (parts.size() == most) {
        parts.add(s.substring(at));
        return parts;
      }
      while (end < s.length() && !CodePoints.isSpace(s.charAt(end))) {
        meter.walk();
        end++;
      }
      parts.add(s.substring(at, end));
      at = end;
    }
  }

  private List<@Nullable Object> wordsFromRight(String s, int most) {
    List<@Nullable Object> parts = new ArrayList<>();
    for (Object word : words(new StringBuilder(s).reverse().toString(), most)) {
      parts.add(new StringBuilder(String.valueOf(word)).reverse().toString());
    }
    Collections.reverse(parts);
    return parts;
  }

  /// The lines of a text, by every line break Python knows.
  public List<String> lines(String s, boolean keepBreaks) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < s.length(); i++) {
      meter.walk();
      char c = s.charAt(i);
      boolean isBreak =
          (c >= '\n' && c <= '\r')
              || (c >= 0x1c && c <= 0x1e)
              || c == 0x85
              || c == 0x2028
              || c == 0x2029;
      if (isBreak) {
        int next = c == '\r' && i + 1 < s.length() && s.charAt(i + 1) == '\n' ? i + 2 : i + 1;
        meter.step();
        lines.add(s.substring(from, keepBreaks ? next : i));
        i = next - 1;
        from = next;
      }
    }
    if (from < s.length()) {
      lines.add(s.substring(from));
    }
    return lines;
  }

  public Tuple partition(String s, String separator, boolean last) {
    if (separator.isEmpty()) {
      throw new Failure("The separator is empty.");
    }
    int at = last ? meter.lastIndexOf(s, separator, s.length()) : meter.indexOf(s, separator, 0);
    meter.chars(s.length());
    if (at < 0) {
      return new Tuple(last ? Arrays.asList("", "", s) : Arrays.asList(s, "", ""));
    }
    return new Tuple(
        Arrays.asList(s.substring(0, at), separator, s.substring(at + separator.length())));
  }
}
