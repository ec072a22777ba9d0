package dev.promptls.prompt.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What terms are worth where the inputs are known, and how a template prints it.
final class PlainValues {
  /// Items of the loops around, outermost first, each with its place.
  record Round(@Nullable Object item, int index, int count, @Nullable String key) {}

  /// Stands for what nobody knows.
  private enum Unknown {
    UNKNOWN
  }

  static final Object UNKNOWN = Unknown.UNKNOWN;

  static boolean isKnown(@Nullable Object value) {
    return !(value instanceof Unknown);
  }

  private final Map<String, ? extends @Nullable Object> inputs;
  private final List<Round> rounds = new ArrayList<>();

  PlainValues(Map<String, ? extends @Nullable Object> inputs) {
    this.inputs = inputs;
  }

  void enter(Round round) {
    rounds.add(round);
  }

  void leave() {
    rounds.removeLast();
  }

  /// A value of JSON, or [#UNKNOWN].
  @Nullable Object of(Term term) {
    return switch (term) {
      case Term.Literal(Object value) -> value;
      case Term.Ref ref -> ref(ref);
      case Term.Loop(int level, Term.About about) ->
          level < 1 || level > rounds.size() ? UNKNOWN : about(rounds.get(level - 1), about);
      case Term.Context _ -> UNKNOWN;
      case Term.Not(Term inner) -> !truthy(of(inner));
      case Term.Binary binary -> binary(binary);
      case Term.Filter filter -> of(filter.input());
      case Term.Lookup(Term target, Term key) -> {
        Object from = of(target);
        yield isKnown(from) ? field(from, printed(of(key))) : UNKNOWN;
      }
    };
  }

  private @Nullable Object ref(Term.Ref ref) {
    if (ref.level() > rounds.size()) {
      return UNKNOWN;
    }
    Object value = ref.level() == 0 ? inputs : rounds.get(ref.level() - 1).item();
    if (ref.level() == 0 && !ref.path().isEmpty() && !inputs.containsKey(ref.path().getFirst())) {
      return UNKNOWN;
    }
    for (String name : ref.path()) {
      value = isKnown(value) ? field(value, name) : UNKNOWN;
    }
    return value;
  }

  private static @Nullable Object field(@Nullable Object from, String name) {
    if (from instanceof Map<?, ?> map) {
      return map.get(name);
    }
    if (from instanceof List<?> list && name.matches("\\d{1,9}")) {
      int index = Integer.parseInt(name);
      return index < list.size() ? list.get(index) : null;
    }
    return null;
  }

  private static @Nullable Object about(Round round, Term.About about) {
    return switch (about) {
      case INDEX -> (long) round.index();
      case COUNT -> round.index() + 1L;
      case FIRST -> round.index() == 0;
      case LAST -> round.index() == round.count() - 1;
      case KEY -> round.key() == null ? (Object) (long) round.index() : round.key();
    };
  }

  private @Nullable Object binary(Term.Binary binary) {
    Object left = of(binary.left());
    Object right = of(binary.right());
    return switch (binary.operator()) {
      case "and" -> truthy(left) && truthy(right);
      case "or" -> truthy(left) || truthy(right);
      case "==" -> same(left, right);
      case "!=" -> !same(left, right);
      case "in" ->
          switch (right) {
            case List<?> list -> list.contains(left);
            case Map<?, ?> map -> map.containsKey(left);
            case String text -> text.contains(printed(left));
            case null, default -> false;
          };
      default -> ordered(binary.operator(), left, right);
    };
  }

  private static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return x.doubleValue() == y.doubleValue();
    }
    return a == null ? b == null : a.equals(b);
  }

  private static boolean ordered(String operator, @Nullable Object a, @Nullable Object b) {
    if (!(a instanceof Number x && b instanceof Number y)) {
      return false;
    }
    int order = Double.compare(x.doubleValue(), y.doubleValue());
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> false;
    };
  }

  /// As Handlebars and Jinja decide it, where they agree.
  static boolean truthy(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean b -> b;
      case String s -> !s.isEmpty();
      case Number n -> n.doubleValue() != 0;
      case List<?> list -> !list.isEmpty();
      default -> isKnown(value);
    };
  }

  /// As JavaScript prints it.
  static String printed(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String s -> s;
      case Double d when d == Math.rint(d) && Math.abs(d) < 1e15 -> Long.toString(d.longValue());
      case List<?> list -> String.join(",", list.stream().map(PlainValues::printed).toList());
      case Map<?, ?> _ -> "[object Object]";
      default -> isKnown(value) ? String.valueOf(value) : "";
    };
  }
}
