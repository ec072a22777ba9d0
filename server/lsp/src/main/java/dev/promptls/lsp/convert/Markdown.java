package dev.promptls.lsp.convert;

import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;

/// Text that holds anything, as Markdown that shows it.
public final class Markdown {
  private Markdown() {}

  public static MarkupContent content(String markdown) {
    return new MarkupContent(MarkupKind.MARKDOWN, markdown);
  }

  /// A short text in code style, its line breaks made visible.
  public static String code(String text) {
    String shown = text.replace("\n", "⏎").replace("\r", "␍").replace("\t", "⇥");
    String fence = "`".repeat(longestRun(shown) + 1);
    boolean padded = shown.isBlank() || shown.startsWith("`") || shown.endsWith("`");
    return padded ? fence + " " + shown + " " + fence : fence + shown + fence;
  }

  /// A text of many lines as a block of code.
  public static String block(String text) {
    String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
    return fence + "text\n" + text + "\n" + fence;
  }

  /// A text cut to a number of characters.
  public static String cut(String text, int most) {
    int end = Math.min(text.length(), most);
    boolean splits =
        end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
    return end == text.length() ? text : text.substring(0, splits ? end - 1 : end) + "…";
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
