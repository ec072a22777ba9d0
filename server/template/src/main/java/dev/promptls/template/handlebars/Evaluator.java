package dev.promptls.template.handlebars;

import dev.promptls.template.TemplateException;
import dev.promptls.template.javascript.JavaScript;
import dev.promptls.template.run.Adoption;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Computes the expressions of a Handlebars template.
final class Evaluator {
  /// Helpers that every template has.
  static final Set<String> BUILT_IN = Set.of("if", "unless", "each", "with", "lookup", "log");

  private final Handlebars.Options options;
  private final Meter meter;
  private final Helpers helpers;

  Evaluator(Handlebars.Options options, Meter meter, Interpreter interpreter) {
    this.options = options;
    this.meter = meter;
    this.helpers = new Helpers(interpreter, meter);
  }

  @Nullable Object value(HandlebarsExpr expression, Frame frame) {
    meter.enterExpression();
    try {
      Object value =
          switch (expression) {
            case HandlebarsExpr.Literal l -> l.undefined() ? JavaScript.UNDEFINED : l.value();
            case HandlebarsExpr.Path p -> path(p, frame);
            case HandlebarsExpr.Call c -> helper(c, null, frame);
          };
      meter.leaveExpression();
      return value;
    } catch (Failure failure) {
      throw failure.at(frame.scope().template(), expression.range());
    }
  }

  /// The value that a tag prints or a block works on.
  ///
  /// @param block null for a tag that is no block
  @Nullable Object tag(
      HandlebarsExpr.Call call, HandlebarsNode.@Nullable Block block, Frame frame) {
    if (isHelper(call, frame)) {
      return helper(call, block, frame);
    }
    return switch (call.callee()) {
      case HandlebarsExpr.Literal l -> JavaScript.member(frame.context(), l.original());
      default -> value(call.callee(), frame);
    };
  }

  /// Whether a tag calls a helper rather than names a variable.
  boolean isHelper(HandlebarsExpr.Call call, Frame frame) {
    if (call.hasArguments()) {
      return true;
    }
    return switch (call.callee()) {
      case HandlebarsExpr.Path p ->
          p.isSimple() && !isParameter(p, frame) && isKnown(p.parts().getFirst());
      case HandlebarsExpr.Literal l -> isKnown(l.original());
      case HandlebarsExpr.Call c -> false;
    };
  }

  private static boolean isParameter(HandlebarsExpr.Path path, Frame frame) {
    for (var p = frame.parameters(); p != null; p = p.outer()) {
      if (p.names().contains(path.parts().getFirst())) {
        return true;
      }
    }
    return false;
  }

  private boolean isKnown(String name) {
    return BUILT_IN.contains(name) || options.helpers().containsKey(name);
  }

  private @Nullable Object helper(
      HandlebarsExpr.Call call, HandlebarsNode.@Nullable Block block, Frame frame) {
    String name = call.helper();
    if (!isKnown(name)) {
      throw new Failure("There is no helper '" + name + "'.")
          .at(frame.scope().template(), call.callee().range());
    }
    List<@Nullable Object> arguments = new ArrayList<>(call.arguments().size());
    for (HandlebarsExpr argument : call.arguments()) {
      arguments.add(value(argument, frame));
    }
    Map<String, @Nullable Object> hash = hash(call, frame);
    HelperCall given = new HelperCall(name, arguments, hash, block, frame, helpers.interpreter());
    if (BUILT_IN.contains(name) && !options.helpers().containsKey(name)) {
      return helpers.builtIn(name, given);
    }
    Handlebars.Helper helper = options.helpers().get(name);
    try {
      Object value = helper == null ? null : helper.call(given);
      return value instanceof Fragment || value instanceof Undefined ? value : Adoption.of(value);
    } catch (TemplateException e) {
      throw new Failure(String.valueOf(e.getMessage()));
    }
  }

  /// The named arguments of a call.
  Map<String, @Nullable Object> hash(HandlebarsExpr.Call call, Frame frame) {
    if (call.hash().isEmpty()) {
      return Map.of();
    }
    Map<String, @Nullable Object> hash = new LinkedHashMap<>();
    for (HandlebarsExpr.Named named : call.hash()) {
      hash.put(named.name(), value(named.value(), frame));
    }
    return hash;
  }

  private static @Nullable Object path(HandlebarsExpr.Path path, Frame frame) {
    List<String> parts = path.parts();
    Object value;
    int from = 0;
    if (path.data()) {
      if (parts.isEmpty()) {
        return JavaScript.UNDEFINED;
      }
      value = data(path.depth(), parts.getFirst(), frame.data());
      from = 1;
    } else {
      value = frame.context(path.depth());
      if (!path.scoped() && !parts.isEmpty()) {
        for (var p = frame.parameters(); p != null; p = p.outer()) {
          int index = p.names().indexOf(parts.getFirst());
          if (index >= 0) {
            value = index < p.values().size() ? p.values().get(index) : JavaScript.UNDEFINED;
            from = 1;
            break;
          }
        }
      }
    }
    for (String part : parts.subList(from, parts.size())) {
      if (JavaScript.isNullish(value)) {
        return value;
      }
      value = JavaScript.member(value, part);
    }
    return value;
  }

  private static @Nullable Object data(int depth, String name, Frame.Data data) {
    Frame.Data from = data;
    for (int i = 0; i < depth && from != null; i++) {
      from = from.outer();
    }
    return from == null ? JavaScript.UNDEFINED : from.get(name);
  }
}
