package dev.promptls.prompt.shots;

import java.util.List;
import java.util.Random;

/// Values that are hard to write in some of the formats.
final class HardValues {
  private HardValues() {}

  private static final List<String> PIECES =
      List.of(
          "word",
          " ",
          "  ",
          ": ",
          ":",
          " #",
          "#",
          "- ",
          "\n",
          "\n\n",
          "'",
          "\"",
          "\\",
          "{",
          "}",
          "[",
          "]",
          ",",
          "&a",
          "*a",
          "!t",
          "|",
          ">",
          "%",
          "@",
          "`",
          "{{",
          "}}",
          "yes",
          "null",
          "3",
          "-1.5",
          "0x1F",
          "1e3",
          ".inf",
          "~",
          "---",
          "...",
          "é",
          "日本",
          "\uD83D\uDE00",
          "\t",
          "\u0007",
          "\u00a0",
          "\u0085",
          "\u2028",
          "\uFEFF",
          "Q: ",
          "A: ",
          "? ",
          "= ",
          "<<",
          "\r\n",
          "2024-01-01",
          "key: value",
          "- item",
          "# comment",
          "|\n  x",
          "A:",
          "Q:",
          " -> ");

  /// A text of some hard pieces, never blank.
  static String some(Random random) {
    StringBuilder value = new StringBuilder();
    while (value.toString().isBlank()) {
      value.setLength(0);
      for (int n = 1 + random.nextInt(5); n > 0; n--) {
        value.append(PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return value.toString();
  }
}
