package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Shiftable;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import java.util.AbstractList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A YAML value and where it stands in the file.
public sealed interface YamlNode extends Shiftable<YamlNode> {
  Span span();

  /// The value as maps with string keys, lists, strings, numbers (`Long`, `BigInteger`, `Double`),
  /// booleans and null.
  @Nullable Object value();

  /// The value of a key, if this is a mapping that has it.
  default @Nullable YamlNode get(String key) {
    return null;
  }

  /// The value below some keys, each in the mapping before.
  default @Nullable YamlNode at(String... path) {
    YamlNode node = this;
    for (String key : path) {
      node = node == null ? null : node.get(key);
    }
    return node;
  }

  /// The node as text, if it is a scalar other than null.
  default @Nullable String string() {
    return null;
  }

  /// The same things, moved when they are looked at.
  static <T extends Shiftable<T>> List<T> moved(List<T> list, int by) {
    return ShiftedList.of(list).splice(0, 0, List.of(), by);
  }

  /// A single value.
  ///
  /// @param text as written, without quotes and escapes
  /// @param plain whether it was written without quotes, so that it may be a number and the like
  record Scalar(Span span, String text, boolean plain, @Nullable Object value) implements YamlNode {
    @Override
    public @Nullable String string() {
      return value == null ? null : text;
    }

    @Override
    public Scalar shifted(int by, int index) {
      return by == 0 ? this : new Scalar(span.shift(by), text, plain, value);
    }
  }

  /// A list.
  ///
  /// @param flow whether it is written in brackets
  record Sequence(Span span, List<YamlNode> items, boolean flow) implements YamlNode {
    public Sequence {
      items = ShiftedList.frozen(items);
    }

    /// A view: what is not looked at is not made.
    @Override
    public List<@Nullable Object> value() {
      ShiftedList<YamlNode> nodes = ShiftedList.of(items);
      return new AbstractList<>() {
        @Override
        public @Nullable Object get(int index) {
          return nodes.raw(index).value();
        }

        @Override
        public int size() {
          return nodes.size();
        }
      };
    }

    @Override
    public Sequence shifted(int by, int index) {
      return by == 0 ? this : new Sequence(span.shift(by), YamlNode.moved(items, by), flow);
    }
  }

  /// Keys with their values, in source order.
  ///
  /// @param flow whether it is written in braces
  record Mapping(Span span, List<Entry> entries, boolean flow) implements YamlNode {
    public Mapping {
      entries = ShiftedList.frozen(entries);
    }

    @Override
    public Mapping shifted(int by, int index) {
      return by == 0 ? this : new Mapping(span.shift(by), YamlNode.moved(entries, by), flow);
    }

    @Override
    public @Nullable YamlNode get(String key) {
      Entry entry = entry(key);
      return entry == null ? null : entry.value();
    }

    public @Nullable Entry entry(String key) {
      ShiftedList<Entry> all = ShiftedList.of(entries);
      for (int i = 0; i < all.size(); i++) {
        if (all.raw(i).key().text().equals(key)) {
          return all.get(i);
        }
      }
      return null;
    }

    @Override
    public Map<String, @Nullable Object> value() {
      ShiftedList<Entry> all = ShiftedList.of(entries);
      Map<String, @Nullable Object> values = LinkedHashMap.newLinkedHashMap(all.size());
      for (int i = 0; i < all.size(); i++) {
        values.put(all.raw(i).key().text(), all.raw(i).value().value());
      }
      return Collections.unmodifiableMap(values);
    }
  }

  /// A key and its value in a mapping.
  record Entry(Scalar key, YamlNode value) implements Shiftable<Entry> {
    @Override
    public Entry shifted(int by, int index) {
      return by == 0 ? this : new Entry(key.shifted(by, 0), value.shifted(by, 0));
    }

    /// From the key to the end of the value.
    public Span span() {
      return key.span().union(value.span());
    }
  }
}
