package dev.promptls.prompt.render;

import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  static @Nullable ShiftedList<Message> follow(ShiftedList<Message> messages, TextEdit edit) {
    if (!isPlain(edit.replacement())) {
      return null;
    }
    LiteralEdit following = new LiteralEdit(edit);
    BitSet behind = new BitSet(messages.size());
    Map<Integer, Message> touched = new HashMap<>();
    for (int i = 0; i < messages.size(); i++) {
      Side side = following.side(messages.raw(i), messages.shift(i));
      if (side == Side.BEHIND) {
        behind.set(i);
      } else if (side == Side.BOTH) {
        touched.put(i, following.message(messages.get(i)));
      }
    }
    return following.unclear || following.found != 1
        ? null
        : messages.moved(edit.growth(), behind).with(touched);
  }

  /// On which side of an edit the file has what something is made of.
  private enum Side {
    /// Or nowhere in the file.
    BEFORE,
    BEHIND,
    /// Or the edit is in it.
    BOTH
  }

  /// @param shift how far the message stands from the ranges it has
  private Side side(Message message, int shift) {
    Side side = null;
    for (int i = 0; i < message.content().size(); i++) {
      if (message.content().get(i) instanceof Part.Text text) {
        for (int j = 0; j < text.origins().size(); j++) {
          Origin origin = text.origins().get(j);
          if (origin.partial().isEmpty()) {
            Side other = side(origin.source(), shift);
            side = side == null || side == other ? other : Side.BOTH;
          }
        }
      }
    }
    return side == null ? Side.BEFORE : side;
  }

  private Side side(Span source, int shift) {
    if (source.start() + shift >= edit.span().end()) {
      return Side.BEHIND;
    }
    return source.end() + shift <= edit.span().start() ? Side.BEFORE : Side.BOTH;
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

  private Message message(Message message) {
    List<Part> parts = new ArrayList<>(message.content().size());
    for (Part part : message.content()) {
      parts.add(part instanceof Part.Text text ? part(text) : part);
    }
    return new Message(message.role(), parts, message.metadata());
  }

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
