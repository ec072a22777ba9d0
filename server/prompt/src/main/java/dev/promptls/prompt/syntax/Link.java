package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Shiftable;
import dev.promptls.prompt.text.Span;

/// A place in a prompt file that names something outside it.
///
/// @param target as written, without quotes, angle brackets and title: `../rules.md`, `https://…`,
///   the name of a tool
/// @param span of the target, so that replacing it changes what is referred to
public record Link(Kind kind, String target, Span span) implements Shiftable<Link> {
  @Override
  public Link shifted(int by, int index) {
    return by == 0 ? this : new Link(kind, target, span.shift(by));
  }

  /// What is referred to.
  public enum Kind {
    /// A file, by its path from the folder of the prompt.
    FILE,
    /// A picture, a sound and the like, by path or address.
    MEDIA,
    /// A file of rows, by its path from the folder of the prompt.
    DATA,
    /// Something on the network, by its address.
    ADDRESS,
    /// A tool of the editor, by its name.
    TOOL
  }

  /// Whether the target is a path on this machine, relative to the prompt.
  public boolean isPath() {
    return switch (kind) {
      case FILE, DATA -> true;
      case MEDIA -> !hasScheme(target);
      case ADDRESS, TOOL -> false;
    };
  }

  /// The path alone, without `#fragment` and `?query`.
  public String path() {
    int end = target.length();
    for (char mark : new char[] {'#', '?'}) {
      int at = target.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    return target.substring(0, end);
  }

  /// A link to a file or to the network, whichever the target says.
  static Link to(String target, Span span) {
    return new Link(hasScheme(target) ? Kind.ADDRESS : Kind.FILE, target, span);
  }

  /// Whether a target begins with `scheme:`; a single letter is the drive of a Windows path.
  static boolean hasScheme(String target) {
    int colon = target.indexOf(':');
    if (colon < 2 || !isLetter(target.charAt(0))) {
      return false;
    }
    for (int i = 1; i < colon; i++) {
      char c = target.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
