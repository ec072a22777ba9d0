package dev.promptls.template.jinja.filters;

import dev.promptls.template.python.Bound;
import dev.promptls.template.python.CodePoints;
import dev.promptls.template.python.Html;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.python.Splitting;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The filter `urlize`, which makes links of the addresses in a text, as Jinja2 recognises them.
final class Links {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS;
  private static final Pattern PAGE =
      Pattern.compile(
          "((https?://|www\\.)(([\\w%-]+\\.)+)?([a-z]{2,63}|xn--[\\w%]{2,59})"
              + "|([\\w%-]{2,63}\\.)+(com|net|int|edu|gov|org|info|mil)"
              + "|https?://(\\d{1,3}(\\.\\d{1,3}){3}|\\[([\\da-f]{0,4}:){2}([\\da-f]{0,4}:?){1,6}]))"
              + "(?::\\d{1,5})?(?:[/?#]\\S*)?",
          FLAGS);
  private static final Pattern MAIL = Pattern.compile("\\S+@\\w[\\w.-]*\\.\\w+", FLAGS);
  private static final Pattern SCHEME = Pattern.compile("[\\w.+-]{2,}:/{0,2}", FLAGS);
  private static final Pattern HEAD = Pattern.compile("([(<]|&lt;)++");

  /// Pairs whose end belongs to an address when their beginning does.
  private static final List<List<String>> PAIRS =
      List.of(List.of("(", ")"), List.of("<", ">"), List.of("&lt;", "&gt;"));

  /// What may end a sentence behind an address.
  private static final List<String> TAIL = List.of(")", ">", ".", ",", "&gt;");

  /// Characters of the longest word that may be an address.
  private static final int LENGTH = 2_000;

  private final Meter meter;
  private final String attributes;
  private final @Nullable Integer limit;
  private final List<String> schemes;

  /// @param bound the filter's arguments
  Links(Meter meter, Python python, PythonText text, Html html, Bound bound) {
    this.meter = meter;
    this.limit =
        bound.get("trim_url_limit", null) == null ? null : bound.integer("trim_url_limit", 0);
    Set<String> relations = new TreeSet<>(List.of("noopener"));
    if (bound.flag("nofollow")) {
      relations.add("nofollow");
    }
    if (bound.flag("rel")) {
      new Splitting(meter)
          .words(bound.string("rel"), Integer.MAX_VALUE)
          .forEach(word -> relations.add(text.of(word)));
    }
    Object target = bound.get("target", null);
    this.attributes =
        " rel=\""
            + html.escaped(String.join(" ", relations))
            + "\""
            + (Python.truth(target) ? " target=\"" + html.escape(target).text() + "\"" : "");
    List<@Nullable Object> given = python.items(bound.get("extra_schemes", null));
    this.schemes = given == null ? List.of() : given.stream().map(text::of).toList();
    for (String scheme : schemes) {
      if (!SCHEME.matcher(scheme).matches()) {
        throw new Failure("'" + scheme + "' is no scheme of an address; write one such as 'ftp:'.");
      }
    }
  }

  /// @param escaped a text that is HTML
  String in(String escaped) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (from < escaped.length()) {
      int to = from;
      boolean space = CodePoints.isSpace(escaped.charAt(from));
      while (to < escaped.length() && CodePoints.isSpace(escaped.charAt(to)) == space) {
        meter.walk();
        to++;
      }
      String word = escaped.substring(from, to);
      out.append(meter.made(space || word.length() > LENGTH ? word : linked(word)));
      from = to;
    }
    return out.toString();
  }

  private String linked(String word) {
    // The patterns may go over a word several times.
    meter.steps(word.length());
    Matcher opening = HEAD.matcher(word);
    String head = opening.lookingAt() ? opening.group() : "";
    String middle = word.substring(head.length());
    int end = middle.length();
    for (String last = ending(middle, end); last != null; last = ending(middle, end)) {
      end -= last.length();
    }
    String tail = middle.substring(end);
    middle = middle.substring(0, end);
    for (List<String> pair : PAIRS) {
      int open = count(middle, pair.getFirst());
      if (open > count(middle, pair.getLast())) {
        for (int i = Math.min(open, count(tail, pair.getLast())); i > 0; i--) {
          int behind = tail.indexOf(pair.getLast()) + pair.getLast().length();
          middle += tail.substring(0, behind);
          tail = tail.substring(behind);
        }
      }
    }
    return head + link(middle) + tail;
  }

  private static @Nullable String ending(String text, int end) {
    for (String last : TAIL) {
      if (text.startsWith(last, end - last.length())) {
        return last;
      }
    }
    return null;
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private String link(String address) {
    if (PAGE.matcher(address).matches()) {
      boolean complete = address.startsWith("https://") || address.startsWith("http://");
      return "<a href=\""
          + (complete ? "" : "https://")
          + address
          + "\""
          + attributes
          + ">"
          + shown(address)
          + "</a>";
    }
    if (address.startsWith("mailto:") && MAIL.matcher(address.substring(7)).matches()) {
      return "<a href=\"" + address + "\">" + address.substring(7) + "</a>";
    }
    boolean mail =
        address.indexOf('@') > 0 && !address.startsWith("www.") && address.indexOf(':') < 0;
    if (mail && MAIL.matcher(address).matches()) {
      return "<a href=\"mailto:" + address + "\">" + address + "</a>";
    }
    String result = address;
    for (String scheme : schemes) {
      if (!result.equals(scheme) && result.startsWith(scheme)) {
        result = "<a href=\"" + result + "\"" + attributes + ">" + result + "</a>";
      }
    }
    return result;
  }

  private String shown(String address) {
    return limit == null || CodePoints.length(address) <= limit
        ? address
        : CodePoints.slice(
                address,
                0,
                limit < 0 ? Math.max(0, CodePoints.length(address) + limit) : limit,
                1,
                meter)
            + "...";
  }
}
