package dev.promptls.prompt.format;

import dev.promptls.template.TemplateException;
import dev.promptls.template.handlebars.Handlebars;
import dev.promptls.template.handlebars.HandlebarsExpr;
import dev.promptls.template.handlebars.HandlebarsNode;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Whether two Handlebars templates are the same but for white space inside tags.
final class SameTemplate {
  private SameTemplate() {}

  /// True too if neither can be read.
  static boolean of(String one, String other) {
    HandlebarsNode.Program a = parse(one);
    HandlebarsNode.Program b = parse(other);
    return programs(a, b);
  }

  private static HandlebarsNode.@Nullable Program parse(String template) {
    try {
      return Handlebars.parse(template, Handlebars.Options.plain()).program();
    } catch (TemplateException e) {
      // Templates with mistakes are laid out too; what can be compared then is compared elsewhere.
      return null;
    }
  }

  private static boolean programs(
      HandlebarsNode.@Nullable Program a, HandlebarsNode.@Nullable Program b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    return a.blockParameters().equals(b.blockParameters())
        && a.chained() == b.chained()
        && all(a.body(), b.body(), SameTemplate::nodes);
  }

  private static boolean nodes(HandlebarsNode a, HandlebarsNode b) {
    return switch (a) {
      case HandlebarsNode.Content x ->
          b instanceof HandlebarsNode.Content y && x.value().equals(y.value());
      case HandlebarsNode.Comment _ -> b instanceof HandlebarsNode.Comment;
      case HandlebarsNode.Mustache x ->
          b instanceof HandlebarsNode.Mustache y && expressions(x.call(), y.call());
      case HandlebarsNode.Block x ->
          b instanceof HandlebarsNode.Block y
              && expressions(x.call(), y.call())
              && programs(x.program(), y.program())
              && programs(x.inverse(), y.inverse());
      case HandlebarsNode.Partial x ->
          b instanceof HandlebarsNode.Partial y
              && x.indent().equals(y.indent())
              && expressions(x.call(), y.call())
              && programs(x.block(), y.block());
      case HandlebarsNode.Inline x ->
          b instanceof HandlebarsNode.Inline y
              && expressions(x.name(), y.name())
              && programs(x.program(), y.program());
    };
  }

  private static boolean expressions(HandlebarsExpr a, HandlebarsExpr b) {
    return switch (a) {
      case HandlebarsExpr.Path x ->
          b instanceof HandlebarsExpr.Path y && x.original().equals(y.original());
      case HandlebarsExpr.Literal x ->
          b instanceof HandlebarsExpr.Literal y && x.original().equals(y.original());
      case HandlebarsExpr.Call x ->
          b instanceof HandlebarsExpr.Call y
              && expressions(x.callee(), y.callee())
              && all(x.arguments(), y.arguments(), SameTemplate::expressions)
              && all(x.hash(), y.hash(), SameTemplate::named);
    };
  }

  private static boolean named(HandlebarsExpr.Named a, HandlebarsExpr.Named b) {
    return a.name().equals(b.name()) && expressions(a.value(), b.value());
  }

  private static <T> boolean all(List<T> a, List<T> b, BiPredicate<T, T> same) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same.test(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }
}
