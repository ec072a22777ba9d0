package dev.promptls.template.run;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Copies the variables of a rendering, so that a template works on values of few known classes
/// that nobody else changes: String, Boolean, Long, BigInteger, Double, ArrayList, LinkedHashMap
/// and null. What is shared in the input stays shared.
public final class Adoption {
  private static final int DEPTH = 500;

  private final IdentityHashMap<Object, Object> copies = new IdentityHashMap<>();
  private int depth;

  public static Map<@Nullable Object, @Nullable Object> of(Map<?, ?> variables) {
    return new Adoption().map(variables);
  }

  public static @Nullable Object of(@Nullable Object value) {
    return new Adoption().adopt(value);
  }

  private @Nullable Object adopt(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (value) {
      case String s -> s;
      case Boolean b -> b;
      case Long n -> n;
      case Integer n -> (long) n;
      case Short n -> (long) n;
      case Byte n -> (long) n;
      case Double d -> d;
      case Float f -> Double.parseDouble(f.toString());
      case BigInteger n -> Numbers.integer(n);
      case BigDecimal n -> n.doubleValue();
      case Number n -> Numbers.parse(n.toString());
      case Character c -> c.toString();
      case Map<?, ?> m -> map(m);
      case List<?> l -> list(l);
      default ->
          throw new Failure(
              "A template cannot use a value of "
                  + value.getClass().getName()
                  + "; give it maps, lists, strings, numbers, booleans or null.");
    };
  }

  private Map<@Nullable Object, @Nullable Object> map(Map<?, ?> original) {
    @SuppressWarnings("unchecked") // Only this method puts copies of maps there.
    var known = (Map<@Nullable Object, @Nullable Object>) copies.get(original);
    if (known != null) {
      return known;
    }
    Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
    copies.put(original, copy);
    enter();
    original.forEach((key, value) -> copy.put(adopt(key), adopt(value)));
    depth--;
    return copy;
  }

  private Object list(List<?> original) {
    Object known = copies.get(original);
    if (known != null) {
      return known;
    }
    List<@Nullable Object> copy = new ArrayList<>(original.size());
    copies.put(original, copy);
    enter();
    original.forEach(item -> copy.add(adopt(item)));
    depth--;
    return copy;
  }

  private void enter() {
    if (++depth > DEPTH) {
      throw new Failure("The variables are nested more than " + DEPTH + " deep; flatten them.");
    }
  }
}
