package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.Shiftable;
import dev.promptls.prompt.text.Span;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An input with its answer, inside a prompt.
///
/// @param index from 0, in source order
/// @param inputs by field or label; `user` for messages
/// @param output the answer alone, without reasoning
/// @param reasoning what stands between the question and the answer, null if nothing does
/// @param range in the file
/// @param outputRange of the answer in the file, where a result is shown
/// @param text the example as the prompt shows it, without separators: what its tokens are counted
///   of
public record Example(
    int index,
    Shape shape,
    Map<String, String> inputs,
    String output,
    @Nullable String reasoning,
    Span range,
    Span outputRange,
    String text)
    implements Shiftable<Example> {
  @Override
  public Example shifted(int by, int place) {
    return by == 0 && place == index
        ? this
        : new Example(
            place, shape, inputs, output, reasoning, range.shift(by), outputRange.shift(by), text);
  }

  /// Whether it is a chain-of-thought example.
  public boolean hasReasoning() {
    return reasoning != null;
  }
}
