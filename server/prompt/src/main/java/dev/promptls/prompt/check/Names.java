package dev.promptls.prompt.check;

import java.util.regex.Pattern;

/// Names from a file as messages show them.
final class Names {
  private static final int MAX_LENGTH = 40;
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private Names() {}

  /// A name in one line, cut short if it is long.
  static String shown(String name) {
    String line = SPACE.matcher(name.strip()).replaceAll(" ");
    return line.length() <= MAX_LENGTH
        ? line
        : line.substring(0, line.offsetByCodePoints(0, cut(line))) + "…";
  }

  private static int cut(String line) {
    return Math.min(MAX_LENGTH - 1, line.codePointCount(0, line.length()));
  }
}
