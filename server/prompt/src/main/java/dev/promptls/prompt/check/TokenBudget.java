package dev.promptls.prompt.check;

import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;

/// What a prompt takes of its model's context window.
///
/// @param model its name
/// @param window of the model, in tokens; 0 if unknown
/// @param reserved for the answer, in tokens, as the prompt asks for it; 0 if it does not say
/// @param tokens of the prompt as it would be sent
/// @param warnAt the share of the window, 0 to 1, from which a prompt is said to be large
/// @param parts of the prompt, in source order within each kind; may be empty
public record TokenBudget(
    String model, int window, int reserved, int tokens, double warnAt, List<Part> parts) {
  public TokenBudget {
    parts = List.copyOf(parts);
  }

  /// Whether there is something to say about it.
  public boolean isTight() {
    return window > 0 && (tokens > window * warnAt || leavesTooLittle());
  }

  /// Whether the answer that the prompt asks for has no room.
  boolean leavesTooLittle() {
    return tokens + (long) reserved > window;
  }

  /// The same with the parts.
  public TokenBudget with(List<Part> known) {
    return new TokenBudget(model, window, reserved, tokens, warnAt, known);
  }

  /// The same for a text that is not counted yet, with the parts where they are now.
  public TokenBudget after(TextEdit edit) {
    return with(parts.stream().map(part -> part.after(edit)).toList());
  }

  /// What a part of a prompt takes. Examples stand in sections, and these in messages.
  ///
  /// @param name for people, `system message`
  public record Part(Kind kind, String name, Span span, int tokens) {
    /// What a part is.
    public enum Kind {
      MESSAGE,
      SECTION,
      EXAMPLE
    }

    /// The part after an edit, which may have changed how much it takes.
    public Part after(TextEdit edit) {
      return new Part(kind, name, edit.moved(span), tokens);
    }
  }
}
