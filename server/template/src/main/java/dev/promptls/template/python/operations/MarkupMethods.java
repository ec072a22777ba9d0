package dev.promptls.template.python.operations;

import dev.promptls.template.python.Arguments;
import dev.promptls.template.python.Bound;
import dev.promptls.template.python.Callable;
import dev.promptls.template.python.Html;
import dev.promptls.template.python.Markup;
import dev.promptls.template.python.Python;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The methods of strings that are HTML: those of strings, with arguments that are put into the
/// text escaped, and with results that are HTML again.
final class MarkupMethods {
  /// Methods that give plain values.
  private static final Set<String> PLAIN = Set.of("count", "index", "find", "rfind", "rindex");

  private final StringMethods strings;
  private final Python python;
  private final Html html;

  MarkupMethods(StringMethods strings, Python python, Html html) {
    this.strings = strings;
    this.python = python;
    this.html = html;
  }

  /// A method of a string that is HTML, or null.
  @Nullable Callable find(String s, String name) {
    switch (name) {
      case "striptags" -> {
        return a -> html.stripped(s);
      }
      case "unescape" -> {
        return a -> html.unescaped(s);
      }
      case "format" -> {
        return a -> new Markup(strings.format(s, a, html));
      }
      case "format_map" -> {
        return a ->
            new Markup(strings.format(s, StringMethods.named(Bound.of(name, a, "mapping")), html));
      }
      default -> {}
    }
    Callable method = strings.find(s, name);
    if (method == null || PLAIN.contains(name)) {
      return method;
    }
    return switch (name) {
      case "join" -> a -> Markup.of(method.call(escapedItems(a)));
      case "replace", "center", "ljust", "rjust" -> a -> Markup.of(method.call(escaped(a)));
      default -> a -> Markup.of(method.call(a));
    };
  }

  /// The arguments of `join` with the items escaped.
  private Arguments escapedItems(Arguments arguments) {
    List<@Nullable Object> items = new ArrayList<>();
    for (Object iterable : arguments.positional()) {
      python.iterate(iterable).forEachRemaining(item -> items.add(html.escape(item).text()));
    }
    return new Arguments(List.of(items), arguments.named());
  }

  /// The arguments of a method whose second one, its filling, is put into the text.
  private Arguments escaped(Arguments arguments) {
    List<@Nullable Object> positional = new ArrayList<>(arguments.positional());
    if (positional.size() > 1) {
      positional.set(1, html.escape(positional.get(1)).text());
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>(arguments.named());
    return new Arguments(positional, named);
  }
}
