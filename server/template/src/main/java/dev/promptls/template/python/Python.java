package dev.promptls.template.python;

import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Numbers;
import dev.promptls.template.run.Undefined;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Python means by truth, equality, order, length and iteration.
public final class Python {
  private final Meter meter;

  public Python(Meter meter) {
    this.meter = meter;
  }

  public static boolean truth(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean b -> b;
      case Long n -> n != 0;
      case BigInteger n -> n.signum() != 0;
      case Double d -> d != 0;
      case String s -> !s.isEmpty();
      case Markup m -> !m.text().isEmpty();
      case List<?> l -> !l.isEmpty();
      case Map<?, ?> m -> !m.isEmpty();
      case Tuple t -> !t.items().isEmpty();
      case MapView v -> !v.map().isEmpty();
      case IntegerRange r -> r.size() > 0;
      case Undefined u -> false;
      default -> true;
    };
  }

  public static String typeName(@Nullable Object value) {
    return switch (value) {
      case null -> "NoneType";
      case Boolean b -> "bool";
      case Long n -> "int";
      case BigInteger n -> "int";
      case Double d -> "float";
      case String s -> "str";
      case Markup m -> "Markup";
      case List<?> l -> "list";
      case Map<?, ?> m -> "dict";
      case Tuple t -> "tuple";
      case MapView v ->
          switch (v.kind()) {
            case KEYS -> "dict_keys";
            case VALUES -> "dict_values";
            case ITEMS -> "dict_items";
          };
      case IntegerRange r -> "range";
      case Generator g -> "generator";
      case Namespace n -> "Namespace";
      case Undefined u -> "Undefined";
      case Loop l -> "LoopContext";
      case Macro m -> "Macro";
      default -> "function";
    };
  }

  @SuppressWarnings("ReferenceEquality") // As in Python, identity is a shortcut.
  public boolean equal(@Nullable Object one, @Nullable Object other) {
    if (one == other) {
      return !Numbers.isNaN(one);
    }
    Object a = Markup.plain(one);
    Object b = Markup.plain(other);
    if (a == null || b == null) {
      return false;
    }
    if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
      return !Numbers.isNaN(a) && !Numbers.isNaN(b) && Numbers.compare(a, b) == 0;
    }
    return switch (a) {
      case String s -> b instanceof String t && sameText(s, t);
      case List<?> l -> b instanceof List<?> m && sameItems(l, m);
      case Tuple t -> b instanceof Tuple u && sameItems(t.items(), u.items());
      case Map<?, ?> m -> b instanceof Map<?, ?> n && sameMap(m, n);
      case IntegerRange r -> b instanceof IntegerRange s && sameItems(r.items(), s.items());
      case MapView v -> b instanceof MapView w && sameView(v, w);
      case Undefined u -> b instanceof Undefined;
      default -> false;
    };
  }

  /// Whether two views show the same keys or entries; those of values equal only themselves.
  private boolean sameView(MapView a, MapView b) {
    if (a.kind() != b.kind() || a.kind() == MapView.Kind.VALUES) {
      return false;
    }
    meter.steps(a.map().size());
    return a.kind() == MapView.Kind.KEYS
        ? a.map().keySet().equals(b.map().keySet())
        : sameMap(a.map(), b.map());
  }

  private boolean sameText(String a, String b) {
    if (a.length() != b.length()) {
      return false;
    }
    meter.scan(a.length());
    return a.equals(b);
  }

  private boolean sameItems(List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    meter.enterExpression();
    meter.steps(a.size());
    boolean same = true;
    for (int i = 0; same && i < a.size(); i++) {
      same = equal(a.get(i), b.get(i));
    }
    meter.leaveExpression();
    return same;
  }

  private boolean sameMap(Map<?, ?> a, Map<?, ?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    meter.enterExpression();
    meter.steps(a.size());
    boolean same = true;
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      same =
          same && b.containsKey(entry.getKey()) && equal(entry.getValue(), b.get(entry.getKey()));
    }
    meter.leaveExpression();
    return same;
  }

  /// `a operator b` for `<`, `<=`, `>`, `>=`.
  public boolean ordered(@Nullable Object a, String operator, @Nullable Object b) {
    if (Numbers.isNaN(a) || Numbers.isNaN(b)) {
      return false;
    }
    int order = order(a, operator, b);
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  /// Negative, zero or positive as `a` is less than, equal to or greater than `b`.
  public int order(@Nullable Object one, String operator, @Nullable Object other) {
    Object a = Markup.plain(one);
    Object b = Markup.plain(other);
    if (a != null && b != null) {
      if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
        return Numbers.compare(a, b);
      }
      if (a instanceof String s && b instanceof String t) {
        return CodePoints.compare(s, t, meter);
      }
      if (a instanceof List<?> l && b instanceof List<?> m) {
        return orderItems(l, operator, m);
      }
      if (a instanceof Tuple t && b instanceof Tuple u) {
        return orderItems(t.items(), operator, u.items());
      }
    }
    throw undefined(a, b, () -> "'" + operator + "' cannot compare " + both(a, b) + ".");
  }

  /// The order that sorting asks for.
  public Comparator<@Nullable Object> ascending() {
    return (a, b) -> {
      meter.step();
      return order(a, "<", b);
    };
  }

  private int orderItems(List<?> a, String operator, List<?> b) {
    meter.enterExpression();
    int size = Math.min(a.size(), b.size());
    meter.steps(size);
    int order = 0;
    for (int i = 0; order == 0 && i < size; i++) {
      if (!equal(a.get(i), b.get(i))) {
        order = order(a.get(i), operator, b.get(i));
      }
    }
    meter.leaveExpression();
    return order == 0 ? Integer.compare(a.size(), b.size()) : order;
  }

  public static String both(@Nullable Object a, @Nullable Object b) {
    return "'" + typeName(a) + "' and '" + typeName(b) + "'";
  }

  /// The failure of an operation on two values: that one is undefined, or else the sentence.
  public static Failure undefined(
      @Nullable Object a, @Nullable Object b, java.util.function.Supplier<String> otherwise) {
    if (a instanceof Undefined u) {
      return u.failure();
    }
    return b instanceof Undefined u ? u.failure() : new Failure(otherwise.get());
  }

  /// `item in container`
  public boolean contains(@Nullable Object container, @Nullable Object item) {
    return switch (container) {
      case String text -> containsText(text, Markup.plain(item));
      case Markup m -> containsText(m.text(), Markup.plain(item));
      case Map<?, ?> map -> map.containsKey(key(item));
      case MapView view when view.kind() == MapView.Kind.KEYS -> view.map().containsKey(key(item));
      case IntegerRange range when Numbers.isInteger(item) -> range.items().contains(item);
      case null, default -> containsItem(iterate(container), item);
    };
  }

  private boolean containsText(String text, @Nullable Object item) {
    if (!(item instanceof String part)) {
      throw undefined(
          item, null, () -> "'in' needs a string on its left when a string is on its right.");
    }
    return meter.indexOf(text, part, 0) >= 0;
  }

  private boolean containsItem(Iterator<@Nullable Object> items, @Nullable Object item) {
    while (items.hasNext()) {
      meter.step();
      if (equal(items.next(), item)) {
        return true;
      }
    }
    return false;
  }

  /// A value as a key of a map, its hash and one comparison paid for: numbers that are equal are
  /// the same key.
  public @Nullable Object key(@Nullable Object value) {
    switch (value) {
      case Double d when d == Math.rint(d) && Math.abs(d) < 1e18 -> {
        return d.longValue();
      }
      case List<?> l -> throw unhashable(l);
      case Map<?, ?> m -> throw unhashable(m);
      case MapView v when v.kind() != MapView.Kind.VALUES -> throw unhashable(v);
      case String s -> meter.scan(s.length());
      case Markup m -> {
        return m.text();
      }
      case Tuple t -> {
        meter.enterExpression();
        for (Object item : t.items()) {
          meter.step();
          var _ = key(item);
        }
        meter.leaveExpression();
      }
      case null, default -> {}
    }
    return value;
  }

  private static Failure unhashable(Object value) {
    return new Failure("A value of type '" + typeName(value) + "' cannot be a key.");
  }

  /// The elements a `for` loop sees.
  public Iterator<@Nullable Object> iterate(@Nullable Object value) {
    return switch (value) {
      case Generator g -> g.items();
      case Undefined u -> List.<@Nullable Object>of().iterator();
      case String s -> CodePoints.iterate(s);
      case Markup m -> CodePoints.iterate(m.text());
      case Loop l -> l.rest();
      case null, default -> {
        List<@Nullable Object> items = items(value);
        if (items == null) {
          throw new Failure("A value of type '" + typeName(value) + "' cannot be iterated over.");
        }
        yield items.iterator();
      }
    };
  }

  /// The elements of a value that knows how many it has, or null of another.
  public @Nullable List<@Nullable Object> items(@Nullable Object value) {
    return switch (value) {
      case List<?> l -> list(l);
      case Tuple t -> t.items();
      case Map<?, ?> m -> items(new MapView(MapView.Kind.KEYS, map(m)));
      case MapView v -> {
        // Copied, since a loop may change the map.
        meter.steps(v.map().size() / 4);
        yield v.items();
      }
      case IntegerRange r -> r.items();
      case String s -> CodePoints.split(s, meter);
      case Markup m -> CodePoints.split(m.text(), meter);
      case null, default -> null;
    };
  }

  @SuppressWarnings("unchecked") // Every list in an interpreter may hold any value.
  public static List<@Nullable Object> list(List<?> list) {
    return (List<@Nullable Object>) list;
  }

  @SuppressWarnings("unchecked") // Every map in an interpreter may hold any value.
  public static Map<@Nullable Object, @Nullable Object> map(Map<?, ?> map) {
    return (Map<@Nullable Object, @Nullable Object>) map;
  }

  public int length(@Nullable Object value) {
    return switch (value) {
      case String s -> CodePoints.length(s, meter);
      case Markup m -> CodePoints.length(m.text(), meter);
      case List<?> l -> l.size();
      case Tuple t -> t.items().size();
      case Map<?, ?> m -> m.size();
      case MapView v -> v.map().size();
      case IntegerRange r -> r.size();
      case Undefined u -> 0;
      case Loop l -> l.length();
      case null, default ->
          throw new Failure("A value of type '" + typeName(value) + "' has no length.");
    };
  }

  /// The map that `dict` makes of its arguments.
  public Map<@Nullable Object, @Nullable Object> dict(Arguments arguments) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    if (arguments.positional().size() > 1) {
      throw new Failure("A map is made of one map or list of pairs; remove the others.");
    }
    for (Object source : arguments.positional()) {
      switch (source) {
        case Map<?, ?> m -> {
          meter.steps(m.size());
          map.putAll(map(m));
        }
        case Namespace n -> {
          meter.steps(n.attributes().size());
          map.putAll(n.attributes());
        }
        case null, default ->
            iterate(source)
                .forEachRemaining(pair -> {
                  meter.step();
                  List<@Nullable Object> parts = items(pair);
                  if (parts == null || parts.size() != 2) {
                    throw new Failure("A map is made of pairs.");
                  }
                  map.put(key(parts.get(0)), parts.get(1));
                });
      }
    }
    map.putAll(arguments.named());
    return map;
  }
}
