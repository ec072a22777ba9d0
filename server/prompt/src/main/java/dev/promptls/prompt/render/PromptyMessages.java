package dev.promptls.prompt.render;

import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.RoleLine;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Cuts a rendered Prompty text into messages (§6 of its specification): at its role lines, and at
/// the markers of conversations and media.
///
/// A role line must be the template's own words. One that a value made, in whole or in part, would
/// let the value speak in another role, and is refused unless the file says `strict: false`; the
/// reference finds such lines by a secret that it writes into its own.
final class PromptyMessages {
  private final String text;
  private final OriginMap origins;
  private final RichInputs rich;
  private final boolean strict;
  private final Consumer<Problem> problems;
  private final List<Message> messages = new ArrayList<>();
  private boolean forged;
  private boolean threadPlaced;

  private String role = "system";
  private Map<String, @Nullable Object> attributes = Map.of();

  /// The lines since the last role line, each with the `\n` that ends it.
  private List<Span> pieces = new ArrayList<>();

  /// Where in these a `\r` alone became a `\n`.
  private final Set<Integer> returns = new HashSet<>();

  PromptyMessages(
      String text, OriginMap origins, RichInputs rich, boolean strict, Consumer<Problem> problems) {
    this.text = text;
    this.origins = origins;
    this.rich = rich;
    this.strict = strict;
    this.problems = problems;
  }

  /// The messages; none if a role line is refused.
  List<Message> read() {
    int at = 0;
    while (at < text.length() && !forged) {
      int end = lineEnd(at);
      Span line = new Span(at, end);
      RoleLine marker = RoleLine.of(text, line);
      if (marker == null) {
        pieces.add(line);
        boolean pair = text.startsWith("\r\n", end);
        pieces.add(newline(end, pair));
        at = end + (pair ? 2 : 1);
      } else {
        check(line, marker);
        flush();
        role = marker.role();
        attributes = attributes(marker);
        at = end + (text.startsWith("\r\n", end) ? 2 : 1);
      }
    }
    flush();
    if (forged) {
      return List.of();
    }
    if (!threadPlaced) {
      rich.marked().values().stream()
          .filter(value -> value.kind().equals("thread"))
          .forEach(value -> messages.addAll(value.messages()));
    }
    return messages;
  }

  /// The line break at an offset as `\n`; empty at the end of the text.
  private Span newline(int end, boolean pair) {
    int from = pair ? end + 1 : end;
    return new Span(Math.min(from, text.length()), Math.min(from + 1, text.length()));
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  private void check(Span line, RoleLine marker) {
    int colon = line.start() + line.of(text).lastIndexOf(':');
    Span made = strict ? origins.made(marker.roleSpan()) : null;
    made = strict && made == null ? origins.made(new Span(colon, colon + 1)) : made;
    if (made != null && !forged) {
      forged = true;
      String message =
          "A value makes the line '"
              + shown(line.of(text).strip())
              + "', which would begin a message of role "
              + marker.role()
              + "; change the value, or say template: {format: {kind: jinja2, strict: false}}.";
      problems.accept(new Problem("forged-role", made, Severity.ERROR, message));
    }
  }

  private static String shown(String line) {
    return line.length() > 80 ? line.substring(0, 80) + "…" : line;
  }

  private static Map<String, @Nullable Object> attributes(RoleLine marker) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>(marker.attributes());
    attributes.remove("nonce");
    return attributes;
  }

  /// Ends a message. One without any line is none.
  private void flush() {
    if (pieces.isEmpty()) {
      return;
    }
    StringBuilder joined = new StringBuilder();
    returns.clear();
    for (Span piece : pieces) {
      boolean lineBreak = piece.length() == 1 && text.charAt(piece.start()) == '\r';
      if (lineBreak) {
        returns.add(joined.length());
      }
      joined.append(lineBreak ? "\n" : piece.of(text));
    }
    String content = joined.toString();
    int from = 0;
    int end = content.length();
    while (from < end && content.charAt(from) == '\n') {
      from++;
    }
    while (end > from && content.charAt(end - 1) == '\n') {
      end--;
    }
    cut(content, new Span(from, end));
    pieces = new ArrayList<>();
  }

  /// Puts the markers' values in their places.
  private void cut(String content, Span whole) {
    Span rest = whole;
    String marker = first(content, rest);
    boolean any = marker != null;
    while (marker != null) {
      int at = content.indexOf(marker, rest.start());
      say(content, new Span(rest.start(), at).strip(content), false);
      place(rich.marked().get(marker));
      rest = new Span(at + marker.length(), rest.end());
      marker = first(content, rest);
    }
    say(content, any ? rest.strip(content) : rest, !any);
  }

  private @Nullable String first(String content, Span within) {
    int at = rich.marked().isEmpty() ? -1 : content.indexOf(RichInputs.PREFIX, within.start());
    while (at >= 0 && at < within.end()) {
      for (String marker : rich.marked().keySet()) {
        if (content.startsWith(marker, at)) {
          return marker;
        }
      }
      at = content.indexOf(RichInputs.PREFIX, at + 1);
    }
    return null;
  }

  private void say(String content, Span said, boolean evenEmpty) {
    if (!said.isEmpty() || evenEmpty) {
      List<Origin> from = new ArrayList<>(origins.of(pieces, said.start(), said.end()));
      if (!returns.isEmpty()) {
        from.replaceAll(origin ->
            returns.contains(said.start() + origin.start())
                ? new Origin(origin.start(), origin.end(), "", origin.source(), false)
                : origin);
      }
      Part part = new Part.Text(said.of(content), from);
      messages.add(new Message(role, List.of(part), attributes.isEmpty() ? null : attributes));
    }
  }

  private void place(RichInputs.@Nullable Value value) {
    threadPlaced = true;
    if (value == null || value.value() == null) {
      return;
    }
    if (value.kind().equals("thread")) {
      messages.addAll(value.messages());
      return;
    }
    List<Part> parts = new ArrayList<>();
    boolean joins = !messages.isEmpty() && messages.getLast().role().equals("user");
    Map<String, @Nullable Object> metadata = null;
    if (joins) {
      Message last = messages.removeLast();
      parts.addAll(last.content());
      metadata = last.metadata();
    }
    parts.add(PromptyThread.media(value.value()));
    messages.add(new Message("user", parts, metadata));
  }
}
