package dev.promptls.prompt.render;

import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An edit of words that are sent as they stand in the file: the rendering changes by the same
/// words, and nothing has to be rendered.
///
/// That is so where the edit is in the middle of one stretch that was copied to one place, and
/// neither what goes nor what comes means anything to a template. White space and line breaks do,
/// where a tag is near that strips them or stands alone on its line; so there must be a word in the
/// same line, before the edit or behind it, and around a line break on both sides.
final class LiteralEdit {
  /// What is neither letter nor digit and means nothing either.
  private static final String PLAIN = " ,.;:!?'()";

  /// The beginning of what the helpers of dotprompt write into the text.
  private static final String MARKER = "<<<";

  private static final String LINE_BREAKS = "\n\r\u2028\u2029";

  private final TextEdit edit;

  /// How often the words were found, and whether something else came of them.
  private int found;

  private boolean unclear;

  private LiteralEdit(TextEdit edit) {
    this.edit = edit;
  }

  /// The messages after an edit; null where they have to be rendered anew.
  static @Nullable List<Message> follow(List<Message> messages, TextEdit edit) {
    if (!isPlain(edit.replacement())) {
      return null;
    }
    LiteralEdit following = new LiteralEdit(edit);
    List<Message> after = new ArrayList<>(messages.size());
    for (Message message : messages) {
      after.add(following.message(message));
    }
    return following.unclear || following.found != 1 ? null : after;
  }

  private static boolean isPlain(String words) {
    for (int i = 0; i < words.length(); i++) {
      if (!isPlain(words.charAt(i)) && words.charAt(i) != '\n') {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c) {
    return Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0;
  }

  @SuppressWarnings("ReferenceEquality") // The same object has not moved.
  private Message message(Message message) {
    // Of 10,000 messages each is made anew: lists that grow, and copies of them, would be felt.
    Part[] parts = null;
    for (int i = 0; i < message.content().size(); i++) {
      Part part = message.content().get(i);
      if (part instanceof Part.Text text) {
        Part moved = part(text);
        if (moved != part) {
          parts = parts == null ? message.content().toArray(new Part[0]) : parts;
          parts[i] = moved;
        }
      }
    }
    return parts == null
        ? message
        : new Message(message.role(), List.of(parts), message.metadata());
  }

  @SuppressWarnings("ReferenceEquality") // The same object has not moved.
  private Part part(Part.Text part) {
    Origin hit = null;
    boolean moves = false;
    for (Origin origin : part.origins()) {
      if (origin.partial().isEmpty()) {
        if (holds(origin)) {
          hit = origin;
          found++;
        } else if (origin.source().start() >= edit.span().end()) {
          moves = true;
        } else {
          unclear |= origin.source().end() > edit.span().start();
        }
      }
    }
    if (hit == null) {
      return moves ? new Part.Text(part.text(), moved(part.origins(), null)) : part;
    }
    int at = hit.start() + edit.span().start() - hit.source().start();
    TextEdit inText = new TextEdit(edit.span().shift(at - edit.span().start()), edit.replacement());
    unclear |= !isApart(part.text(), inText.span(), hit) || isMarked(part.text(), inText.span());
    return new Part.Text(inText.apply(part.text()), moved(part.origins(), hit));
  }

  /// Whether a stretch of the file is what the edit is in the middle of.
  private boolean holds(Origin origin) {
    Span source = origin.source();
    return origin.literal()
        && source.start() < edit.span().start()
        && edit.span().end() < source.end();
  }

  /// Whether no tag outside a stretch of the text can tell whether the edit was done.
  private boolean isApart(String text, Span span, Origin stretch) {
    String gone = span.of(text);
    boolean before = hasWord(text, span.start() - 1, -1, stretch);
    boolean behind = hasWord(text, span.end(), 1, stretch);
    boolean breaks = gone.indexOf('\n') >= 0 || edit.replacement().indexOf('\n') >= 0;
    return isPlain(gone)
        && (breaks ? before && (behind || text.charAt(span.end()) == '\n') : before || behind);
  }

  /// Whether there is a letter or a digit on the way from a place of a stretch, with nothing but
  /// such as mean nothing before it.
  private static boolean hasWord(String text, int from, int step, Origin stretch) {
    for (int at = from; at >= stretch.start() && at < stretch.end(); at += step) {
      if (Character.isLetterOrDigit(text.charAt(at))) {
        return true;
      }
      if (!isPlain(text.charAt(at))) {
        return false;
      }
    }
    return false;
  }

  private static boolean isMarked(String text, Span span) {
    int from = span.start();
    while (from > 0 && LINE_BREAKS.indexOf(text.charAt(from - 1)) < 0) {
      from--;
    }
    int to = span.end();
    while (to < text.length() && LINE_BREAKS.indexOf(text.charAt(to)) < 0) {
      to++;
    }
    return text.indexOf(MARKER, from, to) >= 0;
  }

  @SuppressWarnings("ReferenceEquality") // It is one of them.
  private List<Origin> moved(List<Origin> origins, @Nullable Origin hit) {
    Origin[] after = new Origin[origins.size()];
    int growth = edit.growth();
    int shift = 0;
    for (int i = 0; i < after.length; i++) {
      Origin origin = origins.get(i);
      Span source = origin.source();
      if (origin == hit) {
        Span longer = new Span(source.start(), source.end() + growth);
        after[i] = new Origin(origin.start(), origin.end() + growth, "", longer, true);
        shift = growth;
      } else {
        boolean behind = origin.partial().isEmpty() && source.start() >= edit.span().end();
        after[i] =
            new Origin(
                origin.start() + shift,
                origin.end() + shift,
                origin.partial(),
                behind ? source.shift(growth) : source,
                origin.literal());
      }
    }
    return List.of(after);
  }
}
