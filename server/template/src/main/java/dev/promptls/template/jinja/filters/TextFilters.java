package dev.promptls.template.jinja.filters;

import dev.promptls.template.python.Arguments;
import dev.promptls.template.python.Bound;
import dev.promptls.template.python.Casing;
import dev.promptls.template.python.CodePoints;
import dev.promptls.template.python.Html;
import dev.promptls.template.python.MapView;
import dev.promptls.template.python.Markup;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.PythonFormat;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.python.Splitting;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.python.operations.Percent;
import dev.promptls.template.python.operations.StringMethods;
import dev.promptls.template.python.operations.StringPredicates;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Numbers;
import dev.promptls.template.run.Undefined;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Filters that make texts.
final class TextFilters {
  /// Characters that are encoded for a URL at a time.
  private static final int ENCODED = 4_096;

  /// Filters after which HTML is still HTML.
  private static final Set<String> KEPT =
      Set.of("upper", "lower", "capitalize", "trim", "center", "format", "indent", "truncate");

  private final Meter meter;
  private final Python python;
  private final PythonText text;
  private final StringMethods strings;
  private final Html html;
  private final Casing casing;
  private final Splitting splitting;

  TextFilters(Meter meter, Python python, PythonText text, Html html) {
    this.meter = meter;
    this.python = python;
    this.text = text;
    this.html = html;
    this.strings = new StringMethods(meter, python, text);
    this.casing = new Casing(meter);
    this.splitting = new Splitting(meter);
  }

  @Nullable Object apply(String name, @Nullable Object value, Arguments a) {
    Object result = plain(name, value, a);
    boolean kept = value instanceof Markup && KEPT.contains(name) && result instanceof String;
    return kept ? Markup.of(result) : result;
  }

  private @Nullable Object plain(String name, @Nullable Object value, Arguments a) {
    String s = text.of(value);
    return switch (name) {
      case "upper" -> casing.upper(s);
      case "lower" -> casing.lower(s);
      case "capitalize" -> casing.capitalize(s);
      case "title" -> casing.title(s, TextFilters::beginsWord);
      case "trim" -> trim(s, Bound.of(name, a, "chars"));
      case "center" ->
          strings.justify("center", s, Bound.of(name, a, "width").integer("width", 80), " ");
      case "replace" -> replace(value, Bound.of(name, a, "old", "new", "count"));
      case "e", "escape" -> html.escape(value);
      case "forceescape" -> new Markup(html.escaped(s));
      case "format" -> format(s, a, value instanceof Markup);
      case "indent" -> indent(value, Bound.of(name, a, "width", "first", "blank"));
      case "truncate" -> truncate(value, Bound.of(name, a, "length", "killwords", "end", "leeway"));
      case "wordcount" -> words(s);
      case "wordwrap" ->
          new WordWrap(meter)
              .wrap(
                  string(name, value),
                  Bound.of(name, a, "width", "break_long_words", "wrapstring", "break_on_hyphens"));
      case "striptags" -> html.stripped(s);
      case "urlencode" -> urlEncode(value);
      case "filesizeformat" -> fileSize(value, Bound.of(name, a, "binary"));
      case "xmlattr" -> html.made(attributes(value, Bound.of(name, a, "autospace")));
      default -> {
        Bound bound =
            Bound.of(name, a, "trim_url_limit", "nofollow", "target", "rel", "extra_schemes");
        Links links = new Links(meter, python, text, html, bound);
        yield html.made(links.in(html.escape(value).text()));
      }
    };
  }

  private Object replace(@Nullable Object value, Bound bound) {
    Object old = bound.required("old");
    Object with = bound.required("new");
    int count = bound.get("count", null) == null ? -1 : bound.integer("count", -1);
    boolean toHtml = html.automatic() && (old instanceof Markup || with instanceof Markup);
    Object subject = toHtml ? html.escape(value) : value;
    return html.automatic() && subject instanceof Markup m
        ? new Markup(strings.replace(m.text(), text.of(old), html.escape(with).text(), count))
        : strings.replace(text.of(subject), text.of(old), text.of(with), count);
  }

  private String trim(String s, Bound bound) {
    Object chars = bound.get("chars", null);
    return strings.strip(s, chars == null ? null : text.of(chars), true, true);
  }

  private static boolean beginsWord(int c) {
    return CodePoints.isSpace(c) || "-({[<".indexOf(c) >= 0;
  }

  private long words(String s) {
    long words = 0;
    boolean inside = false;
    for (int i = 0; i < s.length(); i += Character.charCount(s.codePointAt(i))) {
      meter.walk();
      int c = s.codePointAt(i);
      boolean part = c == '_' || StringPredicates.isAlphanumeric(c);
      words += part && !inside ? 1 : 0;
      inside = part;
    }
    return words;
  }

  private static String string(String filter, @Nullable Object value) {
    if (Markup.plain(value) instanceof String s) {
      return s;
    }
    throw Python.undefined(value, null, () -> "'" + filter + "' needs a string.");
  }

  private String format(String s, Arguments a, boolean isHtml) {
    if (!a.positional().isEmpty() && !a.named().isEmpty()) {
      throw new Failure("'format' takes positional or named values, not both.");
    }
    Object values = a.named().isEmpty() ? new Tuple(a.positional()) : a.named();
    return new Percent(meter, text, isHtml ? html : null).format(s, values);
  }

  private String indent(@Nullable Object value, Bound bound) {
    String s = string("indent", value);
    Object width = bound.plain("width", 4L);
    int spaces = width instanceof String ? 0 : Math.max(0, bound.integer("width", 4));
    meter.chars(spaces);
    String indention = width instanceof String w ? w : " ".repeat(spaces);
    List<String> lines = splitting.lines(s + "\n", false);
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

  private @Nullable Object truncate(@Nullable Object value, Bound bound) {
    int length = bound.integer("length", 255);
    String plainEnd = text.of(bound.get("end", "..."));
    int leeway = bound.get("leeway", null) == null ? 5 : bound.integer("leeway", 5);
    int kept = length - CodePoints.length(plainEnd, meter);
    if (kept < 0 || leeway < 0) {
      throw new Failure("'truncate' needs a length that its ending fits in.");
    }
    if (python.length(value) <= (long) length + leeway) {
      return value;
    }
    if (!(Markup.plain(value) instanceof String s)) {
      throw new Failure(
          "'truncate' cannot shorten a value of type '" + Python.typeName(value) + "'.");
    }
    String end = value instanceof Markup ? html.escape(bound.get("end", "...")).text() : plainEnd;
    String head = s.substring(0, CodePoints.offset(s, kept, meter));
    int space = head.lastIndexOf(' ');
    return meter.made(
        (bound.flag("killwords") || space < 0 ? head : head.substring(0, space)) + end);
  }

  private String urlEncode(@Nullable Object value) {
    if (Markup.plain(value) instanceof String || python.items(value) == null) {
      return quoted(text.of(value), true);
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

  private String quoted(String s, boolean path) {
    StringBuilder out = new StringBuilder();
    for (int from = 0; from < s.length(); ) {
      int to = Math.min(s.length(), from + ENCODED);
      to -= to < s.length() && Character.isLowSurrogate(s.charAt(to)) ? 1 : 0;
      meter.walk(ENCODED);
      String part = URLEncoder.encode(s.substring(from, to), StandardCharsets.UTF_8);
      out.append(meter.made(part.replace("*", "%2A").replace("%7E", "~")));
      from = to;
    }
    String encoded = out.toString();
    return path ? encoded.replace("+", "%20").replace("%2F", "/") : encoded;
  }

  private String fileSize(@Nullable Object value, Bound bound) {
    meter.scan(Markup.plain(value) instanceof String s ? s.length() : 0);
    Object number = Markup.plain(value) instanceof String s ? NumberText.decimal(s, null) : value;
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
      return new BigDecimal(bytes).toBigInteger() + " Bytes";
    }
    String prefixes = binary ? "KMGTPEZY" : "kMGTPEZY";
    double unit = base;
    int i = 0;
    while (i < prefixes.length() - 1 && bytes >= unit * base) {
      unit *= base;
      i++;
    }
    return PythonFormat.fixed(base * bytes / (unit * base), 1)
        + " "
        + prefixes.charAt(i)
        + (binary ? "iB" : "B");
  }

  private String attributeName(@Nullable Object key) {
    if (!(key instanceof String name) || name.chars().anyMatch(TextFilters::endsAttributeName)) {
      throw new Failure("'" + text.of(key) + "' cannot be the name of an attribute.");
    }
    return html.escaped(name);
  }

  private static boolean endsAttributeName(int c) {
    return (c >= 9 && c <= 13) || " />=".indexOf(c) >= 0;
  }

  private String attributes(@Nullable Object value, Bound bound) {
    if (!(value instanceof Map<?, ?> map)) {
      throw Python.undefined(value, null, () -> "'xmlattr' needs a map.");
    }
    StringBuilder out = new StringBuilder();
    map.forEach((key, item) -> {
      meter.step();
      if (item != null && !(item instanceof Undefined)) {
        out.append(out.isEmpty() ? "" : " ");
        out.append(attributeName(key)).append("=\"");
        out.append(html.escape(item).text()).append('"');
      }
    });
    boolean space = Python.truth(bound.get("autospace", true)) && !out.isEmpty();
    return meter.made((space ? " " : "") + out);
  }
}
