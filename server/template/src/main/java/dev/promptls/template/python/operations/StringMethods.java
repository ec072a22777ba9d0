package dev.promptls.template.python.operations;

import dev.promptls.template.python.Arguments;
import dev.promptls.template.python.Bound;
import dev.promptls.template.python.Callable;
import dev.promptls.template.python.Casing;
import dev.promptls.template.python.CodePoints;
import dev.promptls.template.python.Html;
import dev.promptls.template.python.Markup;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.PythonFormat;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.python.Splitting;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Undefined;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The methods of strings.
public final class StringMethods {
  private final Meter meter;
  private final Python python;
  private final PythonText text;
  private final Casing casing;
  private final Splitting splitting;
  private final StringPredicates predicates;

  public StringMethods(Meter meter, Python python, PythonText text) {
    this.meter = meter;
    this.python = python;
    this.text = text;
    this.casing = new Casing(meter);
    this.splitting = new Splitting(meter);
    this.predicates = new StringPredicates(meter, casing);
  }

  /// A method of a string, or null.
  @Nullable Callable find(String s, String name) {
    return switch (name) {
      case "upper" -> a -> casing.upper(s);
      case "lower" -> a -> casing.lower(s);
      case "casefold" -> a -> casing.folded(s);
      case "capitalize" -> a -> casing.capitalize(s);
      case "title" -> a -> casing.title(s);
      case "swapcase" -> a -> casing.swapped(s);
      case "strip" -> a -> strip(s, a, true, true);
      case "lstrip" -> a -> strip(s, a, true, false);
      case "rstrip" -> a -> strip(s, a, false, true);
      case "startswith" -> a -> affix(name, s, a, true);
      case "endswith" -> a -> affix(name, s, a, false);
      case "split" -> a -> splitting.split(s, Bound.of(name, a, "sep", "maxsplit"), false);
      case "rsplit" -> a -> splitting.split(s, Bound.of(name, a, "sep", "maxsplit"), true);
      case "splitlines" ->
          a ->
              new ArrayList<@Nullable Object>(
                  splitting.lines(s, Bound.of(name, a, "keepends").flag("keepends")));
      case "partition" ->
          a -> splitting.partition(s, Bound.of(name, a, "sep").string("sep"), false);
      case "rpartition" ->
          a -> splitting.partition(s, Bound.of(name, a, "sep").string("sep"), true);
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
      case "format" -> a -> format(s, a, null);
      case "format_map" -> a -> format(s, named(Bound.of(name, a, "mapping")), null);
      case "translate" -> a -> translate(s, Bound.of(name, a, "table").required("table"));
      default -> predicates.find(s, name);
    };
  }

  /// @param html escapes what is filled in, null where the format is no HTML
  String format(String s, Arguments a, @Nullable Html html) {
    return new BraceFormat(meter, text, html).format(s, a);
  }

  /// The values of a map as arguments.
  static Arguments named(Bound bound) {
    if (!(bound.required("mapping") instanceof Map<?, ?> map)) {
      throw new Failure("'format_map' needs a map.");
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    Python.map(map)
        .forEach((key, value) -> {
          if (key instanceof String name) {
            named.put(name, value);
          }
        });
    return new Arguments(List.of(), named);
  }

  /// A text with its characters replaced by what a map has for their codes.
  private String translate(String s, @Nullable Object table) {
    if (!(table instanceof Map<?, ?> map)) {
      throw new Failure("'translate' needs a map.");
    }
    StringBuilder out = new StringBuilder();
    meter
        .walked(s)
        .forEach(c -> {
          Object with =
              map.containsKey((long) c) ? Markup.plain(map.get((long) c)) : (Object) (long) c;
          switch (with) {
            case null -> {}
            case Long code -> out.append(PythonFormat.character(code));
            case String text -> out.append(meter.made(text));
            default -> throw new Failure("'translate' needs a map to characters.");
          }
        });
    return meter.made(out.toString());
  }

  private String strip(String s, Arguments a, boolean left, boolean right) {
    Object chars = Bound.of("strip", a, "chars").plain("chars", null);
    if (chars != null && !(chars instanceof String)) {
      throw Python.undefined(chars, null, () -> "The characters to strip must be a string.");
    }
    return strip(s, (String) chars, left, right);
  }

  public String strip(String s, @Nullable String chars, boolean left, boolean right) {
    IntPredicate stripped =
        c -> {
          meter.walk();
          meter.scan(chars == null ? 0 : chars.length());
          return chars == null ? CodePoints.isSpace(c) : chars.indexOf(c) >= 0;
        };
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

  private boolean affix(String name, String s, Arguments a, boolean prefix) {
    Bound bound = Bound.of(name, a, "affix", "start", "end");
    String part = section(s, bound);
    Object wanted = Markup.plain(bound.required("affix"));
    List<?> options = wanted instanceof Tuple t ? t.items() : Arrays.asList(wanted);
    for (Object option : options) {
      if (!(Markup.plain(option) instanceof String affix)) {
        throw Python.undefined(option, null, () -> "'" + name + "' needs a string.");
      }
      meter.step();
      meter.scan(affix.length());
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
    int from = offset(s, bound.integer("start", 0));
    return s.substring(from, Math.max(from, offset(s, bound.integer("end", Integer.MAX_VALUE))));
  }

  private int offset(String s, int place) {
    int count = place < 0 ? Math.max(0, place + CodePoints.length(s, meter)) : place;
    return CodePoints.offset(s, count, meter);
  }

  /// @param count replacements to make, negative for all
  public String replace(String s, String old, String with, int count) {
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
          if (!(Markup.plain(item) instanceof String s)) {
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

  private Object search(String name, String s, Arguments a) {
    Bound bound = Bound.of(name, a, "sub", "start", "end");
    String wanted = bound.string("sub");
    if (bound.has("start") && bound.integer("start", 0) > CodePoints.length(s, meter)) {
      return missing(name);
    }
    String part = section(s, bound);
    int start = bound.has("start") ? offset(s, bound.integer("start", 0)) : 0;
    if (name.equals("count")) {
      return wanted.isEmpty()
          ? CodePoints.length(part, meter) + 1L
          : splitting.pieces(part, wanted, Integer.MAX_VALUE).size() - 1L;
    }
    int at =
        name.startsWith("r")
            ? meter.lastIndexOf(part, wanted, part.length())
            : meter.indexOf(part, wanted, 0);
    if (at < 0) {
      return missing(name);
    }
    meter.scan((long) start + at);
    return (long) s.codePointCount(0, start + at);
  }

  /// What a search gives that finds nothing.
  private static long missing(String search) {
    if (search.endsWith("index")) {
      throw new Failure("'" + search + "' does not find the text.");
    }
    return search.equals("count") ? 0 : -1;
  }

  private String justify(String name, String s, Arguments a) {
    Bound bound = Bound.of(name, a, "width", "fillchar");
    String fill = bound.has("fillchar") ? bound.string("fillchar") : " ";
    if (CodePoints.length(fill, meter) != 1) {
      throw new Failure("'" + name + "' fills with one character.");
    }
    return justify(name, s, bound.integer("width", 0), fill);
  }

  /// @param name `center`, `ljust` or `rjust`
  public String justify(String name, String s, int width, String fill) {
    int missing = Math.max(0, width - CodePoints.length(s, meter));
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
    int missing = Math.max(0, width - CodePoints.length(s, meter));
    meter.chars((long) s.length() + missing);
    boolean signed = s.startsWith("-") || s.startsWith("+");
    return signed ? s.charAt(0) + "0".repeat(missing) + s.substring(1) : "0".repeat(missing) + s;
  }

  private String expandTabs(String s, int size) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (int i = 0; i < s.length(); i++) {
      meter.walk();
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
