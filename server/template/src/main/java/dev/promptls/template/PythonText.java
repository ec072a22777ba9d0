package dev.promptls.template;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as text: as Python's `str` and `repr` print them, or as Prompty does.
final class PythonText {
  private final Meter meter;
  private final boolean prompty;

  PythonText(Meter meter, boolean prompty) {
    this.meter = meter;
    this.prompty = prompty;
  }

  String of(@Nullable Object value) {
    if (value instanceof String s) {
      return s;
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

  String repr(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    repr(value, out);
    return out.toString();
  }

  private void repr(@Nullable Object value, StringBuilder out) {
    int before = out.length();
    switch (value) {
      case null -> out.append("None");
      case Boolean b -> out.append(b ? "True" : "False");
      case Double d -> out.append(Numbers.print(d));
      case String s -> quote(s, out);
      case List<?> l -> items("[", l, "]", out);
      case Tuple t -> items("(", t.items(), t.items().size() == 1 ? ",)" : ")", out);
      case Map<?, ?> m -> map(m, out);
      case MapView v -> {
        out.append(Python.typeName(v)).append('(');
        items("[", v.items(), "])", out);
      }
      case IntegerRange r -> {
        out.append("range(").append(r.start()).append(", ").append(r.stop());
        out.append(r.step() == 1 ? ")" : ", " + r.step() + ")");
      }
      case Namespace n -> {
        out.append("<Namespace ");
        map(n.attributes(), out);
        out.append('>');
      }
      case Undefined u -> out.append("Undefined");
      case Number n -> out.append(n);
      default -> out.append('<').append(Python.typeName(value)).append('>');
    }
    meter.chars(Math.max(0, out.length() - before));
  }

  private void items(String open, List<?> items, String close, StringBuilder out) {
    meter.enterExpression();
    out.append(open);
    String separator = "";
    for (Object item : items) {
      meter.step();
      out.append(separator);
      repr(item, out);
      separator = ", ";
    }
    out.append(close);
    meter.leaveExpression();
  }

  private void map(Map<?, ?> map, StringBuilder out) {
    meter.enterExpression();
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      meter.step();
      out.append(separator);
      repr(entry.getKey(), out);
      out.append(": ");
      repr(entry.getValue(), out);
      separator = ", ";
    }
    out.append('}');
    meter.leaveExpression();
  }

  private static void quote(String text, StringBuilder out) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(quote);
    for (int i = 0; i < text.length(); ) {
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
            String format = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
            out.append(String.format(Locale.ROOT, format, c));
          }
        }
      }
    }
    out.append(quote);
  }

  static boolean isPrintable(int c) {
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
