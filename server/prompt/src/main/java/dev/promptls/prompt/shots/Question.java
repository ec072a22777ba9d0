package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.RenderResult;
import java.util.List;

/// One example put to the model.
///
/// @param rendered what to send
/// @param expected the answer wanted, to be compared after trimming
/// @param stop where the answer ends
/// @param shots how many examples are sent with it
public record Question(
    Example example, RenderResult rendered, String expected, List<String> stop, int shots) {
  public Question {
    stop = List.copyOf(stop);
  }
}
