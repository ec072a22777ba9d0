package dev.promptls.lsp.feature;

import dev.promptls.lsp.session.TokenCounts;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/// How token counts are written.
final class Shares {
  private Shares() {}

  /// The first line of a token hover: `**N tokens** · P % of the prompt · Q % of C`.
  static String line(int tokens, TokenCounts counts) {
    return "**%s tokens** · %s of the prompt%s"
        .formatted(
            number(tokens, counts), percent(tokens, counts.prompt()), ofWindow(tokens, counts));
  }

  /// What the prompt takes of the context window: `N tokens · P % of C`.
  static String whole(TokenCounts counts) {
    return number(counts.prompt(), counts) + " tokens" + ofWindow(counts.prompt(), counts);
  }

  private static String ofWindow(int tokens, TokenCounts counts) {
    int window = counts.contextWindow();
    return window == 0 ? "" : " · " + percent(tokens, window) + " of " + window;
  }

  /// The same tokens as further models count them: `a: 17 tokens · b: ≈20 tokens`; empty if there
  /// are none.
  static String beside(List<TokenCounts> others, ToIntFunction<TokenCounts> tokens) {
    return others.stream()
        .map(counts ->
            "%s: %s tokens"
                .formatted(counts.modelName(), number(tokens.applyAsInt(counts), counts)))
        .collect(Collectors.joining(" · "));
  }

  /// A count, marked where it is an estimate.
  static String number(int tokens, TokenCounts counts) {
    return counts.exact() ? Integer.toString(tokens) : "≈" + tokens;
  }

  /// A share in whole percent.
  static String percent(int part, int whole) {
    double share = whole == 0 ? 0 : 100.0 * part / whole;
    return (share < 1 ? "<1" : Long.toString(Math.round(share))) + " %";
  }
}
