package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What an example says, however it is written.
///
/// @param inputs by field or label, in order; `user` for messages
/// @param output the answer alone
/// @param reasoning what leads to the answer, null if nothing does
public record Row(SequencedMap<String, String> inputs, String output, @Nullable String reasoning) {
  public Row {
    inputs = new LinkedHashMap<>(inputs);
  }

  /// What an example of a file says.
  public static Row of(Example example) {
    return new Row(new LinkedHashMap<>(example.inputs()), example.output(), example.reasoning());
  }

  /// A row to be filled in by an author: each part says in angle brackets what it is.
  static Row placeholders(Row like, String output) {
    SequencedMap<String, String> inputs = new LinkedHashMap<>();
    like.inputs().forEach((name, value) -> inputs.put(name, "<" + name + ">"));
    String reasoning = like.reasoning() == null ? null : "<reasoning>";
    return new Row(inputs, "<" + output + ">", reasoning);
  }

  /// The same row with line breaks as `\n` alone and no white space at the borders of its parts.
  Row normal() {
    SequencedMap<String, String> normal = new LinkedHashMap<>();
    inputs.forEach((name, value) -> normal.put(name, normal(value)));
    return new Row(normal, normal(output), reasoning == null ? null : normal(reasoning));
  }

  /// A text with line breaks as `\n` alone and without the white space at its borders.
  static String normal(String value) {
    String lines = value.replace("\r\n", "\n");
    return new Span(0, lines.length()).strip(lines).of(lines);
  }

  /// Whether some text is anywhere in it.
  boolean holds(String part) {
    return output.contains(part)
        || (reasoning != null && reasoning.contains(part))
        || inputs.values().stream().anyMatch(value -> value.contains(part));
  }

  /// The input for a name; without one of that name the only input, where only one is asked for.
  @Nullable String input(String name, boolean only) {
    String value = inputs.get(name);
    if (value == null && only && inputs.size() == 1) {
      Map.Entry<String, String> first = inputs.firstEntry();
      return first.getValue();
    }
    return value;
  }
}
