package dev.promptls.template.jinja;

import dev.promptls.template.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a Jinja template, with its range. Comments leave nothing but the gap between texts,
/// and trimming is already applied to texts.
public sealed interface JinjaNode {
  Range range();

  /// Template text.
  ///
  /// @param value as it is printed: trimmed, and with line breaks as `\n` outside Prompty
  record Text(String value, Range range) implements JinjaNode {}

  /// `{{ expression }}`
  record Print(JinjaExpr expression, Range range) implements JinjaNode {}

  record If(List<Branch> branches, @Nullable List<JinjaNode> otherwise, Range range)
      implements JinjaNode {}

  record Branch(JinjaExpr test, List<JinjaNode> body) {}

  record For(
      JinjaExpr target,
      JinjaExpr sequence,
      @Nullable JinjaExpr filter,
      boolean recursive,
      List<JinjaNode> body,
      @Nullable List<JinjaNode> otherwise,
      Range range)
      implements JinjaNode {}

  /// `{% set target = value %}`
  record Set(JinjaExpr target, JinjaExpr value, Range range) implements JinjaNode {}

  /// `{% set target | filter %}body{% endset %}`
  record SetBlock(
      JinjaExpr target, JinjaExpr.@Nullable Filter filter, List<JinjaNode> body, Range range)
      implements JinjaNode {}

  record Macro(String name, List<Parameter> parameters, List<JinjaNode> body, Range range)
      implements JinjaNode {}

  record Parameter(String name, @Nullable JinjaExpr fallback) {}

  /// `{% call(parameters) macro(arguments) %}body{% endcall %}`
  record CallBlock(
      List<Parameter> parameters, JinjaExpr.Call call, List<JinjaNode> body, Range range)
      implements JinjaNode {}

  /// `{% filter name %}body{% endfilter %}`
  record FilterBlock(JinjaExpr.Filter filter, List<JinjaNode> body, Range range)
      implements JinjaNode {}

  record With(List<Assignment> assignments, List<JinjaNode> body, Range range)
      implements JinjaNode {}

  record Assignment(JinjaExpr target, JinjaExpr value) {}

  /// `{% autoescape enabled %}body{% endautoescape %}`
  record Autoescape(JinjaExpr enabled, List<JinjaNode> body, Range range) implements JinjaNode {}

  /// `{% block name scoped required %}body{% endblock %}`
  ///
  /// @param scoped whether the block sees the variables around it, not only the template's
  /// @param required whether another template would have to fill it
  record Block(String name, boolean scoped, boolean required, List<JinjaNode> body, Range range)
      implements JinjaNode {}

  /// A block that only makes a scope: `generation`.
  record Scoped(String tag, List<JinjaNode> body, Range range) implements JinjaNode {}

  /// `{% do expression %}`
  record Do(JinjaExpr expression, Range range) implements JinjaNode {}

  record Break(Range range) implements JinjaNode {}

  record Continue(Range range) implements JinjaNode {}
}
