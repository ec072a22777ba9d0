package dev.promptls.lsp.session;

import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import org.jspecify.annotations.Nullable;

/// What a model answered, and what of the document it speaks of. It goes with its place when text
/// before it changes, and is stale once something has changed that the model was shown.
///
/// @param about where it is shown
/// @param unseen a stretch that the model was not shown: what changes there does not matter
public record Answer<T>(T result, Span about, Span unseen, boolean stale) {
  /// An answer for which everything matters.
  static <T> Answer<T> toAll(T result, Span about) {
    return new Answer<>(result, about, Span.at(about.end()), false);
  }

  /// The answer after an edit; null if what it speaks of is gone.
  @Nullable Answer<T> after(TextEdit edit) {
    Span span = edit.span();
    boolean matters = unseen.isEmpty() || !unseen.contains(span);
    if (!matters) {
      Span rest = new Span(unseen.start(), unseen.end() + edit.growth());
      return new Answer<>(result, about, rest, stale);
    }
    boolean gone = span.contains(about) && !span.equals(about) && !about.isEmpty();
    return gone ? null : new Answer<>(result, edit.moved(about), edit.moved(unseen), true);
  }
}
