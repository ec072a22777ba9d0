package dev.promptls.prompt.convert;

import dev.promptls.prompt.convert.Term.About;
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

  private static final Pattern LINE_END = Pattern.compile("\\r\\n?");

  private final Losses losses;
  private boolean atLineStart = true;

  private RoleLines(Losses losses) {
    this.losses = losses;
  }

  /// Text before the first role line is the system's.
  static List<Piece> split(List<Piece> pieces, Losses losses) {
    RoleLines lines = new RoleLines(losses);
    List<Piece> split = lines.all(pieces);
    if (!Piece.beginsWithRole(split) && !split.isEmpty()) {
      split.addFirst(new Piece.Role("system", Span.at(0)));
    }
    return lines.trimmed(split, false, true);
  }

  private List<Piece> all(List<Piece> pieces) {
    List<Piece> split = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      switch (pieces.get(i)) {
        case Piece.Text(String text) ->
            text(LINE_END.matcher(text).replaceAll("\n"), i + 1 == pieces.size(), split);
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
      Matcher marker = ROLE.matcher(line);
      boolean whole = atLineStart && (lineBreak >= 0 || last);
      if (whole && marker.matches()) {
        flush(plain, to);
        String role = marker.group(1).toLowerCase(Locale.ROOT);
        to.add(new Piece.Role(role.equals("assistant") ? "model" : role, Span.at(0)));
        if (marker.group(2) != null) {
          losses.add("the attributes of a role", Span.at(0), "are left out: only Prompty has them");
        }
      } else {
        if (marker.matches()) {
          losses.add(
              "a role line beside a tag",
              Span.at(0),
              "is taken for text: it begins a message only where the tag says nothing");
        }
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
  private List<Piece> trimmed(List<Piece> pieces, boolean begins, boolean ends) {
    List<Piece> out = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      boolean after = follows(pieces.subList(0, i), begins);
      boolean behindThread = i > 0 && pieces.get(i - 1) instanceof Piece.History;
      boolean beforeThread = i + 1 < pieces.size() && pieces.get(i + 1) instanceof Piece.History;
      boolean before = precedes(pieces.subList(i + 1, pieces.size()), ends);
      switch (pieces.get(i)) {
        case Piece.Text(String text) -> {
          String rest = after ? text.replaceAll("\\A\\n+", "") : text;
          rest = before ? rest.replaceAll("\\n+\\z", "") : rest;
          rest = behindThread ? rest.stripLeading() : rest;
          rest = beforeThread ? rest.stripTrailing() : rest;
          if (!rest.isEmpty()) {
            out.add(new Piece.Text(rest));
          } else if (after && before) {
            losses.add("an empty message", Span.at(0), "is left out: only Prompty has such");
          }
        }
        case Piece.If(Term test, List<Piece> then, List<Piece> otherwise, Span where) ->
            out.add(
                new Piece.If(
                    test, trimmed(then, after, before), trimmed(otherwise, after, before), where));
        case Piece.Each each -> out.add(trimmed(each, after, before));
        case Piece other -> out.add(other);
      }
    }
    return out;
  }

  /// Whether what stands behind some pieces begins a message: its first line breaks are dropped.
  private static boolean follows(List<Piece> pieces, boolean begins) {
    for (Piece piece : pieces.reversed()) {
      if (!isBreaks(piece)) {
        return piece instanceof Piece.Role;
      }
    }
    return begins;
  }

  /// Whether what stands before some pieces ends a message.
  private static boolean precedes(List<Piece> pieces, boolean ends) {
    for (int i = 0; i < pieces.size(); i++) {
      if (!isBreaks(pieces.get(i))) {
        return Piece.beginsWithRole(pieces.subList(i, pieces.size()));
      }
    }
    return ends;
  }

  private static boolean isBreaks(Piece piece) {
    return piece instanceof Piece.Text(String text) && breaks(text) == text.length();
  }

  /// A loop at the border of a message: the line breaks of its first or last round are dropped.
  private Piece trimmed(Piece.Each each, boolean after, boolean before) {
    boolean round = before && Piece.beginsWithRole(each.body());
    List<Piece> body = trimmed(each.body(), false, round);
    if (after && !body.isEmpty() && body.getFirst() instanceof Piece.Text(String text)) {
      int from = breaks(text);
      body.set(0, new Piece.Text(text.substring(from)));
      body.addFirst(between(each, About.FIRST, text.substring(0, from)));
    }
    if (before && !round && !body.isEmpty() && body.getLast() instanceof Piece.Text(String text)) {
      int end = text.length() - breaks(new StringBuilder(text).reverse());
      body.set(body.size() - 1, new Piece.Text(text.substring(0, end)));
      body.addLast(between(each, About.LAST, text.substring(end)));
    }
    body.removeIf(piece -> piece instanceof Piece.Text(String text) && text.isEmpty());
    return new Piece.Each(
        each.level(), each.list(), body, trimmed(each.otherwise(), after, before), each.where());
  }

  /// A text that is left out in a loop's first or last round.
  private static Piece between(Piece.Each each, About border, String text) {
    Piece.Text piece = new Piece.Text(text);
    return text.isEmpty()
        ? piece
        : new Piece.If(
            new Term.Not(new Term.Loop(each.level(), border)),
            List.of(piece),
            List.of(),
            each.where());
  }

  /// How many line breaks a text begins with.
  private static int breaks(CharSequence text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
    return at;
  }
}
