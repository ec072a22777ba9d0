package dev.promptls.template.handlebars;

import dev.promptls.template.javascript.JavaScript;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The helpers that are built into Handlebars.
///
/// @param interpreter renders their blocks
record Helpers(Interpreter interpreter, Meter meter) {
  private static final Set<String> BLOCKS = Set.of("if", "unless", "each", "with");

  @Nullable Object builtIn(String name, HelperCall call) {
    if (BLOCKS.contains(name) && !call.isBlock()) {
      throw new Failure(
          "'%s' needs a block; write '{{#%s ...}}...{{/%s}}'.".formatted(name, name, name));
    }
    return switch (name) {
      case "if" -> conditional(call, true);
      case "unless" -> conditional(call, false);
      case "each" -> each(argument(call), call);
      case "with" -> {
        Object context = argument(call);
        yield JavaScript.isEmpty(context)
            ? call.inverse()
            : call.inside(call.frame().with(context), Arrays.asList(context));
      }
      case "lookup" -> lookup(call);
      // A template has nowhere to log to.
      default -> JavaScript.UNDEFINED;
    };
  }

  private static @Nullable Object argument(HelperCall call) {
    if (call.given().size() != 1) {
      throw new Failure("'" + call.name() + "' takes exactly one argument.");
    }
    return call.given().getFirst();
  }

  private static Object conditional(HelperCall call, boolean wanted) {
    Object condition = argument(call);
    boolean zero = JavaScript.truth(call.named().get("includeZero"));
    boolean holds = !JavaScript.isEmpty(condition) && (zero || JavaScript.truth(condition));
    return holds == wanted ? call.block() : call.inverse();
  }

  private static @Nullable Object lookup(HelperCall call) {
    Object target = call.given().isEmpty() ? JavaScript.UNDEFINED : call.given().getFirst();
    if (!JavaScript.truth(target) || call.given().size() < 2) {
      return target;
    }
    Object key = call.given().get(1);
    String name =
        switch (key) {
          case Double d -> JavaScript.number(d);
          case null, default -> String.valueOf(key);
        };
    return JavaScript.member(target, name);
  }

  /// Renders the block once for each element of a list or a map.
  Object each(@Nullable Object collection, HelperCall call) {
    List<@Nullable Object> keys = new ArrayList<>();
    switch (collection) {
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          keys.add((long) i);
        }
      }
      case Map<?, ?> map -> keys.addAll(JavaScript.keys(map));
      case null, default -> {}
    }
    meter.steps(keys.size());
    if (keys.isEmpty()) {
      return call.inverse();
    }
    Output all = new Output(meter);
    for (int i = 0; i < keys.size(); i++) {
      Object key = keys.get(i);
      Object item =
          collection instanceof List<?> list
              ? list.get(i)
              : JavaScript.member(collection, String.valueOf(key));
      Frame.Data data = call.frame().data().inLoop(key, i, i == 0, i == keys.size() - 1);
      call.print(call.frame().with(item).withData(data), Arrays.asList(item, key), all);
    }
    return new Fragment(all);
  }
}
