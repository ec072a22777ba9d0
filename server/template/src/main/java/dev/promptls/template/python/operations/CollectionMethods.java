package dev.promptls.template.python.operations;

import dev.promptls.template.python.Arguments;
import dev.promptls.template.python.Bound;
import dev.promptls.template.python.Callable;
import dev.promptls.template.python.IntegerRange;
import dev.promptls.template.python.MapView;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The methods of lists, tuples and maps.
final class CollectionMethods {
  private final Meter meter;
  private final Python python;
  private final boolean mutable;

  /// @param mutable whether lists and maps can be changed; the chat templates' sandbox forbids it
  CollectionMethods(Meter meter, Python python, boolean mutable) {
    this.meter = meter;
    this.python = python;
    this.mutable = mutable;
  }

  /// A method of a value, or null.
  @Nullable Callable find(@Nullable Object target, String name) {
    return switch (target) {
      case Map<?, ?> m -> ofMap(Python.map(m), name);
      case List<?> l -> ofList(Python.list(l), name);
      case Tuple t -> ofItems(t.items(), name);
      case IntegerRange r -> ofItems(r.items(), name);
      case null, default -> null;
    };
  }

  private @Nullable Callable ofMap(Map<@Nullable Object, @Nullable Object> map, String name) {
    return switch (name) {
      case "keys" -> a -> new MapView(MapView.Kind.KEYS, map);
      case "values" -> a -> new MapView(MapView.Kind.VALUES, map);
      case "items" -> a -> new MapView(MapView.Kind.ITEMS, map);
      case "copy" -> a -> copy(map);
      case "get" ->
          a -> {
            Bound bound = Bound.of("get", a, "key", "default");
            Object key = python.key(bound.required("key"));
            return map.containsKey(key) ? map.get(key) : bound.get("default", null);
          };
      case "fromkeys" ->
          a -> {
            Bound bound = Bound.of(name, a, "iterable", "value");
            Map<@Nullable Object, @Nullable Object> made = new LinkedHashMap<>();
            python
                .iterate(bound.required("iterable"))
                .forEachRemaining(key -> {
                  meter.step();
                  made.put(python.key(key), bound.get("value", null));
                });
            return made;
          };
      case "clear", "pop", "popitem", "setdefault", "update" ->
          changing(name, a -> change(map, name, a));
      default -> null;
    };
  }

  private Map<@Nullable Object, @Nullable Object> copy(
      Map<@Nullable Object, @Nullable Object> map) {
    meter.steps(map.size());
    return new LinkedHashMap<>(map);
  }

  private Callable changing(String name, Callable method) {
    return mutable
        ? method
        : a -> {
          throw new Failure("'" + name + "' would change a value, which is not allowed here.");
        };
  }

  private @Nullable Object change(
      Map<@Nullable Object, @Nullable Object> map, String name, Arguments a) {
    switch (name) {
      case "clear" -> map.clear();
      case "update" -> {
        map.putAll(python.dict(a));
      }
      case "setdefault" -> {
        Bound bound = Bound.of(name, a, "key", "default");
        Object key = python.key(bound.required("key"));
        if (!map.containsKey(key)) {
          map.put(key, bound.get("default", null));
        }
        return map.get(key);
      }
      case "popitem" -> {
        if (map.isEmpty()) {
          throw new Failure("'popitem' finds the map empty.");
        }
        meter.steps(map instanceof SequencedMap ? 0 : map.size());
        Map.Entry<@Nullable Object, @Nullable Object> last =
            map instanceof SequencedMap<@Nullable Object, @Nullable Object> ordered
                ? ordered.lastEntry()
                : new ArrayList<>(map.entrySet()).getLast();
        List<@Nullable Object> pair = new ArrayList<>();
        pair.add(last.getKey());
        pair.add(last.getValue());
        map.remove(last.getKey());
        return new Tuple(pair);
      }
      default -> {
        Bound bound = Bound.of(name, a, "key", "default");
        Object key = python.key(bound.required("key"));
        if (!map.containsKey(key) && !bound.has("default")) {
          throw new Failure("'pop' finds no such key.");
        }
        return map.containsKey(key) ? map.remove(key) : bound.get("default", null);
      }
    }
    return null;
  }

  private @Nullable Callable ofList(List<@Nullable Object> list, String name) {
    return switch (name) {
      case "copy" ->
          a -> {
            meter.steps(list.size());
            return new ArrayList<>(list);
          };
      case "append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort" ->
          changing(name, a -> change(list, name, a));
      default -> ofItems(list, name);
    };
  }

  private @Nullable Callable ofItems(List<@Nullable Object> items, String name) {
    return switch (name) {
      case "count" -> a -> count(items, Bound.of(name, a, "value").required("value"));
      case "index" ->
          a -> {
            Bound bound = Bound.of(name, a, "value", "start", "stop");
            int from = place(bound.integer("start", 0), items.size());
            int to = place(bound.integer("stop", Integer.MAX_VALUE), items.size());
            List<@Nullable Object> part = items.subList(from, Math.max(from, to));
            int at = indexOf(part, bound.required("value"));
            if (at < 0) {
              throw new Failure("'index' finds no such value.");
            }
            return (long) from + at;
          };
      default -> null;
    };
  }

  private static int place(int index, int size) {
    return Math.clamp(index < 0 ? (long) index + size : index, 0, size);
  }

  private long count(List<@Nullable Object> items, @Nullable Object value) {
    meter.steps(items.size());
    return items.stream().filter(item -> python.equal(item, value)).count();
  }

  private int indexOf(List<@Nullable Object> items, @Nullable Object value) {
    meter.steps(items.size());
    for (int i = 0; i < items.size(); i++) {
      if (python.equal(items.get(i), value)) {
        return i;
      }
    }
    return -1;
  }

  private @Nullable Object change(List<@Nullable Object> list, String name, Arguments a) {
    // What stands behind an item is moved.
    meter.steps(1 + (name.equals("append") ? 0 : list.size() / 64));
    switch (name) {
      case "append" -> list.add(Bound.of(name, a, "value").required("value"));
      case "clear" -> list.clear();
      case "extend" -> {
        Object more = Bound.of(name, a, "values").required("values");
        List<@Nullable Object> items = new ArrayList<>();
        python
            .iterate(more)
            .forEachRemaining(item -> {
              meter.step();
              items.add(item);
            });
        list.addAll(items);
      }
      case "insert" -> {
        Bound bound = Bound.of(name, a, "index", "value");
        int index = bound.integer("index", 0);
        int place = index < 0 ? index + list.size() : index;
        list.add(Math.clamp(place, 0, list.size()), bound.required("value"));
      }
      case "pop" -> {
        int index = Bound.of(name, a, "index").integer("index", -1);
        int place = index < 0 ? index + list.size() : index;
        if (place < 0 || place >= list.size()) {
          throw new Failure("'pop' finds no item " + index + ".");
        }
        return list.remove(place);
      }
      case "remove" -> {
        int at = indexOf(list, Bound.of(name, a, "value").required("value"));
        if (at < 0) {
          throw new Failure("'remove' finds no such value.");
        }
        list.remove(at);
      }
      case "reverse" -> {
        meter.steps(list.size() / 8);
        Collections.reverse(list);
      }
      default -> {
        meter.steps(list.size());
        Bound bound = Bound.of(name, a, "key", "reverse");
        if (bound.get("key", null) != null) {
          throw new Failure("'sort' takes no key here; use the filter '| sort(attribute=…)'.");
        }
        Comparator<@Nullable Object> order = python.ascending();
        list.sort(bound.flag("reverse") ? (one, other) -> order.compare(other, one) : order);
      }
    }
    return null;
  }
}
