package dev.promptls.lsp.feature;

import dev.promptls.lab.run.ExampleResult;
import dev.promptls.lab.run.PreviewResult;
import dev.promptls.lab.run.RunResult;
import dev.promptls.lsp.convert.Markdown;
import dev.promptls.model.Finish;
import java.util.Locale;

/// How answers of models are shown.
final class ResultText {
  private static final int SHORT = 40;

  private ResultText() {}

  /// As it stands behind an example: `⇒ positive ✓`.
  static String brief(ExampleResult result, boolean stale) {
    return "⇒ %s %s%s".formatted(oneLine(result.output()), result.pass() ? "✓" : "✗", stale(stale));
  }

  /// As it stands behind a prompt: `⇒ positive`.
  static String brief(RunResult result, boolean stale) {
    return "⇒ " + oneLine(result.output()) + stale(stale);
  }

  /// As it stands over the examples: their running accuracy, and without and with the others `▁▃▆█
  /// 17 % → 83 %`.
  static String brief(PreviewResult result, boolean stale) {
    return "%s %s → %s%s"
        .formatted(
            Sparkline.of(result.runningAccuracy()),
            percent(result.zeroShot()),
            percent(result.fewShot()),
            stale(stale));
  }

  /// The curve with what it was made of.
  static String whole(PreviewResult result, boolean stale) {
    return "%s\n\n%d examples, asked by %s, %s; zero-shot %s, few-shot %s."
        .formatted(
            brief(result, stale),
            result.examples().size(),
            result.model(),
            result.mode().equals("progressive")
                ? "each after those above it"
                : "each after all others",
            percent(result.zeroShot()),
            percent(result.fewShot()));
  }

  private static String percent(PreviewResult.Accuracy accuracy) {
    return Math.round(100 * accuracy.accuracy()) + " %";
  }

  static String whole(ExampleResult result, boolean stale) {
    return "%s **%s**%s · expected %s · %d + %d tokens · %d ms\n\n%s"
        .formatted(
            result.pass() ? "✓" : "✗",
            result.pass() ? "The model agrees" : "The model answers otherwise",
            stale(stale),
            Markdown.code(Markdown.cut(result.expected(), 200)),
            result.promptTokens(),
            result.outputTokens(),
            Math.round(result.millis()),
            Markdown.block(result.output()));
  }

  static String whole(RunResult result, boolean stale) {
    return "**%s** answered%s · %d + %d tokens · %d ms%s\n\n%s"
        .formatted(
            result.model(),
            stale(stale),
            result.usage().promptTokens(),
            result.usage().outputTokens(),
            Math.round(result.timing().totalMillis()),
            result.finish() == Finish.STOP
                ? ""
                : " · " + result.finish().name().toLowerCase(Locale.ROOT),
            Markdown.block(result.output()));
  }

  /// A text on one line, cut.
  static String oneLine(String text) {
    return Markdown.cut(text.strip().replaceAll("\\s+", " "), SHORT);
  }

  private static String stale(boolean stale) {
    return stale ? " (stale)" : "";
  }
}
