package dev.promptls.template.python;

import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Numbers;
import dev.promptls.template.run.Undefined;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as text: as Python's `str` and `repr` print them, or as Prompty does.
public final class PythonText {
  private final Meter meter;
  private final boolean prompty;

  public PythonText(Meter meter, boolean prompty) {
    this.meter = meter;
    this.prompty = prompty;
  }

  public String of(@Nullable Object value) {
    if (value instanceof String s) {
      return s;
    }
    if (value instanceof Markup m) {
      return m.text();
    }
    if (value instanceof Undefined) {
      return "";
    }
    if (prompty) {
      String text = prompty(value);
      if (text != null) {
        return text;
      }
    }
    return repr(value);
  }

  /// What Prompty prints in its own way, or null.
  private @Nullable String prompty(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Boolean b -> b.toString();
      case Double d when Double.isFinite(d) ->
          d == Math.rint(d)
              ? new java.math.BigDecimal(d).toPlainString()
              : PythonFormat.general(d, 6);
      case List<?> l -> joined(l);
      case Tuple t -> joined(t.items());
      default -> null;
    };
  }

  private String joined(List<?> items) {
    meter.enterExpression();
    StringBuilder out = new StringBuilder();
    for (Object item : items) {
      meter.step();
      out.append(meter.made(of(item)));
    }
    meter.leaveExpression();
    return out.toString();
  }

  public String repr(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    repr(value, out);
    return out.toString();
  }

  /// As [#repr], with all but ASCII as escapes.
  public String ascii(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    meter
        .walked(repr(value))
        .forEach(c -> {
          if (c < 0x80) {
            out.append((char) c);
          } else {
            escape(c, out);
          }
        });
    return meter.made(out.toString());
  }

  private static void escape(int c, StringBuilder out) {
    int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    out.append(digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U");
    out.append(HexFormat.of().toHexDigits(c, digits));
  }

  private void repr(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> put("None", out);
      case Boolean b -> put(b ? "True" : "False", out);
      case Double d -> put(Numbers.print(d), out);
      case String s -> quote(s, out);
      case Markup m -> {
        put("Markup(", out);
        quote(m.text(), out);
        put(")", out);
      }
      case Macro m -> {
        put(m.name() == null ? "<Macro anonymous>" : "<Macro ", out);
        if (m.name() != null) {
          quote(m.name(), out);
          put(">", out);
        }
      }
      case Loop l -> put(l.toString(), out);
      case BlockReference b -> put("<TemplateReference None>", out);
      case List<?> l -> items("[", l, "]", out);
      case Tuple t -> items("(", t.items(), t.items().size() == 1 ? ",)" : ")", out);
      case Map<?, ?> m -> map(m, out);
      case MapView v -> {
        put(Python.typeName(v) + "(", out);
        items("[", v.items(), "])", out);
      }
      case IntegerRange r -> {
        String step = r.step() == 1 ? "" : ", " + r.step();
        put("range(" + r.start() + ", " + r.stop() + step + ")", out);
      }
      case Namespace n -> {
        put("<Namespace ", out);
        map(n.attributes(), out);
        put(">", out);
      }
      case Undefined u -> put("Undefined", out);
      case Number n -> {
        meter.steps(16 * Numbers.weight(n));
        put(n.toString(), out);
      }
      default -> put("<" + Python.typeName(value) + ">", out);
    }
  }

  private void put(String part, StringBuilder out) {
    out.append(meter.made(part));
  }

  private void items(String open, List<?> items, String close, StringBuilder out) {
    meter.enterExpression();
    put(open, out);
    String separator = "";
    for (Object item : items) {
      meter.step();
      put(separator, out);
      repr(item, out);
      separator = ", ";
    }
    put(close, out);
    meter.leaveExpression();
  }

  private void map(Map<?, ?> map, StringBuilder out) {
    meter.enterExpression();
    put("{", out);
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      meter.step();
      put(separator, out);
      repr(entry.getKey(), out);
      put(": ", out);
      repr(entry.getValue(), out);
      separator = ", ";
    }
    put("}", out);
    meter.leaveExpression();
  }

  private void quote(String text, StringBuilder out) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(quote);
    for (int i = 0; i < text.length(); ) {
      meter.walk();
      int before = out.length();
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c == quote) {
            out.append('\\').append(quote);
          } else if (isPrintable(c)) {
            out.appendCodePoint(c);
          } else {
            escape(c, out);
          }
        }
      }
      meter.chars(out.length() - before);
    }
    out.append(quote);
  }

  public static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
