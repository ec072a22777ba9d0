package dev.promptls.template;

import java.time.LocalDateTime;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The two functions that `transformers` gives to chat templates.
final class ChatFunctions {
  private ChatFunctions() {}

  static Map<String, Jinja.Function> of(Supplier<LocalDateTime> now) {
    return Map.of(
        "raise_exception",
        arguments -> {
          throw new TemplateException(String.valueOf(first(arguments)), "", 0, 0);
        },
        "strftime_now",
        arguments -> Strftime.format(now.get(), String.valueOf(first(arguments))));
  }

  private static @Nullable Object first(Jinja.Arguments arguments) throws TemplateException {
    if (!arguments.positional().isEmpty()) {
      return arguments.positional().getFirst();
    }
    for (Object value : arguments.named().values()) {
      return value;
    }
    throw new TemplateException("This function needs an argument.", "", 0, 0);
  }
}
