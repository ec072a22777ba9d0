package dev.promptls.prompt.convert;

import dev.promptls.prompt.text.Blanks;
import java.util.ArrayList;
import java.util.List;

/// Texts and tags of a Handlebars template, joined so that each text is printed as it is:
/// Handlebars drops the line of a block tag that stands alone on it, and reads some texts as tags.
final class HandlebarsTokens {
  /// A tag that prints nothing and parts what must not touch.
  static final String NOTHING = "{{!}}";

  private final List<Token> tokens = new ArrayList<>();

  private enum Kind {
    TEXT,
    TAG,
    /// A tag whose line goes with it, if nothing else stands there.
    BLOCK
  }

  private record Token(Kind kind, String text) {
    boolean is(Kind other) {
      return kind == other;
    }
  }

  void text(String text) {
    if (text.isEmpty()) {
      return;
    }
    if (!tokens.isEmpty() && tokens.getLast().is(Kind.TEXT)) {
      tokens.add(new Token(Kind.TEXT, tokens.removeLast().text() + text));
    } else {
      tokens.add(new Token(Kind.TEXT, text));
    }
  }

  void tag(String tag) {
    if (!tag.isEmpty()) {
      tokens.add(new Token(Kind.TAG, tag));
    }
  }

  void block(String tag) {
    tokens.add(new Token(Kind.BLOCK, tag));
  }

  /// Whether something other than white space is at the end.
  boolean endsDark() {
    if (tokens.isEmpty()) {
      return false;
    }
    Token last = tokens.getLast();
    return !last.is(Kind.TEXT) || !Blanks.isBlank(last.text().charAt(last.text().length() - 1));
  }

  /// @param framed whether white space at both ends would be trimmed
  String joined(boolean framed) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean tagFollows = i + 1 < tokens.size() && !tokens.get(i + 1).is(Kind.TEXT);
      if (token.is(Kind.TEXT)) {
        if (i > 0 && token.text().startsWith("}")) {
          out.append(NOTHING);
        }
        out.append(escaped(token.text(), tagFollows));
      } else {
        out.append(token.text());
        if (token.is(Kind.BLOCK) && standsAlone(i)) {
          out.append(indented(i) ? NOTHING : "\n");
        }
      }
    }
    if (framed && !tokens.isEmpty()) {
      return head(tokens.getFirst()) + out + tail(tokens.getLast());
    }
    return out.toString();
  }

  /// What keeps the white space that a template begins with. A comment alone on its line would take
  /// the line with it; two do not.
  private static String head(Token first) {
    if (!first.is(Kind.TEXT) || !Blanks.isBlank(first.text().charAt(0))) {
      return "";
    }
    String rest = first.text().replaceFirst("\\A[ \t\r]+", "");
    return rest.isEmpty() || rest.startsWith("\n") ? NOTHING + NOTHING : NOTHING;
  }

  private static String tail(Token last) {
    String text = last.text();
    if (!last.is(Kind.TEXT) || !Blanks.isBlank(text.charAt(text.length() - 1))) {
      return "";
    }
    int blanks = blanksFrom(text);
    boolean alone = blanks < text.length() && (blanks == 0 || text.charAt(blanks - 1) == '\n');
    return alone ? NOTHING + NOTHING : NOTHING;
  }

  /// Texts in which two braces begin no tag, and none is made with what follows.
  private static String escaped(String text, boolean tagFollows) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", at)) {
      out.append(text, at, open);
      if (open > 0 && text.charAt(open - 1) == '\\') {
        // The backslash is doubled in front of a tag, and the braces get one of their own.
        out.append('\\').append(NOTHING);
      }
      out.append("\\{{");
      at = open + 2;
    }
    out.append(text, at, text.length());
    if (tagFollows && text.endsWith("\\")) {
      out.append('\\');
    } else if (tagFollows && text.endsWith("{") && at < text.length()) {
      out.setLength(out.length() - 1);
      out.append("{{#with \"{\"}}{{this}}{{/with}}");
    }
    return out.toString();
  }

  private boolean standsAlone(int index) {
    boolean before = index == 0;
    if (index > 0 && tokens.get(index - 1).is(Kind.TEXT)) {
      String text = tokens.get(index - 1).text();
      int at = blanksFrom(text);
      before = at == 0 ? index == 1 : text.charAt(at - 1) == '\n';
    }
    if (!before || index + 1 >= tokens.size() || !tokens.get(index + 1).is(Kind.TEXT)) {
      return false;
    }
    String text = tokens.get(index + 1).text();
    int at = 0;
    while (at < text.length()
        && (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == '\r')) {
      at++;
    }
    return at == text.length() ? index + 2 == tokens.size() : text.charAt(at) == '\n';
  }

  private boolean indented(int index) {
    return index > 0
        && tokens.get(index - 1).is(Kind.TEXT)
        && blanksFrom(tokens.get(index - 1).text()) < tokens.get(index - 1).text().length();
  }

  /// Where the blanks at the end of a text begin.
  private static int blanksFrom(String text) {
    int at = text.length();
    while (at > 0 && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t')) {
      at--;
    }
    return at;
  }
}
