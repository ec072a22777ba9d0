package dev.promptls.prompt.render;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.ShiftedList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What would be sent.
///
/// @param messages empty if the template fails
/// @param metadata the front matter as the format's reference loads it, without `raw`
/// @param problems why it cannot be rendered, or what its metadata lack; errors first
public record RenderResult(
    Format format,
    List<Message> messages,
    Map<String, @Nullable Object> metadata,
    List<Problem> problems) {
  public RenderResult {
    messages = ShiftedList.of(messages);
    problems = List.copyOf(problems);
  }

  /// The role and text of a message at an index, without looking where it comes from: its origins
  /// may be those of an earlier text.
  public Message said(int index) {
    return ShiftedList.of(messages).raw(index);
  }

  /// How far the origins of [#said] lie before where they are now.
  public int shift(int index) {
    return ShiftedList.of(messages).shift(index);
  }

  /// Whether there are no messages to send; without that, problems are warnings.
  public boolean failed() {
    return problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
  }
}
