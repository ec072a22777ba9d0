package dev.promptls.template.jinja;

import dev.promptls.template.python.Arguments;
import dev.promptls.template.python.Callable;
import dev.promptls.template.python.operations.Strftime;
import dev.promptls.template.run.Failure;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The two functions that `transformers` gives to chat templates.
final class ChatFunctions {
  private ChatFunctions() {}

  static Map<String, Callable> of(Supplier<LocalDateTime> now) {
    return Map.of(
        "raise_exception",
        arguments -> {
          throw new Failure(String.valueOf(first(arguments)));
        },
        "strftime_now",
        arguments -> Strftime.format(now.get(), String.valueOf(first(arguments))));
  }

  private static @Nullable Object first(Arguments arguments) {
    if (!arguments.positional().isEmpty()) {
      return arguments.positional().getFirst();
    }
    for (Object value : arguments.named().values()) {
      return value;
    }
    throw new Failure("This function needs an argument.");
  }
}
