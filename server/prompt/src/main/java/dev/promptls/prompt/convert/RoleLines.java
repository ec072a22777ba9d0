package dev.promptls.prompt.convert;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the lines that begin messages in the texts of a Prompty body, and drops the line breaks at
/// the borders of messages, as the format does.
final class RoleLines {
  private static final Pattern ROLE =
      Pattern.compile(
          "[ \\t]*#?[ \\t]*(system|user|assistant|developer)(\\[[^\\]\\n]*])?[ \\t]*:[ \\t]*",
          Pattern.CASE_INSENSITIVE);

  private final Losses losses;
  private boolean atLineStart = true;

  private RoleLines(Losses losses) {
    this.losses = losses;
  }

  /// Text before the first role line is the system's.
  static List<Piece> split(List<Piece> pieces, Losses losses) {
    List<Piece> split = new RoleLines(losses).all(pieces);
    if (!Piece.beginsWithRole(split) && !split.isEmpty()) {
      split.addFirst(new Piece.Role("system", Span.at(0)));
    }
    return trimmed(split, false, true);
  }

  private List<Piece> all(List<Piece> pieces) {
    List<Piece> split = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      switch (pieces.get(i)) {
        case Piece.Text(String text) -> text(text, i + 1 == pieces.size(), split);
        case Piece.If(Term test, List<Piece> then, List<Piece> otherwise, Span where) -> {
          boolean before = atLineStart;
          List<Piece> first = all(then);
          boolean after = atLineStart;
          atLineStart = before;
          split.add(new Piece.If(test, first, all(otherwise), where));
          atLineStart &= after;
        }
        case Piece.Each(
                int level,
                Term list,
                List<Piece> body,
                List<Piece> otherwise,
                Span where) ->
            split.add(new Piece.Each(level, list, all(body), all(otherwise), where));
        case Piece other -> {
          split.add(other);
          atLineStart = false;
        }
      }
    }
    return split;
  }

  /// @param last whether no tag follows in its block, so that its last line is whole
  private void text(String text, boolean last, List<Piece> to) {
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int lineBreak = text.indexOf('\n', at);
      int end = lineBreak < 0 ? text.length() : lineBreak;
      String line = text.substring(at, end);
      Matcher marker = ROLE.matcher(line.endsWith("\r") ? line.substring(0, end - at - 1) : line);
      boolean whole = atLineStart && (lineBreak >= 0 || last);
      if (whole && marker.matches()) {
        flush(plain, to);
        String role = marker.group(1).toLowerCase(Locale.ROOT);
        to.add(new Piece.Role(role.equals("assistant") ? "model" : role, Span.at(0)));
        if (marker.group(2) != null) {
          losses.add("the attributes of a role", Span.at(0), "are left out: only Prompty has them");
        }
      } else {
        plain.append(line).append(lineBreak < 0 ? "" : "\n");
      }
      atLineStart = lineBreak >= 0;
      at = end + 1;
    }
    flush(plain, to);
  }

  private static void flush(StringBuilder plain, List<Piece> to) {
    if (!plain.isEmpty()) {
      to.add(new Piece.Text(plain.toString()));
      plain.setLength(0);
    }
  }

  /// @param begins whether a role stands before
  /// @param ends whether a role or the end follows
  private static List<Piece> trimmed(List<Piece> pieces, boolean begins, boolean ends) {
    List<Piece> out = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      boolean after = i == 0 ? begins : pieces.get(i - 1) instanceof Piece.Role;
      boolean behindThread = i > 0 && pieces.get(i - 1) instanceof Piece.History;
      boolean beforeThread = i + 1 < pieces.size() && pieces.get(i + 1) instanceof Piece.History;
      boolean before =
          i + 1 == pieces.size()
              ? ends
              : Piece.beginsWithRole(pieces.subList(i + 1, pieces.size()));
      switch (pieces.get(i)) {
        case Piece.Text(String text) -> {
          String rest = after ? text.replaceAll("\\A\\n+", "") : text;
          rest = before ? rest.replaceAll("\\n+\\z", "") : rest;
          rest = behindThread ? rest.stripLeading() : rest;
          rest = beforeThread ? rest.stripTrailing() : rest;
          if (!rest.isEmpty()) {
            out.add(new Piece.Text(rest));
          }
        }
        case Piece.If(Term test, List<Piece> then, List<Piece> otherwise, Span where) ->
            out.add(
                new Piece.If(
                    test, trimmed(then, after, before), trimmed(otherwise, after, before), where));
        case Piece.Each(
                int level,
                Term list,
                List<Piece> body,
                List<Piece> otherwise,
                Span where) -> {
          boolean round = before && Piece.beginsWithRole(body);
          out.add(
              new Piece.Each(
                  level,
                  list,
                  trimmed(body, false, round),
                  trimmed(otherwise, after, before),
                  where));
        }
        case Piece other -> out.add(other);
      }
    }
    return out;
  }
}
