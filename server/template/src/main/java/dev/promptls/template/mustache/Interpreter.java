package dev.promptls.template.mustache;

import dev.promptls.template.Rendering;
import dev.promptls.template.javascript.JavaScript;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.run.Adoption;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Renders the nodes of a Mustache template: one interpreter a rendering.
final class Interpreter {
  private final String source;
  private final Meter meter;
  private final PythonText text;

  /// What names are looked up in, innermost last.
  private final List<@Nullable Object> contexts = new ArrayList<>();

  Interpreter(String source, Meter meter) {
    this.source = source;
    this.meter = meter;
    this.text = new PythonText(meter, true);
  }

  Rendering render(List<MustacheNode> nodes, Map<?, ?> variables) {
    contexts.add(Adoption.of(variables));
    Output out = new Output(meter);
    run(nodes, out);
    return out.rendering();
  }

  private void run(List<MustacheNode> nodes, Output out) {
    for (MustacheNode node : nodes) {
      try {
        meter.step();
        switch (node) {
          case MustacheNode.Text t -> out.literal(t.value(), "", source, t.range());
          case MustacheNode.Variable v -> {
            String value = text.of(value(v.path()));
            out.made(v.raw() ? value : escaped(value), "", v.range());
          }
          case MustacheNode.Section s -> section(s, out);
        }
      } catch (Failure failure) {
        throw failure.at("", node.range());
      }
    }
  }

  private void section(MustacheNode.Section section, Output out) {
    Object value = value(section.path());
    boolean shown = JavaScript.truth(value) && !(value instanceof List<?> l && l.isEmpty());
    if (section.inverted()) {
      if (!shown) {
        nested(section.body(), out);
      }
    } else if (shown) {
      List<?> items = value instanceof List<?> list ? list : List.of(value == null ? "" : value);
      for (Object item : items) {
        meter.step();
        contexts.add(item);
        nested(section.body(), out);
        contexts.removeLast();
      }
    }
  }

  private void nested(List<MustacheNode> body, Output out) {
    meter.enter();
    run(body, out);
    meter.leave();
  }

  /// The value at a path: its first name is looked for from the innermost context outwards.
  private @Nullable Object value(List<String> path) {
    if (path.isEmpty()) {
      return contexts.getLast();
    }
    Object value = JavaScript.UNDEFINED;
    for (int i = contexts.size() - 1; i >= 0; i--) {
      meter.step();
      if (contexts.get(i) instanceof Map<?, ?> map && map.containsKey(path.getFirst())) {
        value = map.get(path.getFirst());
        break;
      }
    }
    for (String name : path.subList(1, path.size())) {
      value =
          value instanceof Map<?, ?> map && map.containsKey(name)
              ? map.get(name)
              : JavaScript.UNDEFINED;
    }
    return value;
  }

  private String escaped(String value) {
    if (value.indexOf('&') < 0
        && value.indexOf('<') < 0
        && value.indexOf('>') < 0
        && value.indexOf('"') < 0) {
      return value;
    }
    return meter.made(
        value
            .replace("&", "&amp;")
            .replace("\"", "&quot;")
            .replace("<", "&lt;")
            .replace(">", "&gt;"));
  }
}
