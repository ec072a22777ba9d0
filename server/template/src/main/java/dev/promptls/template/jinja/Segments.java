package dev.promptls.template.jinja;

import dev.promptls.template.run.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The pieces of a text while it is rendered. Text that is caught (a macro's result, a `set` block)
/// belongs to the expression that prints it.
final class Segments {
  /// A line that could begin a message in Prompty. The colon need not end it.
  private static final Pattern ROLE =
      Pattern.compile("(?im)^\\s*+(?:system|user|assistant|developer)\\s*+:");

  private final Set<String> strict;
  private final List<Segment> list = new ArrayList<>();

  Segments(Set<String> strict) {
    this.strict = strict;
  }

  void literal(String text) {
    if (!text.isEmpty()) {
      list.add(new Segment(Segment.Kind.LITERAL, text, null, false));
    }
  }

  void made(JinjaNode.Print print, String text) {
    String name = root(print.expression());
    boolean guarded = name != null && strict.contains(name);
    if (guarded && ROLE.matcher(text).find()) {
      throw Failure.strict(
          "The value of the strict input '" + name + "' holds a line that begins like a role.",
          print.range());
    }
    list.add(new Segment(Segment.Kind.INTERPOLATION, text, name, guarded));
  }

  List<Segment> list() {
    return List.copyOf(list);
  }

  private static @Nullable String root(JinjaExpr expression) {
    JinjaExpr at = expression;
    while (true) {
      switch (at) {
        case JinjaExpr.Name n -> {
          return n.name();
        }
        case JinjaExpr.Attribute a -> at = a.target();
        case JinjaExpr.Item i -> at = i.target();
        default -> {
          return null;
        }
      }
    }
  }
}
