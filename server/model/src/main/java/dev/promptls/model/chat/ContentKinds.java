package dev.promptls.model.chat;

import dev.promptls.template.jinja.JinjaExpr;
import dev.promptls.template.jinja.JinjaExpr.Attribute;
import dev.promptls.template.jinja.JinjaExpr.Call;
import dev.promptls.template.jinja.JinjaExpr.Comparison;
import dev.promptls.template.jinja.JinjaExpr.Filter;
import dev.promptls.template.jinja.JinjaExpr.Item;
import dev.promptls.template.jinja.JinjaExpr.Literal;
import dev.promptls.template.jinja.JinjaExpr.Name;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the expressions of a chat template may be, as far as what messages say is concerned. What
/// is not known to be harmless is [Unclear].
final class ContentKinds {
  /// What a value may be.
  enum Kind {
    /// Nothing of what messages say.
    CLEAN,
    /// What a message says, alone.
    SAID,
    /// That with other text around it.
    JOINED,
    /// A message or a list of some.
    HOLDER
  }

  /// Told by whatever may do more.
  static final class Unclear extends Exception {
    private static final long serialVersionUID = 1;

    Unclear() {
      super(null, null, false, false);
    }
  }

  private static final Set<String> TYPE_TESTS =
      Set.of(
          "string",
          "defined",
          "undefined",
          "none",
          "mapping",
          "sequence",
          "iterable",
          "number",
          "boolean");

  private static final Set<String> STRIPS = Set.of("strip", "lstrip", "rstrip");
  private static final Set<String> SEARCHES = Set.of("startswith", "endswith");
  private static final Set<String> NEIGHBOURS = Set.of("previtem", "nextitem");
  private final Map<String, Kind> names = new HashMap<>();
  private final Set<String> sought = new HashSet<>();
  private boolean learnt;

  ContentKinds() {
    names.put("messages", Kind.HOLDER);
  }

  /// The texts that are looked for in what messages say.
  Set<String> sought() {
    return Set.copyOf(sought);
  }

  /// Whether more has become known of some name since this was last asked.
  boolean learnt() {
    boolean more = learnt;
    learnt = false;
    return more;
  }

  /// Whether what is tested is a text, which is known of what messages say; null for other tests.
  @Nullable Boolean truth(JinjaExpr test) throws Unclear {
    // Only of a message's own field: a variable may hold something else as well.
    return switch (test) {
      case JinjaExpr.Unary(String operator, JinjaExpr operand, var _)
          when operator.equals("not") -> {
        Boolean inner = truth(operand);
        yield inner == null ? null : !inner;
      }
      case JinjaExpr.Test is
          when is.name().equals("string")
              && (is.input() instanceof Attribute || is.input() instanceof Item)
              && kind(is.input()) == Kind.SAID ->
          true;
      default -> null;
    };
  }

  /// A name that a macro gives what is clean.
  void parameter(String name) {
    names.putIfAbsent(name, Kind.CLEAN);
  }

  /// A name may be any of what is ever assigned to it.
  void assign(JinjaExpr target, Kind kind) throws Unclear {
    if (target instanceof Name name) {
      Kind before = names.get(name.name());
      Kind joined = before == null || before == kind ? kind : join(before, kind);
      learnt |= names.put(name.name(), joined) != joined;
    } else {
      require(kind == Kind.CLEAN);
    }
  }

  /// What stays clean stays; two other kinds have nothing in common but that they are no clean
  /// ones.
  private static Kind join(Kind one, Kind other) throws Unclear {
    if (one == Kind.CLEAN || other == Kind.CLEAN) {
      return one == Kind.CLEAN ? other : one;
    }
    require((one != Kind.HOLDER && other != Kind.HOLDER) || one == other);
    return one == other ? one : Kind.JOINED;
  }

  static void require(boolean condition) throws Unclear {
    if (!condition) {
      throw new Unclear();
    }
  }

  void clean(@Nullable JinjaExpr expression) throws Unclear {
    require(expression == null || kind(expression) == Kind.CLEAN);
  }

  Kind kind(JinjaExpr expression) throws Unclear {
    return switch (expression) {
      case Literal _ -> Kind.CLEAN;
      case Name name -> names.getOrDefault(name.name(), Kind.CLEAN);
      case Attribute(Name(String target, var _), String name, var _, var _)
          when target.equals("loop") && NEIGHBOURS.contains(name) ->
          Kind.HOLDER;
      case Attribute(JinjaExpr target, String name, var _, var _) -> member(kind(target), name);
      case Item item -> item(item);
      case Call call -> call(call);
      case Filter filter -> filter(filter);
      case JinjaExpr.Test test -> test(test);
      case Comparison comparison -> comparison(comparison);
      case JinjaExpr.Unary(String operator, JinjaExpr operand, var _) -> {
        Kind kind = kind(operand);
        require(operator.equals("not") || kind == Kind.CLEAN);
        yield Kind.CLEAN;
      }
      case JinjaExpr.Binary(String operator, JinjaExpr left, JinjaExpr right, var _) ->
          binary(operator, kind(left), kind(right));
      case JinjaExpr.Concatenation(var parts, var _) -> {
        Kind all = Kind.CLEAN;
        for (JinjaExpr part : parts) {
          all = binary("+", all, kind(part));
        }
        yield all;
      }
      case JinjaExpr.Conditional(
              JinjaExpr test,
              JinjaExpr then,
              @Nullable JinjaExpr otherwise,
              var _) -> {
        Boolean known = truth(test);
        kind(test);
        Kind first = Boolean.FALSE.equals(known) ? Kind.CLEAN : kind(then);
        yield otherwise == null || Boolean.TRUE.equals(known)
            ? first
            : join(first, kind(otherwise));
      }
      case JinjaExpr.Slice(var from, var to, var step, var _) -> {
        clean(from);
        clean(to);
        clean(step);
        yield Kind.CLEAN;
      }
      case JinjaExpr.ListOf(var items, var _) -> all(items);
      case JinjaExpr.TupleOf(var items, var _) -> all(items);
      case JinjaExpr.MapOf(var pairs, var _) -> {
        for (JinjaExpr.Pair pair : pairs) {
          clean(pair.key());
          clean(pair.value());
        }
        yield Kind.CLEAN;
      }
    };
  }

  private Kind all(List<JinjaExpr> items) throws Unclear {
    for (JinjaExpr item : items) {
      clean(item);
    }
    return Kind.CLEAN;
  }

  private static Kind member(Kind target, String name) throws Unclear {
    require(target == Kind.CLEAN || target == Kind.HOLDER);
    return target == Kind.HOLDER && name.equals("content") ? Kind.SAID : Kind.CLEAN;
  }

  private Kind item(Item item) throws Unclear {
    if (item.index() instanceof Literal(Object value, var _) && value instanceof String name) {
      return member(kind(item.target()), name);
    }
    clean(item.index());
    if (isSplit(item.target())) {
      return Kind.SAID;
    }
    Kind target = kind(item.target());
    require(target == Kind.CLEAN || target == Kind.HOLDER);
    // What a variable names of one message may be what it says.
    require(target == Kind.CLEAN || isPlace(item.index()) || isMessages(item.target()));
    return target;
  }

  /// Whether an index surely is a number or a slice.
  private static boolean isPlace(JinjaExpr index) {
    return index instanceof Literal
        || index instanceof JinjaExpr.Slice
        || index instanceof JinjaExpr.Unary
        || (index instanceof JinjaExpr.Binary(String operator, var _, var _, var _)
            && operator.equals("-"));
  }

  private static boolean isMessages(JinjaExpr expression) {
    return expression instanceof Name name && name.name().equals("messages");
  }

  /// Whether it is what a message says, cut at a text that is not in it: a list of that alone.
  private boolean isSplit(JinjaExpr expression) throws Unclear {
    boolean split =
        expression
                instanceof
                Call(Attribute(JinjaExpr target, String name, var _, var _), var _, var _)
            && name.equals("split")
            && kind(target) == Kind.SAID;
    if (split) {
      seek(((Call) expression).arguments());
    }
    return split;
  }

  private void seek(JinjaExpr.Arguments arguments) throws Unclear {
    require(
        arguments.positional().size() == 1
            && arguments.named().isEmpty()
            && arguments.spread() == null
            && arguments.spreadNamed() == null);
    seek(arguments.positional().getFirst());
  }

  private void seek(JinjaExpr text) throws Unclear {
    require(text instanceof Literal);
    if (((Literal) text).value() instanceof String words) {
      sought.add(words);
    }
  }

  private Kind call(Call call) throws Unclear {
    if (call.function() instanceof Attribute(JinjaExpr target, String name, var _, var _)) {
      Kind kind = kind(target);
      if (kind == Kind.SAID && SEARCHES.contains(name)) {
        seek(call.arguments());
        return Kind.CLEAN;
      }
      if (kind == Kind.SAID && STRIPS.contains(name)) {
        require(isBlank(call.arguments()));
        return Kind.SAID;
      }
      require(kind == Kind.CLEAN);
    } else {
      clean(call.function());
    }
    clean(call.arguments());
    return Kind.CLEAN;
  }

  private void clean(JinjaExpr.Arguments arguments) throws Unclear {
    all(arguments.positional());
    for (JinjaExpr.Named named : arguments.named()) {
      clean(named.value());
    }
    clean(arguments.spread());
    clean(arguments.spreadNamed());
  }

  /// Whether nothing but white space is to be stripped.
  private static boolean isBlank(JinjaExpr.Arguments arguments) {
    return arguments.named().isEmpty()
        && arguments.spread() == null
        && arguments.spreadNamed() == null
        && arguments.positional().stream()
            .allMatch(each ->
                each instanceof Literal(Object value, var _)
                    && value instanceof String text
                    && text.isBlank());
  }

  private Kind filter(Filter filter) throws Unclear {
    clean(filter.arguments());
    Kind input = filter.input() == null ? Kind.CLEAN : kind(filter.input());
    return switch (filter.name()) {
      case "trim" -> {
        require(input == Kind.CLEAN || isBlank(filter.arguments()));
        require(input != Kind.HOLDER);
        yield input;
      }
      case "length", "count" -> {
        require(input == Kind.CLEAN || input == Kind.HOLDER);
        yield Kind.CLEAN;
      }
      case "first", "last", "list" -> {
        require(input == Kind.CLEAN || input == Kind.HOLDER);
        yield input;
      }
      // What is added to HTML is escaped.
      case "e", "escape", "forceescape", "safe" -> throw new Unclear();
      default -> {
        require(input == Kind.CLEAN);
        yield Kind.CLEAN;
      }
    };
  }

  private Kind test(JinjaExpr.Test test) throws Unclear {
    clean(test.arguments());
    require(kind(test.input()) == Kind.CLEAN || TYPE_TESTS.contains(test.name()));
    return Kind.CLEAN;
  }

  private Kind comparison(Comparison comparison) throws Unclear {
    Kind first = kind(comparison.first());
    for (JinjaExpr.Operand operand : comparison.rest()) {
      Kind value = kind(operand.value());
      boolean in = operand.operator().equals("in") || operand.operator().equals("not in");
      boolean equal = operand.operator().equals("==") || operand.operator().equals("!=");
      if (value != Kind.CLEAN || first != Kind.CLEAN) {
        require(comparison.rest().size() == 1);
      }
      if (in && value == Kind.SAID) {
        seek(comparison.first());
      } else if (equal && first == Kind.SAID) {
        seek(operand.value());
      } else {
        // Whether a message has a field.
        require(
            first == Kind.CLEAN
                && (value == Kind.CLEAN
                    || (in && value == Kind.HOLDER && comparison.first() instanceof Literal)));
      }
    }
    return Kind.CLEAN;
  }

  private static Kind binary(String operator, Kind left, Kind right) throws Unclear {
    if (left == Kind.CLEAN && right == Kind.CLEAN) {
      return Kind.CLEAN;
    }
    if (operator.equals("and") || operator.equals("or")) {
      return join(left, right);
    }
    require(operator.equals("+") && left != Kind.HOLDER && right != Kind.HOLDER);
    return Kind.JOINED;
  }
}
