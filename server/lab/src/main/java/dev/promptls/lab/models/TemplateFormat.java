package dev.promptls.lab.models;

import dev.promptls.lab.ChatFormat;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import dev.promptls.model.chat.ChatTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Conversations as a model's own chat template writes them.
///
/// A template that only copies what the messages say ([ChatTemplate#sought]) need not be rendered
/// again when one of them says something else: the words are replaced where they stand. Where that
/// is, tells a rendering in which each message says a word of its own.
final class TemplateFormat implements ChatFormat {
  private static final char OPEN = '\uE000';
  private static final char CLOSE = '\uE001';

  /// Longer ones are rendered, so that all limits of templates hold.
  private static final int MOST = 8 << 20;

  private final ChatTemplate template;

  TemplateFormat(ChatTemplate template) {
    this.template = template;
  }

  @Override
  public String apply(List<ChatMessage> messages) throws ModelException {
    return template.render(messages, true);
  }

  @Override
  public @Nullable Layout layout(List<ChatMessage> messages, String text) {
    Set<String> sought = template.sought();
    if (sought == null || text.length() > MOST || !saysSomething(messages)) {
      return null;
    }
    List<ChatMessage> marked = new ArrayList<>(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      marked.add(new ChatMessage(messages.get(i).role(), " " + OPEN + i + CLOSE + " "));
    }
    try {
      CopyLayout layout = new CopyLayout(sought, places(apply(marked), messages.size()));
      return layout.writes(messages, text) ? layout : null;
    } catch (ModelException refused) {
      return null;
    }
  }

  private static boolean saysSomething(List<ChatMessage> messages) {
    return messages.stream().noneMatch(message -> message.content().isBlank());
  }

  /// A copy of what a message says.
  ///
  /// @param before the text of the template before it
  /// @param left whether white space at its beginning is copied
  /// @param right whether that at its end is
  private record Place(int message, String before, boolean left, boolean right) {
    String of(List<ChatMessage> messages) {
      String said = messages.get(message).content();
      said = left ? said : said.stripLeading();
      return right ? said : said.stripTrailing();
    }
  }

  private static List<Place> places(String marked, int messages) {
    List<Place> places = new ArrayList<>();
    int from = 0;
    for (int at = marked.indexOf(OPEN); at >= 0; at = marked.indexOf(OPEN, at)) {
      int close = marked.indexOf(CLOSE, at);
      int message = Integer.parseInt(marked, at + 1, close, 10);
      boolean left = at > from && marked.charAt(at - 1) == ' ';
      boolean right = marked.startsWith(" ", close + 1);
      places.add(new Place(message, marked.substring(from, left ? at - 1 : at), left, right));
      from = right ? close + 2 : close + 1;
      at = from;
    }
    places.add(new Place(messages, marked.substring(from), true, true));
    return places;
  }

  /// @param sought what no message may say
  /// @param places in order; the last is the end of the text
  private record CopyLayout(Set<String> sought, List<Place> places) implements Layout {
    /// Whether it tells a text that the template wrote.
    boolean writes(List<ChatMessage> messages, String text) {
      int at = 0;
      for (Place place : places) {
        String said = place.message() == messages.size() ? "" : place.of(messages);
        if (!text.startsWith(place.before(), at)
            || !text.startsWith(said, at + place.before().length())) {
          return false;
        }
        at += place.before().length() + said.length();
      }
      return at == text.length();
    }

    @Override
    public @Nullable String after(String text, List<ChatMessage> before, List<ChatMessage> now) {
      int changed = changed(before, now);
      if (changed < 0) {
        return changed == SAME ? text : null;
      }
      String old = before.get(changed).content();
      String said = now.get(changed).content();
      if (text.length() + said.length() > MOST || !isInside(old, said) || seeks(old, said)) {
        return null;
      }
      StringBuilder after = new StringBuilder(text.length() + said.length());
      int at = 0;
      int copied = 0;
      for (Place place : places.subList(0, places.size() - 1)) {
        at += place.before().length();
        int end = at + place.of(before).length();
        if (place.message() == changed) {
          after.append(text, copied, at).append(place.of(now));
          copied = end;
        }
        at = end;
      }
      return after.append(text, copied, text.length()).toString();
    }

    private static final int SAME = -1;
    private static final int OTHERWISE = -2;

    /// Which message says something else; negative if none does, or more than one, or one in
    /// another role.
    private static int changed(List<ChatMessage> before, List<ChatMessage> now) {
      if (before.size() != now.size()) {
        return OTHERWISE;
      }
      int changed = SAME;
      for (int i = 0; i < now.size(); i++) {
        if (!before.get(i).role().equals(now.get(i).role())) {
          return OTHERWISE;
        }
        if (!before.get(i).content().equals(now.get(i).content())) {
          if (changed != SAME) {
            return OTHERWISE;
          }
          changed = i;
        }
      }
      return changed;
    }

    /// Whether both begin and end with the same character and the same white space before and
    /// behind it, so that of both the same is stripped.
    private static boolean isInside(String old, String said) {
      int head = blanks(old);
      int tail = blanksBehind(old);
      return head < old.length()
          && head == blanks(said)
          && tail == blanksBehind(said)
          && old.regionMatches(0, said, 0, head + 1)
          && old.regionMatches(old.length() - tail - 1, said, said.length() - tail - 1, tail + 1);
    }

    /// How long the white space is with which a text begins, in UTF-16 units.
    private static int blanks(String text) {
      int at = 0;
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return at;
    }

    private static int blanksBehind(String text) {
      int at = text.length();
      while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
        at--;
      }
      return text.length() - at;
    }

    private boolean seeks(String old, String said) {
      for (String words : sought) {
        if (!words.isEmpty() && (old.contains(words) || said.contains(words))) {
          return true;
        }
      }
      return false;
    }
  }
}
