package dev.promptls.template.python.operations;

import dev.promptls.template.python.Html;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Undefined;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Python's `'%s and %d' % values`.
public final class Percent {
  private final Meter meter;
  private final PythonText text;

  /// Escapes what is filled in, where the format is HTML.
  private final @Nullable Html html;

  public Percent(Meter meter, PythonText text) {
    this(meter, text, null);
  }

  public Percent(Meter meter, PythonText text, @Nullable Html html) {
    this.meter = meter;
    this.text = text;
    this.html = html;
  }

  public String format(String format, @Nullable Object values) {
    List<?> positional = values instanceof Tuple t ? t.items() : java.util.Arrays.asList(values);
    StringBuilder out = new StringBuilder();
    Iterator<?> left = positional.iterator();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%') {
        out.append(c);
        continue;
      }
      Directive directive = Directive.read(format, i + 1).sized(() -> next(left));
      i = directive.end() - 1;
      if (directive.kind() == '%') {
        out.append('%');
        continue;
      }
      Object value =
          directive.key() == null
              ? next(left)
              : values instanceof Map<?, ?> map ? map.get(directive.key()) : null;
      out.append(meter.made(directive.print(value, text, html)));
    }
    // Python takes whatever can be indexed for a map, which may hold more than is asked for.
    boolean indexed = values instanceof List || values instanceof Undefined;
    if (left.hasNext() && !indexed && !(values instanceof Map)) {
      throw new Failure("There are more values than the format has places.");
    }
    return out.toString();
  }

  private static @Nullable Object next(Iterator<?> left) {
    if (!left.hasNext()) {
      throw new Failure("The format has more places than there are values.");
    }
    return left.next();
  }
}
