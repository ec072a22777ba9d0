package dev.promptls.template;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Filters that make texts.
final class TextFilters {
  private static final Pattern WORD = Pattern.compile("\\w++", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern WORD_BEGINNING =
      Pattern.compile("[-\\s({\\[<]++", Pattern.UNICODE_CHARACTER_CLASS);

  private final Meter meter;
  private final Python python;
  private final PythonText text;
  private final StringMethods strings;

  TextFilters(Meter meter, Python python, PythonText text) {
    this.meter = meter;
    this.python = python;
    this.text = text;
    this.strings = new StringMethods(meter, python, text);
  }

  @Nullable Object apply(String name, @Nullable Object value, Jinja.Arguments a) {
    String s = text.of(value);
    return switch (name) {
      case "upper" -> meter.made(s.toUpperCase(Locale.ROOT));
      case "lower" -> meter.made(s.toLowerCase(Locale.ROOT));
      case "capitalize" -> meter.made(StringMethods.capitalize(s));
      case "title" -> meter.made(title(s));
      case "trim" -> trim(s, Bound.of(name, a, "chars"));
      case "center" ->
          strings.justify("center", s, Bound.of(name, a, "width").integer("width", 80), " ");
      case "replace" -> {
        Bound bound = Bound.of(name, a, "old", "new", "count");
        Object count = bound.get("count", null);
        yield strings.replace(
            s,
            text.of(bound.required("old")),
            text.of(bound.required("new")),
            count == null ? -1 : bound.integer("count", -1));
      }
      case "e", "escape", "forceescape" -> meter.made(escape(s));
      case "format" -> format(s, a);
      case "indent" -> indent(value, Bound.of(name, a, "width", "first", "blank"));
      case "truncate" -> truncate(s, Bound.of(name, a, "length", "killwords", "end", "leeway"));
      case "wordcount" -> WORD.matcher(s).results().count();
      case "wordwrap" ->
          new WordWrap(meter)
              .wrap(
                  s,
                  Bound.of(name, a, "width", "break_long_words", "wrapstring", "break_on_hyphens"));
      case "striptags" -> stripTags(s);
      case "urlencode" -> urlEncode(value);
      case "filesizeformat" -> fileSize(value, Bound.of(name, a, "binary"));
      case "xmlattr" -> attributes(value, Bound.of(name, a, "autospace"));
      default -> text.repr(value);
    };
  }

  private String trim(String s, Bound bound) {
    Object chars = bound.get("chars", null);
    return strings.strip(s, chars == null ? null : text.of(chars), true, true);
  }

  private static String title(String s) {
    StringBuilder out = new StringBuilder(s.length());
    Matcher gap = WORD_BEGINNING.matcher(s);
    int from = 0;
    while (gap.find()) {
      out.append(StringMethods.capitalize(s.substring(from, gap.start()))).append(gap.group());
      from = gap.end();
    }
    return out.append(StringMethods.capitalize(s.substring(from))).toString();
  }

  static String escape(String s) {
    return s.replace("&", "&amp;")
        .replace(">", "&gt;")
        .replace("<", "&lt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }

  private String format(String s, Jinja.Arguments a) {
    if (!a.positional().isEmpty() && !a.named().isEmpty()) {
      throw new Failure("'format' takes positional or named values, not both.");
    }
    Object values = a.named().isEmpty() ? new Tuple(a.positional()) : a.named();
    return new Percent(meter, text).format(s, values);
  }

  private String indent(@Nullable Object value, Bound bound) {
    if (!(value instanceof String s)) {
      throw Python.undefined(value, null, () -> "'indent' needs a string.");
    }
    Object width = bound.get("width", 4L);
    int spaces = width instanceof String ? 0 : Math.max(0, bound.integer("width", 4));
    meter.chars(spaces);
    String indention = width instanceof String w ? w : " ".repeat(spaces);
    List<String> lines = StringMethods.lines(s + "\n", false, meter);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean indented = i == 0 ? bound.flag("first") : bound.flag("blank") || !line.isEmpty();
      meter.step();
      meter.chars(line.length() + 1L + (indented ? indention.length() : 0));
      out.append(i == 0 ? "" : "\n").append(indented ? indention : "").append(line);
    }
    return out.toString();
  }

  private String truncate(String s, Bound bound) {
    int length = bound.integer("length", 255);
    String end = text.of(bound.get("end", "..."));
    int leeway = bound.get("leeway", null) == null ? 5 : bound.integer("leeway", 5);
    int kept = length - CodePoints.length(end);
    if (kept < 0 || leeway < 0) {
      throw new Failure("'truncate' needs a length that its ending fits in.");
    }
    if (CodePoints.length(s) <= (long) length + leeway) {
      return s;
    }
    String head = s.substring(0, s.offsetByCodePoints(0, kept));
    int space = head.lastIndexOf(' ');
    return meter.made(
        (bound.flag("killwords") || space < 0 ? head : head.substring(0, space)) + end);
  }

  private String stripTags(String s) {
    return meter.made(
        String.join(" ", withoutTags(withoutTags(s, "<!--", "-->"), "<", ">").strip().split("\\s+"))
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&#39;", "'")
            .replace("&#34;", "\"")
            .replace("&quot;", "\"")
            .replace("&amp;", "&"));
  }

  private static String withoutTags(String s, String open, String close) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int at = s.indexOf(open); at >= 0; at = s.indexOf(open, from)) {
      int end = s.indexOf(close, at);
      if (end < 0) {
        break;
      }
      out.append(s, from, at);
      from = end + close.length();
    }
    return out.append(s, from, s.length()).toString();
  }

  private String urlEncode(@Nullable Object value) {
    if (value instanceof String || python.items(value) == null) {
      return meter.made(quoted(text.of(value), true));
    }
    List<@Nullable Object> pairs =
        value instanceof Map<?, ?> m ? MapView.pairs(Python.map(m)) : python.items(value);
    List<String> parts = new ArrayList<>();
    for (Object pair : pairs == null ? List.<@Nullable Object>of() : pairs) {
      List<@Nullable Object> both = python.items(pair);
      if (both == null || both.size() != 2) {
        throw new Failure("'urlencode' needs a string, a map or pairs.");
      }
      parts.add(quoted(text.of(both.get(0)), false) + "=" + quoted(text.of(both.get(1)), false));
    }
    return meter.made(String.join("&", parts));
  }

  private static String quoted(String s, boolean path) {
    String encoded =
        URLEncoder.encode(s, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
    return path ? encoded.replace("+", "%20").replace("%2F", "/") : encoded;
  }

  private static String fileSize(@Nullable Object value, Bound bound) {
    Object number = value instanceof String s ? NumberText.decimal(s, null) : value;
    if (number == null || !Numbers.isNumber(number)) {
      throw Python.undefined(value, null, () -> "'filesizeformat' needs a number.");
    }
    double bytes = Numbers.toDouble(number);
    boolean binary = bound.flag("binary");
    int base = binary ? 1024 : 1000;
    if (bytes == 1) {
      return "1 Byte";
    }
    if (bytes < base) {
      return (long) bytes + " Bytes";
    }
    String prefixes = binary ? "KMGTPEZY" : "kMGTPEZY";
    double unit = base;
    int i = 0;
    while (i < prefixes.length() - 1 && bytes >= unit * base) {
      unit *= base;
      i++;
    }
    return PythonFormat.fixed(bytes / unit, 1) + " " + prefixes.charAt(i) + (binary ? "iB" : "B");
  }

  private String attributes(@Nullable Object value, Bound bound) {
    if (!(value instanceof Map<?, ?> map)) {
      throw Python.undefined(value, null, () -> "'xmlattr' needs a map.");
    }
    StringBuilder out = new StringBuilder();
    map.forEach((key, item) -> {
      if (item != null && !(item instanceof Undefined)) {
        out.append(out.isEmpty() ? "" : " ");
        out.append(escape(text.of(key))).append("=\"").append(escape(text.of(item))).append('"');
      }
    });
    boolean space = Python.truth(bound.get("autospace", true)) && !out.isEmpty();
    return meter.made((space ? " " : "") + out);
  }
}
