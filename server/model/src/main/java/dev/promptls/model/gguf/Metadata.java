package dev.promptls.model.gguf;

import dev.promptls.model.ModelException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The key-value part of a GGUF file. Values are Long (all integers), Double, Boolean, String, or a
/// list of one of these.
public final class Metadata {
  private final String file;
  private final Map<String, Object> values;

  Metadata(String file, Map<String, Object> values) {
    this.file = file;
    this.values = Map.copyOf(values);
  }

  public Set<String> keys() {
    return values.keySet();
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  public Optional<String> string(String key) throws ModelException {
    return typed(key, String.class, "a string");
  }

  public Optional<Long> integer(String key) throws ModelException {
    return typed(key, Long.class, "an integer");
  }

  public Optional<Boolean> bool(String key) throws ModelException {
    return typed(key, Boolean.class, "a boolean");
  }

  /// A number, whether stored as an integer or as a float.
  public Optional<Double> number(String key) throws ModelException {
    return typed(key, Number.class, "a number").map(Number::doubleValue);
  }

  /// A list of strings; empty if the key is missing.
  public List<String> strings(String key) throws ModelException {
    return list(key, String.class, "a list of strings");
  }

  /// A list of integers; empty if the key is missing.
  public List<Long> integers(String key) throws ModelException {
    return list(key, Long.class, "a list of integers");
  }

  /// A list of floats; empty if the key is missing.
  public List<Double> floats(String key) throws ModelException {
    return list(key, Double.class, "a list of floats");
  }

  private <T> Optional<T> typed(String key, Class<T> type, String wanted) throws ModelException {
    Object value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw wrongType(key, wanted);
    }
    return Optional.of(type.cast(value));
  }

  private <T> List<T> list(String key, Class<T> type, String wanted) throws ModelException {
    Object value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> elements)
        || (!elements.isEmpty() && !type.isInstance(elements.getFirst()))) {
      throw wrongType(key, wanted);
    }
    // The elements of a GGUF array have one type, so the first speaks for all.
    @SuppressWarnings("unchecked")
    List<T> result = (List<T>) elements;
    return result;
  }

  private ModelException wrongType(String key, String wanted) {
    return new ModelException(
        "%s: metadata key \"%s\" is not %s; get the model again or another one."
            .formatted(file, key, wanted));
  }
}
