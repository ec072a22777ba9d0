package dev.promptls.template.jinja.filters;

import dev.promptls.template.python.Arguments;
import dev.promptls.template.python.Bound;
import dev.promptls.template.python.Dialect;
import dev.promptls.template.python.Html;
import dev.promptls.template.python.MapView;
import dev.promptls.template.python.Markup;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.python.operations.Members;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Numbers;
import dev.promptls.template.run.Undefined;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The filters of Jinja2. Those over sequences are in [SequenceFilters], those over texts in
/// [TextFilters].
public final class Filters {
  public static final Set<String> NAMES =
      Set.of(
          "abs",
          "attr",
          "batch",
          "capitalize",
          "center",
          "count",
          "d",
          "default",
          "dictsort",
          "e",
          "escape",
          "filesizeformat",
          "first",
          "float",
          "forceescape",
          "format",
          "groupby",
          "indent",
          "int",
          "join",
          "last",
          "length",
          "list",
          "lower",
          "items",
          "map",
          "min",
          "max",
          "pprint",
          "reject",
          "rejectattr",
          "replace",
          "reverse",
          "round",
          "safe",
          "select",
          "selectattr",
          "slice",
          "sort",
          "string",
          "striptags",
          "sum",
          "title",
          "trim",
          "truncate",
          "unique",
          "upper",
          "urlencode",
          "wordcount",
          "urlize",
          "wordwrap",
          "xmlattr",
          "tojson");

  /// Filters without arguments.
  private static final Set<String> BARE =
      Set.of(
          "abs",
          "capitalize",
          "count",
          "e",
          "escape",
          "first",
          "forceescape",
          "items",
          "last",
          "length",
          "list",
          "lower",
          "pprint",
          "reverse",
          "safe",
          "string",
          "striptags",
          "title",
          "upper",
          "wordcount");

  private final Meter meter;
  private final Python python;
  private final PythonText text;
  private final Dialect dialect;
  private final SequenceFilters sequences;
  private final TextFilters texts;

  public Filters(
      Meter meter,
      Python python,
      PythonText text,
      Members members,
      JinjaTests tests,
      Html html,
      Dialect dialect) {
    this.meter = meter;
    this.python = python;
    this.text = text;
    this.dialect = dialect;
    this.sequences = new SequenceFilters(meter, python, text, members, tests, html, this);
    this.texts = new TextFilters(meter, python, text, html);
  }

  public @Nullable Object apply(String name, @Nullable Object value, Arguments a) {
    if (!NAMES.contains(name)) {
      throw new Failure("There is no filter '" + name + "'.");
    }
    if (dialect == Dialect.PROMPTY) {
      switch (name) {
        case "length" -> {
          return python.items(value) == null ? 0L : (long) python.length(value);
        }
        case "join" -> {
          return value instanceof List || value instanceof Tuple
              ? sequences.apply(name, value, a)
              : "";
        }
        default -> {}
      }
    }
    if (BARE.contains(name)) {
      Bound.of(name, a);
    }
    return switch (name) {
      case "default", "d" -> {
        Bound bound = Bound.of(name, a, "default_value", "boolean");
        boolean missing =
            value instanceof Undefined
                || (value == null && dialect == Dialect.PROMPTY)
                || (bound.flag("boolean") && !Python.truth(value));
        yield missing ? bound.get("default_value", "") : value;
      }
      case "length", "count" -> (long) python.length(value);
      case "string" -> value instanceof Markup ? value : text.of(value);
      case "safe" -> new Markup(text.of(value));
      case "tojson" -> json(value, a);
      case "pprint" -> PrettyText.of(value, meter, python, text);
      case "abs" -> absolute(value);
      case "int" -> toInteger(value, a);
      case "float" -> toFloat(value, a);
      case "round" -> Rounding.round(value, Bound.of(name, a, "precision", "method"));
      case "attr",
          "batch",
          "dictsort",
          "first",
          "groupby",
          "items",
          "join",
          "last",
          "list",
          "map",
          "max",
          "min",
          "reject",
          "rejectattr",
          "reverse",
          "select",
          "selectattr",
          "slice",
          "sort",
          "sum",
          "unique" ->
          sequences.apply(name, value, a);
      default -> texts.apply(name, value, a);
    };
  }

  private static Object absolute(@Nullable Object value) {
    if (value == null || !Numbers.isNumber(value)) {
      throw Python.undefined(value, null, () -> "'abs' needs a number.");
    }
    boolean negative = Numbers.compare(value, 0L) < 0;
    return negative ? Numbers.negate(value) : Numbers.apply("+", value, 0L);
  }

  private @Nullable Object toInteger(@Nullable Object value, Arguments a) {
    Bound bound = Bound.of("int", a, "default", "base");
    Object fallback = bound.get("default", 0L);
    Object plain = Markup.plain(value);
    return switch (plain) {
      case Double d ->
          Double.isFinite(d)
              ? Numbers.integer(new java.math.BigDecimal(d).toBigInteger())
              : fallback;
      case String s -> {
        meter.scan(s.length());
        yield NumberText.integer(s, bound.integer("base", 10), fallback);
      }
      case null -> fallback;
      case Undefined u -> throw u.failure();
      default -> Numbers.isNumber(plain) ? Numbers.apply("+", plain, 0L) : fallback;
    };
  }

  private @Nullable Object toFloat(@Nullable Object value, Arguments a) {
    Object fallback = Bound.of("float", a, "default").get("default", 0.0);
    if (Markup.plain(value) instanceof String s) {
      meter.scan(s.length());
      return NumberText.decimal(s, fallback);
    }
    if (value instanceof Undefined u) {
      throw u.failure();
    }
    return value != null && Numbers.isNumber(value) ? (Object) Numbers.toDouble(value) : fallback;
  }

  private Object json(@Nullable Object value, Arguments a) {
    if (dialect == Dialect.CHAT) {
      Bound bound = Bound.of("tojson", a, "ensure_ascii", "indent", "separators", "sort_keys");
      return JsonText.of(
          value, style(bound, bound.flag("ensure_ascii"), bound.flag("sort_keys"), false), meter);
    }
    Bound bound = Bound.of("tojson", a, "indent");
    return new Markup(JsonText.of(value, style(bound, true, true, true), meter));
  }

  private JsonText.Style style(Bound bound, boolean ascii, boolean sortKeys, boolean html) {
    Object indent = bound.plain("indent", null);
    String level = null;
    if (indent != null) {
      level =
          indent instanceof String s
              ? s
              : " ".repeat(Math.clamp(bound.integer("indent", 0), 0, 1000));
    }
    List<@Nullable Object> separators = python.items(bound.get("separators", null));
    if (separators != null && separators.size() == 2) {
      return new JsonText.Style(
          ascii, sortKeys, html, level, text.of(separators.get(0)), text.of(separators.get(1)));
    }
    return new JsonText.Style(ascii, sortKeys, html, level, level == null ? ", " : ",", ": ");
  }

  /// Entries of a map for `items` and `dictsort`.
  static List<@Nullable Object> pairs(String filter, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw Python.undefined(value, null, () -> "'" + filter + "' needs a map.");
    }
    return MapView.pairs(Python.map(map));
  }

  List<@Nullable Object> all(@Nullable Object value) {
    List<@Nullable Object> all = new ArrayList<>();
    Iterator<@Nullable Object> items = python.iterate(value);
    while (items.hasNext()) {
      meter.step();
      all.add(items.next());
    }
    return all;
  }
}
