package dev.promptls.template;

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
    try {
      return new Mustache(source, new MustacheParser(source).parse());
    } catch (Failure failure) {
      throw failure.toException();
    }
  }

  /// The template's syntax tree.
  public List<MustacheNode> nodes() {
    return nodes;
  }

  @Override
  public Rendering render(Map<String, ? extends @Nullable Object> variables, Fuel fuel)
      throws TemplateException {
    try {
      return new MustacheInterpreter(source, new Meter(fuel)).render(nodes, variables);
    } catch (Failure failure) {
      throw failure.toException();
    } catch (StackOverflowError overflow) {
      // The depth limits keep ordinary threads from this; a caller's small stack may still end.
      throw new TemplateException("The template is nested too deep; flatten it.", "", 0, 0);
    }
  }
}
