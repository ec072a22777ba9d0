package dev.promptls.lsp.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The end of one line between two messages. Of an endless line only its end is kept, because a
/// header can only be found there.
final class HeaderLine {
  static final int KEPT = 256;

  private static final String NAME = "content-length";
  private static final Pattern LENGTH = Pattern.compile(NAME + "[ \t]*:[ \t]*(\\d{1,18})[ \t]*$");
  private static final Pattern START_OF_LENGTH =
      Pattern.compile(NAME + "[ \t]*(:[ \t]*\\d*[ \t]*\r?)?");
  private static final Pattern CHARSET = Pattern.compile("charset[ \t]*=[ \t]*\"?([^\";\\s]+)");

  private final String text;

  private HeaderLine(String text) {
    this.text = text;
  }

  /// The line that ends before `end`; what lies more than [#KEPT] bytes before is not looked at.
  static HeaderLine endingAt(byte[] bytes, int start, int end) {
    int to = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
    int from = Math.max(start, to - KEPT);
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    return new HeaderLine(text.toLowerCase(Locale.ROOT));
  }

  boolean isBlank() {
    return text.isEmpty();
  }

  /// Whether the line speaks of a length, well or badly.
  boolean namesLength() {
    return text.contains(NAME);
  }

  /// The length that ends this line, also behind other bytes; -1 if there is none.
  long length() {
    Matcher matcher = LENGTH.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }

  /// Whether the line names a character set other than UTF-8, the only one of the protocol.
  boolean refusesCharset() {
    Matcher matcher = CHARSET.matcher(text);
    return matcher.find() && !matcher.group(1).equals("utf-8") && !matcher.group(1).equals("utf8");
  }

  /// How many of the last bytes begin a length header that is cut off; 0 if none do.
  static int lengthCutOff(byte[] bytes, int end) {
    int from = Math.max(0, end - 64);
    String tail =
        new String(bytes, from, end - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    for (int at = tail.indexOf('c'); at >= 0; at = tail.indexOf('c', at + 1)) {
      String rest = tail.substring(at);
      if (NAME.startsWith(rest) || START_OF_LENGTH.matcher(rest).matches()) {
        return rest.length();
      }
    }
    return 0;
  }
}
