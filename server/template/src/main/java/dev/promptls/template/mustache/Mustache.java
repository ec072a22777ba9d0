package dev.promptls.template.mustache;

import dev.promptls.template.Fuel;
import dev.promptls.template.Rendering;
import dev.promptls.template.Template;
import dev.promptls.template.TemplateException;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Mustache template (mustache/spec 1.4: interpolation, sections, inverted sections, comments,
/// delimiters), as Prompty uses it. Partials print nothing, since there are none; there are no
/// lambdas. Values print as in the Prompty subset of [Jinja]; `{{name}}` escapes `&`, `<`, `>` and
/// `"` for HTML as the specification asks.
public final class Mustache implements Template {
  private final String source;
  private final List<MustacheNode> nodes;

  private Mustache(String source, List<MustacheNode> nodes) {
    this.source = source;
    this.nodes = nodes;
  }

  /// Reads a template.
  ///
  /// @throws TemplateException with the range of what cannot be read
  public static Mustache parse(String source) throws TemplateException {
    return Failure.told(() -> read(source, Meter.ofReading()));
  }

  /// Reads a template and renders it once, both for one fuel.
  ///
  /// @throws TemplateException if the template cannot be read, fails, or the fuel runs out
  public static Rendering render(
      String source, Map<String, ? extends @Nullable Object> variables, Fuel fuel)
      throws TemplateException {
    return Failure.told(() -> {
      Meter meter = new Meter(fuel);
      return read(source, meter).render(variables, meter);
    });
  }

  private static Mustache read(String source, Meter meter) {
    return new Mustache(source, new Parser(source, meter).parse());
  }

  /// The template's syntax tree.
  public List<MustacheNode> nodes() {
    return nodes;
  }

  @Override
  public Rendering render(Map<String, ? extends @Nullable Object> variables, Fuel fuel)
      throws TemplateException {
    return Failure.told(() -> render(variables, new Meter(fuel)));
  }

  private Rendering render(Map<String, ? extends @Nullable Object> variables, Meter meter) {
    return new Interpreter(source, meter).render(nodes, variables);
  }
}
