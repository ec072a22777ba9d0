package dev.promptls.template.python;

import dev.promptls.template.run.Meter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What templates do about HTML: escaping, by filters or inside `autoescape`, and taking tags away.
public final class Html {
  /// The names of the characters from U+00A0 to U+00FF.
  private static final List<String> LATIN =
      List.of(
          """
          nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
          sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave \
          Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
          ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN \
          szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
          iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute \
          ucirc uuml yacute thorn yuml\
          """
              .split(" "));

  private static final Map<String, Integer> ENTITIES = entities();

  private final Meter meter;
  private final PythonText text;
  private boolean automatic;

  public Html(Meter meter, PythonText text) {
    this.meter = meter;
    this.text = text;
  }

  /// Whether what is printed is escaped, since it stands inside an `autoescape`.
  public boolean automatic() {
    return automatic;
  }

  /// Enters or leaves an `autoescape`.
  ///
  /// @return what held until now
  public boolean automatic(boolean value) {
    boolean before = automatic;
    automatic = value;
    return before;
  }

  /// A text that the template made: HTML where escaping is automatic.
  public Object made(String text) {
    return automatic ? new Markup(text) : text;
  }

  /// A value printed where it stands.
  public String printed(@Nullable Object value) {
    return automatic ? escape(value).text() : text.of(value);
  }

  public Markup escape(@Nullable Object value) {
    return value instanceof Markup m ? m : new Markup(escaped(text.of(value)));
  }

  public String escaped(String s) {
    StringBuilder out = new StringBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      meter.walk();
      char c = s.charAt(i);
      int before = out.length();
      switch (c) {
        case '&' -> out.append("&amp;");
        case '>' -> out.append("&gt;");
        case '<' -> out.append("&lt;");
        case '\'' -> out.append("&#39;");
        case '"' -> out.append("&#34;");
        default -> out.append(c);
      }
      meter.chars(out.length() - before);
    }
    return out.toString();
  }

  /// A text without tags and comments, with runs of white space as one blank and entities as what
  /// they mean.
  public String stripped(String s) {
    StringBuilder bare = new StringBuilder();
    int from = 0;
    for (int at = meter.indexOf(s, "<", 0); at >= 0; at = meter.indexOf(s, "<", from)) {
      meter.step();
      boolean comment = s.startsWith("<!--", at);
      int end = meter.indexOf(s, comment ? "-->" : ">", comment ? at + 4 : at);
      if (end < 0) {
        break;
      }
      bare.append(s, from, at);
      from = end + (comment ? 3 : 1);
    }
    bare.append(s, from, s.length());
    StringBuilder out = new StringBuilder();
    for (Object word : new Splitting(meter).words(bare.toString(), Integer.MAX_VALUE)) {
      out.append(out.isEmpty() ? "" : " ").append(word);
    }
    return unescaped(meter.made(out.toString()));
  }

  /// A text with its entities as the characters they mean.
  public String unescaped(String s) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int at = meter.indexOf(s, "&", 0); at >= 0; at = meter.indexOf(s, "&", at + 1)) {
      meter.step();
      int end = s.indexOf(';', at, Math.min(s.length(), at + 12));
      int c = end < 0 ? -1 : character(s.substring(at + 1, end));
      if (c >= 0) {
        out.append(s, from, at).appendCodePoint(c);
        from = end + 1;
      }
    }
    return meter.made(out.append(s, from, s.length()).toString());
  }

  /// The character that an entity means, or -1.
  private static int character(String name) {
    if (name.startsWith("#")) {
      boolean hex = name.startsWith("x", 1) || name.startsWith("X", 1);
      String digits = name.substring(hex ? 2 : 1);
      int radix = hex ? 16 : 10;
      boolean valid =
          !digits.isEmpty()
              && digits.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
      long code = valid ? Long.parseLong(digits, radix) : -1;
      return code > 0 && code <= Character.MAX_CODE_POINT ? (int) code : -1;
    }
    return ENTITIES.getOrDefault(name, -1);
  }

  private static Map<String, Integer> entities() {
    Map<String, Integer> entities = new HashMap<>();
    for (int i = 0; i < LATIN.size(); i++) {
      entities.put(LATIN.get(i), 0xA0 + i);
    }
    List<String> names =
        List.of(
            "lt < gt > amp & quot \" apos ' ndash – mdash — lsquo ‘ rsquo ’ ldquo “ rdquo ” bull • hellip … euro € trade ™"
                .split(" "));
    for (int i = 0; i < names.size(); i += 2) {
      entities.put(names.get(i), names.get(i + 1).codePointAt(0));
    }
    return Map.copyOf(entities);
  }
}
