package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.Span;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells an answer from the reasoning before it, as chain-of-thought prompts write them: "… The
/// answer is 11." or "… #### 11".
final class Reasoning {
  private static final Pattern ANSWER =
      Pattern.compile(
          "(?i)(?:\\b(?:so|thus|therefore|hence),?[ \\t]+)?"
              + "(?:\\bthe[ \\t]+(?:final[ \\t]+|correct[ \\t]+)?answer[ \\t]+is\\b[ \\t]*:?|####)");

  private static final Set<String> LABELS =
      Set.of(
          "reasoning",
          "rationale",
          "thought",
          "thoughts",
          "thinking",
          "explanation",
          "steps",
          "chain of thought",
          "let's think step by step",
          "work",
          "solution",
          "cot");

  private Reasoning() {}

  /// An answer with what leads to it; spans of the text that was given.
  record Parts(@Nullable Span reasoning, Span answer) {}

  /// Whether a label or field of this name holds reasoning.
  static boolean isLabel(String name) {
    return LABELS.contains(name.toLowerCase(Locale.ROOT).strip());
  }

  /// Splits a stretch of a text at the last sentence that gives the answer. Without one all of it
  /// is the answer.
  static Parts split(String text, Span span) {
    Span whole = span.strip(text);
    if (!mayAnswer(text, whole)) {
      return new Parts(null, whole);
    }
    Matcher matcher = ANSWER.matcher(text).region(whole.start(), whole.end());
    Span marker = null;
    while (matcher.find()) {
      marker = new Span(matcher.start(), matcher.end());
    }
    if (marker == null) {
      return new Parts(null, whole);
    }
    Span answer = new Span(marker.end(), whole.end()).strip(text);
    boolean stopped = answer.length() > 1 && text.charAt(answer.end() - 1) == '.';
    Span bare = stopped ? new Span(answer.start(), answer.end() - 1) : answer;
    Span before = new Span(whole.start(), marker.start()).strip(text);
    return new Parts(before.isEmpty() ? null : before, bare);
  }

  /// Whether a stretch has a word without which no sentence in it gives an answer.
  private static boolean mayAnswer(String text, Span span) {
    for (int i = span.start(); i < span.end(); i++) {
      char c = text.charAt(i);
      if (c == '#' || ((c == 'a' || c == 'A') && text.regionMatches(true, i, "answer", 0, 6))) {
        return true;
      }
    }
    return false;
  }

  /// Reasoning and answer in one text, joined as in another text that has both.
  ///
  /// @param like null if there is none
  static String joined(Row row, @Nullable String like) {
    String reasoning = row.reasoning();
    if (reasoning == null || reasoning.isEmpty()) {
      return row.output();
    }
    if (like == null) {
      return reasoning + " The answer is " + row.output() + ".";
    }
    Parts parts = split(like, new Span(0, like.length()));
    Span before = parts.reasoning();
    int from = before == null ? 0 : before.end();
    return reasoning
        + like.substring(from, parts.answer().start())
        + row.output()
        + like.substring(parts.answer().end());
  }
}
