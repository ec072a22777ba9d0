package dev.promptls.prompt.render;

import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.Span;
import dev.promptls.template.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cuts a rendered dotprompt text at the markers that its helpers leave, as the reference
/// implementation does (google/dotprompt, `parse.ts`).
final class MessageCutter {
  private static final Pattern ROLE_OR_HISTORY =
      Pattern.compile("(<<<dotprompt:(?:role:[a-z]+|history))>>>");
  private static final String ROLE = "<<<dotprompt:role:";
  private static final String MARKER = "<<<dotprompt:";
  private static final String HISTORY = MARKER + "history";
  private static final String MEDIA = MARKER + "media:url";
  private static final String END = ">>>";
  private static final String SECTION = MARKER + "section";

  private final String text;
  private final OriginMap origins;
  private final @Nullable List<Message> history;
  private final List<Draft> drafts = new ArrayList<>();
  private Draft current = new Draft("user");

  private MessageCutter(String text, OriginMap origins, @Nullable List<Message> history) {
    this.text = text;
    this.origins = origins;
    this.history = history;
    drafts.add(current);
  }

  /// @param history the conversation so far, null if not given
  static List<Message> cut(String text, OriginMap origins, @Nullable List<Message> history) {
    MessageCutter cutter = new MessageCutter(text, origins, history);
    cutter.cutMessages();
    return cutter.withHistory();
  }

  private void cutMessages() {
    Matcher markers = ROLE_OR_HISTORY.matcher(text);
    Words words = new Words(text);
    int from = 0;
    int at = text.indexOf(MARKER);
    while (at >= 0) {
      int end = at + 1;
      if (markers.region(at, text.length()).lookingAt()) {
        keep(from, at);
        if (text.startsWith(ROLE, at)) {
          role(words.of(at + ROLE.length(), markers.end(1)));
        } else {
          insertHistory();
        }
        end = markers.end();
        from = end;
      }
      at = text.indexOf(MARKER, end);
    }
    keep(from, text.length());
  }

  /// Keeps a piece of text. One that begins like a marker is taken for one, as a role that is no
  /// lower case word makes it: what follows is lost.
  private void keep(int start, int end) {
    if (start < end && text.startsWith(ROLE, start)) {
      role(text.substring(start + ROLE.length(), end));
    } else if (start < end && text.startsWith(HISTORY, start)) {
      insertHistory();
    } else if (!Blanks.isBlank(text, start, end)) {
      current.pieces.add(new Span(start, end));
    }
  }

  private void role(String role) {
    if (current.pieces.isEmpty()) {
      current.role = role;
    } else {
      begin(role);
    }
  }

  private void begin(String role) {
    current = new Draft(role);
    drafts.add(current);
  }

  private void insertHistory() {
    for (Message message : history == null ? List.<Message>of() : history) {
      Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
      if (message.metadata() != null) {
        metadata.putAll(message.metadata());
      }
      metadata.put("purpose", "history");
      Draft draft = new Draft(message.role());
      draft.given = new Message(message.role(), message.content(), metadata);
      drafts.add(draft);
    }
    begin("model");
  }

  private List<Message> withHistory() {
    List<Message> messages = new ArrayList<>();
    boolean marked = false;
    for (Draft draft : drafts) {
      Message message = draft.given;
      if (message == null && !draft.pieces.isEmpty()) {
        message = new Message(draft.role, parts(draft.pieces), null);
      }
      if (message != null) {
        messages.add(message);
        Map<String, @Nullable Object> metadata = message.metadata();
        marked |= metadata != null && "history".equals(metadata.get("purpose"));
      }
    }
    if (history == null || marked) {
      return messages;
    }
    boolean beforeLast = !messages.isEmpty() && messages.getLast().role().equals("user");
    messages.addAll(messages.size() - (beforeLast ? 1 : 0), history);
    return messages;
  }

  private List<Part> parts(List<Span> pieces) {
    String whole = joined(pieces);
    List<Part> parts = new ArrayList<>(1);
    int from = 0;
    for (Span marker = marker(whole, 0); marker != null; marker = marker(whole, from)) {
      text(parts, whole, from, marker.start(), pieces);
      parts.add(marked(marker.of(whole)));
      from = marker.end() + END.length();
    }
    text(parts, whole, from, whole.length(), pieces);
    return parts;
  }

  /// Pieces of one message are joined across markers that only renamed it.
  private String joined(List<Span> pieces) {
    if (pieces.size() == 1) {
      return pieces.getFirst().of(text);
    }
    StringBuilder joined = new StringBuilder();
    for (Span piece : pieces) {
      joined.append(text, piece.start(), piece.end());
    }
    return joined.toString();
  }

  /// The next media or section marker, without its end; it must end in its line.
  private static @Nullable Span marker(String text, int from) {
    int close = -1;
    int at = text.indexOf(MARKER, from);
    while (at >= 0) {
      int next = at + 1;
      if (text.startsWith(MEDIA, at) || text.startsWith(SECTION, at)) {
        // What was found for one marker is still the next end for those before it.
        close = close < at + SECTION.length() ? text.indexOf(END, at + SECTION.length()) : close;
        if (close < 0) {
          return null;
        }
        next = lineEnd(text, at, close);
        if (next == close) {
          return new Span(at, close);
        }
      }
      at = text.indexOf(MARKER, next);
    }
    return null;
  }

  /// Where a line ends, but no further than `to`.
  private static int lineEnd(String text, int from, int to) {
    int at = from;
    while (at < to && "\n\r\u2028\u2029".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private void text(List<Part> parts, String joined, int start, int end, List<Span> pieces) {
    if (!Blanks.isBlank(joined, start, end)) {
      List<Origin> from = origins.of(pieces, start, end);
      parts.add(new Part.Text(joined.substring(start, end), from));
    }
  }

  private static Part marked(String marker) {
    String[] words = marker.split(" ", -1);
    String first = words.length > 1 ? words[1] : "";
    if (marker.startsWith(MEDIA)) {
      boolean typed = words.length > 2 && !words[2].isEmpty();
      return new Part.Media(first, typed ? words[2] : null);
    }
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("purpose", first);
    metadata.put("pending", true);
    return new Part.Pending(metadata);
  }

  /// A message that is being collected: pieces of the text, or one that was given.
  private static final class Draft {
    private final List<Span> pieces = new ArrayList<>(1);
    private String role;
    private @Nullable Message given;

    Draft(String role) {
      this.role = role;
    }
  }
}
