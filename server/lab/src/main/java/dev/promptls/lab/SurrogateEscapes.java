package dev.promptls.lab;

/// Escapes of surrogates in JSON text. RFC 8259 allows one without its partner, a strict reader
/// does not, and real data has them.
final class SurrogateEscapes {
  private static final int LENGTH = 6;
  private static final int NONE = -1;
  private static final String REPLACEMENT = "\\ufffd";

  private SurrogateEscapes() {}

  /// The text with an escaped U+FFFD for each escaped surrogate that has no partner; its length
  /// stays the same, so that positions in messages are those of the file.
  static String paired(String json) {
    StringBuilder out = null;
    int at = json.indexOf('\\');
    while (at >= 0) {
      int unit = unit(json, at);
      int length = unit == NONE ? 2 : LENGTH;
      if (unit != NONE && Character.isSurrogate((char) unit)) {
        int next = unit(json, at + LENGTH);
        if (next != NONE && Character.isSurrogatePair((char) unit, (char) next)) {
          length = 2 * LENGTH;
        } else {
          out = out == null ? new StringBuilder(json) : out;
          out.replace(at, at + LENGTH, REPLACEMENT);
        }
      }
      at = json.indexOf('\\', at + length);
    }
    return out == null ? json : out.toString();
  }

  /// The UTF-16 unit that is escaped at an offset.
  private static int unit(String json, int at) {
    if (!json.startsWith("\\u", at) || at + LENGTH > json.length()) {
      return NONE;
    }
    int unit = 0;
    for (int i = at + 2; i < at + LENGTH; i++) {
      int digit = Character.digit(json.charAt(i), 16);
      if (digit < 0) {
        return NONE;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }
}
