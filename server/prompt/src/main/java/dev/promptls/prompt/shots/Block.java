package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.Shiftable;
import dev.promptls.prompt.text.Span;
import java.util.List;

/// Labelled parts that belong together: `Q: …` and `A: …`, or the two sides of `x -> y`.
///
/// @param fields in order, at least one
/// @param start of its title, if it has one, else of its first label
/// @param end behind the last value and the tags that close what it opened
record Block(List<Field> fields, int start, int end) implements Shiftable<Block> {
  Block {
    fields = List.copyOf(fields);
  }

  /// A block that has nothing around its fields.
  static Block of(List<Field> fields) {
    Field last = fields.getLast();
    int end = Math.max(last.head().end(), last.value().end());
    return new Block(fields, fields.getFirst().head().start(), end);
  }

  /// One labelled part.
  ///
  /// @param name of the label, without numbers and marks
  /// @param head from the start of the part to the end of its label
  /// @param value without white space at its borders; empty behind the label if there is none
  record Field(String name, Span head, Span value) {
    boolean isOpen() {
      return value.isEmpty();
    }
  }

  @Override
  public Block shifted(int by, int index) {
    if (by == 0) {
      return this;
    }
    Field[] moved = fields.toArray(new Field[0]);
    for (int i = 0; i < moved.length; i++) {
      Field field = moved[i];
      moved[i] = new Field(field.name(), field.head().shift(by), field.value().shift(by));
    }
    return new Block(List.of(moved), start + by, end + by);
  }

  /// A field's label, the first with the title before it.
  Span opening(int field) {
    Span head = fields.get(field).head();
    return field == 0 ? new Span(start, head.end()) : head;
  }

  /// Where the part before a field ends.
  int before(int field) {
    return field == 0 ? start : fields.get(field - 1).value().end();
  }

  Field last() {
    return fields.getLast();
  }
}
