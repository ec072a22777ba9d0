package dev.promptls.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The methods of strings.
final class StringMethods {
  private final Meter meter;
  private final Python python;
  private final PythonText text;

  StringMethods(Meter meter, Python python, PythonText text) {
    this.meter = meter;
    this.python = python;
    this.text = text;
  }

  /// A method of a string, or null.
  @Nullable Callable find(String s, String name) {
    return switch (name) {
      case "upper" -> a -> meter.made(s.toUpperCase(Locale.ROOT));
      case "lower", "casefold" -> a -> meter.made(s.toLowerCase(Locale.ROOT));
      case "capitalize" -> a -> meter.made(capitalize(s));
      case "title" -> a -> meter.made(title(s));
      case "swapcase" -> a -> meter.made(swapCase(s));
      case "strip" -> a -> strip(s, a, true, true);
      case "lstrip" -> a -> strip(s, a, true, false);
      case "rstrip" -> a -> strip(s, a, false, true);
      case "startswith" -> a -> affix(name, s, a, true);
      case "endswith" -> a -> affix(name, s, a, false);
      case "split" -> a -> split(s, Bound.of(name, a, "sep", "maxsplit"), false);
      case "rsplit" -> a -> split(s, Bound.of(name, a, "sep", "maxsplit"), true);
      case "splitlines" ->
          a ->
              new ArrayList<@Nullable Object>(
                  lines(s, Bound.of(name, a, "keepends").flag("keepends"), meter));
      case "partition" -> a -> partition(s, Bound.of(name, a, "sep").string("sep"), false);
      case "rpartition" -> a -> partition(s, Bound.of(name, a, "sep").string("sep"), true);
      case "replace" ->
          a -> {
            Bound bound = Bound.of(name, a, "old", "new", "count");
            return replace(s, bound.string("old"), bound.string("new"), bound.integer("count", -1));
          };
      case "removeprefix" ->
          a -> {
            String prefix = Bound.of(name, a, "prefix").string("prefix");
            return meter.made(s.startsWith(prefix) ? s.substring(prefix.length()) : s);
          };
      case "removesuffix" ->
          a -> {
            String suffix = Bound.of(name, a, "suffix").string("suffix");
            boolean has = !suffix.isEmpty() && s.endsWith(suffix);
            return meter.made(has ? s.substring(0, s.length() - suffix.length()) : s);
          };
      case "join" -> a -> join(s, Bound.of(name, a, "iterable").required("iterable"));
      case "find", "index", "rfind", "rindex", "count" -> a -> search(name, s, a);
      case "center", "ljust", "rjust" -> a -> justify(name, s, a);
      case "zfill" -> a -> zeroFill(s, Bound.of(name, a, "width").integer("width", 0));
      case "expandtabs" -> a -> expandTabs(s, Bound.of(name, a, "tabsize").integer("tabsize", 8));
      case "format" -> a -> new BraceFormat(meter, text).format(s, a);
      default -> predicate(s, name);
    };
  }

  private @Nullable Callable predicate(String s, String name) {
    return switch (name) {
      case "isalpha" -> a -> all(s, Character::isLetter);
      case "isdigit" -> a -> all(s, c -> Character.isDigit(c) || isSuperscript(c));
      case "isdecimal" -> a -> all(s, Character::isDigit);
      case "isnumeric" -> a -> all(s, StringMethods::isNumeric);
      case "isalnum" -> a -> all(s, c -> Character.isLetter(c) || isNumeric(c));
      case "isspace" -> a -> all(s, JinjaLexer::isSpace);
      case "isascii" -> a -> s.chars().allMatch(c -> c < 128);
      case "isprintable" -> a -> s.codePoints().allMatch(PythonText::isPrintable);
      case "isupper" -> a -> isUpper(s);
      case "islower" -> a -> isLower(s);
      case "istitle" -> a -> isCased(s) && title(s).equals(s);
      case "isidentifier" ->
          a ->
              !s.isEmpty()
                  && (s.charAt(0) == '_' || Character.isUnicodeIdentifierStart(s.codePointAt(0)))
                  && s.codePoints().allMatch(c -> c == '_' || Character.isUnicodeIdentifierPart(c));
      default -> null;
    };
  }

  private static boolean all(String s, IntPredicate predicate) {
    return !s.isEmpty() && s.codePoints().allMatch(predicate);
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

  private static boolean isCased(String s) {
    return s.codePoints().anyMatch(c -> Character.isUpperCase(c) || Character.isLowerCase(c));
  }

  static boolean isUpper(String s) {
    return isCased(s) && s.codePoints().noneMatch(Character::isLowerCase);
  }

  static boolean isLower(String s) {
    return isCased(s) && s.codePoints().noneMatch(Character::isUpperCase);
  }

  static String capitalize(String s) {
    if (s.isEmpty()) {
      return s;
    }
    int first = s.offsetByCodePoints(0, 1);
    StringBuilder out = new StringBuilder();
    out.appendCodePoint(Character.toTitleCase(s.codePointAt(0)));
    return out.append(s.substring(first).toLowerCase(Locale.ROOT)).toString();
  }

  private static String title(String s) {
    StringBuilder out = new StringBuilder(s.length());
    boolean inside = false;
    for (int c : s.codePoints().toArray()) {
      out.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inside = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }
    return out.toString();
  }

  private static String swapCase(String s) {
    StringBuilder out = new StringBuilder(s.length());
    s.codePoints()
        .forEach(c ->
            out.appendCodePoint(
                Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c)));
    return out.toString();
  }

  private String strip(String s, Jinja.Arguments a, boolean left, boolean right) {
    Object chars = Bound.of("strip", a, "chars").get("chars", null);
    if (chars != null && !(chars instanceof String)) {
      throw Python.undefined(chars, null, () -> "The characters to strip must be a string.");
    }
    return strip(s, (String) chars, left, right);
  }

  String strip(String s, @Nullable String chars, boolean left, boolean right) {
    IntPredicate stripped = chars == null ? JinjaLexer::isSpace : c -> chars.indexOf(c) >= 0;
    int start = 0;
    int end = s.length();
    while (left && start < end && stripped.test(s.codePointAt(start))) {
      start += Character.charCount(s.codePointAt(start));
    }
    while (right && end > start && stripped.test(s.codePointBefore(end))) {
      end -= Character.charCount(s.codePointBefore(end));
    }
    return meter.made(s.substring(start, end));
  }

  private boolean affix(String name, String s, Jinja.Arguments a, boolean prefix) {
    Bound bound = Bound.of(name, a, "affix", "start", "end");
    String part = section(s, bound);
    Object wanted = bound.required("affix");
    List<?> options = wanted instanceof Tuple t ? t.items() : Arrays.asList(wanted);
    for (Object option : options) {
      if (!(option instanceof String affix)) {
        throw Python.undefined(option, null, () -> "'" + name + "' needs a string.");
      }
      if (prefix ? part.startsWith(affix) : part.endsWith(affix)) {
        return true;
      }
    }
    return false;
  }

  /// The part of a string between the arguments `start` and `end`, which count code points.
  private String section(String s, Bound bound) {
    if (!bound.has("start")) {
      return s;
    }
    return s.substring(
        offset(s, bound.integer("start", 0)),
        Math.max(
            offset(s, bound.integer("start", 0)),
            offset(s, bound.integer("end", Integer.MAX_VALUE))));
  }

  private static int offset(String s, int place) {
    int length = CodePoints.length(s);
    int at = place < 0 ? Math.max(0, place + length) : Math.min(place, length);
    return s.offsetByCodePoints(0, at);
  }

  private List<@Nullable Object> split(String s, Bound bound, boolean fromRight) {
    Object separator = bound.get("sep", null);
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

  private List<@Nullable Object> pieces(String s, String separator, int most) {
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

  private List<@Nullable Object> words(String s, int most) {
    List<@Nullable Object> parts = new ArrayList<>();
    int at = 0;
    while (true) {
      while (at < s.length() && JinjaLexer.isSpace(s.charAt(at))) {
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
      while (end < s.length() && !JinjaLexer.isSpace(s.charAt(end))) {
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
  static List<String> lines(String s, boolean keepBreaks, Meter meter) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < s.length(); i++) {
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

  private Tuple partition(String s, String separator, boolean last) {
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

  /// @param count replacements to make, negative for all
  String replace(String s, String old, String with, int count) {
    StringBuilder out = new StringBuilder();
    int left = count < 0 ? Integer.MAX_VALUE : count;
    int from = 0;
    int at = meter.indexOf(s, old, 0);
    while (at >= 0 && left-- > 0) {
      meter.step();
      meter.chars((long) at - from + with.length());
      out.append(s, from, at).append(with);
      from = at + old.length();
      if (old.isEmpty()) {
        if (at >= s.length()) {
          return out.toString();
        }
        int next = at + Character.charCount(s.codePointAt(at));
        out.append(s, at, next);
        from = next;
        at = next;
      } else {
        at = meter.indexOf(s, old, from);
      }
    }
    return out.append(meter.made(s.substring(from))).toString();
  }

  private String join(String separator, @Nullable Object iterable) {
    if (iterable instanceof Undefined u) {
      throw u.failure();
    }
    StringBuilder out = new StringBuilder();
    boolean[] first = {true};
    python
        .iterate(iterable)
        .forEachRemaining(item -> {
          if (!(item instanceof String s)) {
            throw Python.undefined(
                item, null, () -> "join() needs strings but got '" + Python.typeName(item) + "'.");
          }
          meter.step();
          meter.chars((long) separator.length() + s.length());
          out.append(first[0] ? "" : separator).append(s);
          first[0] = false;
        });
    return out.toString();
  }

  private Object search(String name, String s, Jinja.Arguments a) {
    Bound bound = Bound.of(name, a, "sub", "start", "end");
    String wanted = bound.string("sub");
    String part = section(s, bound);
    int start = bound.has("start") ? offset(s, bound.integer("start", 0)) : 0;
    meter.steps(1 + part.length() / 64);
    if (name.equals("count")) {
      return wanted.isEmpty()
          ? CodePoints.length(part) + 1L
          : pieces(part, wanted, Integer.MAX_VALUE).size() - 1L;
    }
    int at =
        name.startsWith("r")
            ? meter.lastIndexOf(part, wanted, part.length())
            : meter.indexOf(part, wanted, 0);
    if (at < 0) {
      if (name.endsWith("index")) {
        throw new Failure("'" + name + "' does not find the text.");
      }
      return -1L;
    }
    return (long) s.codePointCount(0, start + at);
  }

  private String justify(String name, String s, Jinja.Arguments a) {
    Bound bound = Bound.of(name, a, "width", "fillchar");
    String fill = bound.has("fillchar") ? bound.string("fillchar") : " ";
    if (CodePoints.length(fill) != 1) {
      throw new Failure("'" + name + "' fills with one character.");
    }
    return justify(name, s, bound.integer("width", 0), fill);
  }

  /// @param name `center`, `ljust` or `rjust`
  String justify(String name, String s, int width, String fill) {
    int missing = Math.max(0, width - CodePoints.length(s));
    int left =
        switch (name) {
          case "center" -> missing / 2 + (missing & width & 1);
          case "rjust" -> missing;
          default -> 0;
        };
    meter.chars(s.length() + (long) missing * fill.length());
    return fill.repeat(left) + s + fill.repeat(missing - left);
  }

  private String zeroFill(String s, int width) {
    int missing = Math.max(0, width - CodePoints.length(s));
    meter.chars((long) s.length() + missing);
    boolean signed = s.startsWith("-") || s.startsWith("+");
    return signed ? s.charAt(0) + "0".repeat(missing) + s.substring(1) : "0".repeat(missing) + s;
  }

  private String expandTabs(String s, int size) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '\t') {
        int width = size > 0 ? size - column % size : 0;
        meter.chars(width);
        out.repeat(' ', width);
        column += width;
      } else {
        out.append(c);
        column = c == '\n' || c == '\r' ? 0 : column + 1;
      }
    }
    return meter.made(out.toString());
  }
}
