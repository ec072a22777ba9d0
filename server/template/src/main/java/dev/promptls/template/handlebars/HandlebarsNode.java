package dev.promptls.template.handlebars;

import dev.promptls.template.Range;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a Handlebars template, with its range.
public sealed interface HandlebarsNode {
  Range range();

  /// Template text.
  ///
  /// @param original before white space was stripped
  /// @param range of what is left of it
  record Content(
      String original, String value, boolean leftStripped, boolean rightStripped, Range range)
      implements HandlebarsNode {
    /// This text without its first characters.
    Content withoutFirst(int count) {
      Range rest = new Range(range.start() + count, range.end());
      return new Content(original, value.substring(count), leftStripped, count > 0, rest);
    }

    /// This text without its last characters.
    Content withoutLast(int count) {
      Range rest = new Range(range.start(), range.end() - count);
      String kept = value.substring(0, value.length() - count);
      return new Content(original, kept, count > 0, rightStripped, rest);
    }
  }

  /// `{{! … }}`
  record Comment(Strip strip, Range range) implements HandlebarsNode {}

  /// `{{call}}`
  record Mustache(HandlebarsExpr.Call call, Strip strip, Range range) implements HandlebarsNode {}

  /// `{{#call}}program{{else}}inverse{{/call}}`, also with `^`, and raw blocks.
  ///
  /// @param inverseStrip of the `else`, null without one
  record Block(
      HandlebarsExpr.Call call,
      @Nullable Program program,
      @Nullable Program inverse,
      Strip openStrip,
      @Nullable Strip inverseStrip,
      Strip closeStrip,
      Range range)
      implements HandlebarsNode {}

  /// `{{> call}}`, or `{{#> call}}block{{/call}}` whose block stands in for a missing partial.
  ///
  /// @param call the partial's name, at most one context, and named values
  /// @param indent what each line of its text begins with
  record Partial(
      HandlebarsExpr.Call call,
      @Nullable Program block,
      String indent,
      Strip openStrip,
      Strip closeStrip,
      Range range)
      implements HandlebarsNode {
    /// The partial's name, or null where an expression gives it.
    public @Nullable String name() {
      return switch (call.callee()) {
        case HandlebarsExpr.Path p -> p.original();
        case HandlebarsExpr.Literal l -> l.original();
        case HandlebarsExpr.Call c -> null;
      };
    }

    Partial withIndent(String indent) {
      return new Partial(call, block, indent, openStrip, closeStrip, range);
    }
  }

  /// `{{#*inline "name"}}program{{/inline}}`
  record Inline(
      HandlebarsExpr name, Program program, Strip openStrip, Strip closeStrip, Range range)
      implements HandlebarsNode {}

  /// The inside of a block, or a whole template.
  ///
  /// @param blockParameters the names after `as`
  /// @param chained whether this is the rest of an `else if`
  record Program(List<HandlebarsNode> body, List<String> blockParameters, boolean chained) {
    @Override
    public List<HandlebarsNode> body() {
      return Collections.unmodifiableList(body);
    }

    /// The nodes while the template is still being read.
    List<HandlebarsNode> draft() {
      return body;
    }
  }

  /// Which sides of a tag have a `~`.
  record Strip(boolean open, boolean close) {
    static final Strip NONE = new Strip(false, false);
    private static final Strip OPEN = new Strip(true, false);
    private static final Strip CLOSE = new Strip(false, true);
    private static final Strip BOTH = new Strip(true, true);

    static Strip of(boolean open, boolean close) {
      return open ? close ? BOTH : OPEN : close ? CLOSE : NONE;
    }
  }
}
