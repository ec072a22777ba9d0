package dev.promptls.prompt.check;

import java.util.Set;

/// Tags that are read at a glance, as most tags are.
final class PlainTag {
  /// Words that may mean more than a name where one can stand.
  private static final Set<String> HANDLEBARS = Set.of("as", "else");

  private static final Set<String> JINJA = Set.of("and", "else", "if", "in", "is", "not", "or");

  private PlainTag() {}

  /// Whether a tag of Handlebars is `{{else}}`, `{{name}}`, `{{name value}}`, `{{#name}}`, `{{#name
  /// value}}` or `{{/name}}`, where a value is a name or a word in quotes.
  static boolean isHandlebars(String tag) {
    if (tag.equals("{{else}}")) {
      return true;
    }
    int end = inside(tag, "{{", "}}");
    char mark = end > 2 ? tag.charAt(2) : ' ';
    int start = mark == '#' || mark == '/' ? 3 : 2;
    int name = wordEnd(tag, start, end);
    if (!isName(tag, start, name, HANDLEBARS)) {
      return false;
    }
    boolean valued = name < end && mark != '/' && tag.charAt(name) == ' ';
    return name == end || (valued && isValue(tag, name + 1, end));
  }

  /// Whether a tag of Jinja is `{{name}}`, `{{ name }}`, `{% else %}`, `{% if name %}` or `{% elif
  /// name %}`.
  static boolean isJinja(String tag) {
    int print = inside(tag, "{{", "}}");
    if (print > 2) {
      boolean spaced = tag.charAt(2) == ' ' && tag.charAt(print - 1) == ' ' && print > 4;
      return isWhole(tag, spaced ? 3 : 2, spaced ? print - 1 : print, JINJA);
    }
    if (tag.equals("{% else %}")) {
      return true;
    }
    int start = tag.startsWith("{% if ") ? 6 : tag.startsWith("{% elif ") ? 8 : 0;
    return start > 0 && tag.endsWith(" %}") && isWhole(tag, start, tag.length() - 3, JINJA);
  }

  /// Where the inside of a tag ends; 0 if it is no tag between these.
  private static int inside(String tag, String open, String close) {
    int end = tag.length() - close.length();
    return end > open.length() && tag.startsWith(open) && tag.startsWith(close, end) ? end : 0;
  }

  private static boolean isValue(String tag, int start, int end) {
    boolean quoted = start < end - 1 && tag.charAt(start) == '"' && tag.charAt(end - 1) == '"';
    return quoted
        ? wordEnd(tag, start + 1, end - 1) == end - 1
        : isWhole(tag, start, end, HANDLEBARS);
  }

  private static boolean isWhole(String tag, int start, int end, Set<String> keywords) {
    return wordEnd(tag, start, end) == end && isName(tag, start, end, keywords);
  }

  private static boolean isName(String tag, int start, int end, Set<String> keywords) {
    return start < end
        && Character.isLetter(tag.charAt(start))
        && !keywords.contains(tag.substring(start, end));
  }

  private static int wordEnd(String tag, int from, int end) {
    int at = from;
    while (at < end && (Character.isLetterOrDigit(tag.charAt(at)) || tag.charAt(at) == '_')) {
      at++;
    }
    return at;
  }
}
