package dev.promptls.prompt.vocabulary;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Special tokens of models, typed in a text: `<|im_end|>`, `[INST]`.
public final class SpecialTokens {
  /// Those of the families in wide use whose form is not `<|…|>`.
  private static final Set<String> KNOWN =
      Set.of(
          "[INST]",
          "[/INST]",
          "<<SYS>>",
          "<</SYS>>",
          "<s>",
          "</s>",
          "<bos>",
          "<eos>",
          "<start_of_turn>",
          "<end_of_turn>",
          "<｜begin▁of▁sentence｜>",
          "<｜end▁of▁sentence｜>",
          "<｜User｜>",
          "<｜Assistant｜>",
          "[AVAILABLE_TOOLS]",
          "[/AVAILABLE_TOOLS]",
          "[TOOL_CALLS]",
          "[gMASK]");

  private static final int MAX_LENGTH = 60;

  private SpecialTokens() {}

  /// Where such tokens stand in a stretch of a text, in order; none goes over the end of a line.
  ///
  /// @param more tokens of the model at hand
  public static List<Span> in(String text, Span region, Set<String> more) {
    List<Span> found = List.of();
    int angle = next(text, '<', region.start(), region.end());
    int square = next(text, '[', region.start(), region.end());
    int at = region.start();
    while (angle < region.end() || square < region.end()) {
      angle = angle < at ? next(text, '<', at, region.end()) : angle;
      square = square < at ? next(text, '[', at, region.end()) : square;
      at = Math.min(angle, square);
      if (at == region.end()) {
        break;
      }
      int end = end(text, at, region.end());
      String token = end < 0 ? "" : text.substring(at, end);
      if (!token.isEmpty() && (isPiped(token) || KNOWN.contains(token) || more.contains(token))) {
        found = found.isEmpty() ? new ArrayList<>() : found;
        found.add(new Span(at, end));
        at = end;
      } else {
        at++;
      }
    }
    return found;
  }

  private static int next(String text, char opening, int from, int to) {
    int at = text.indexOf(opening, from, to);
    return at < 0 ? to : at;
  }

  /// Where what begins with a bracket may end; -1 if it is no token.
  private static int end(String text, int from, int to) {
    char close = text.charAt(from) == '<' ? '>' : ']';
    int stop = Math.min(to, from + MAX_LENGTH);
    int end = text.indexOf(close, from + 1, stop) + 1;
    if (end > 0 && text.startsWith("<<", from)) {
      end = end < stop && text.charAt(end) == '>' ? end + 1 : -1;
    }
    for (int i = from + 1; i < end - 1; i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return -1;
      }
    }
    return end > 0 ? end : -1;
  }

  private static boolean isPiped(String token) {
    return token.length() > 4 && token.startsWith("<|") && token.endsWith("|>");
  }
}
