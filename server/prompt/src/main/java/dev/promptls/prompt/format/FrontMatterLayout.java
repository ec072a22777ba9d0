package dev.promptls.prompt.format;

import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.Span;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Lays out front matter and the white space around the body that no template sees. Front matter
/// that is no YAML is left alone, since some formats take it for text, and so is that of partials,
/// which are included as they stand.
final class FrontMatterLayout implements Layout {
  private static final int FENCE = 3;

  @Override
  public void lay(PromptFile file, Gaps gaps) {
    FrontMatter front = file.frontMatter();
    if (front == null || !front.valid() || isPartial(file.name())) {
      return;
    }
    String text = file.text();
    int opening = front.span().start() + FENCE;
    gaps.group(Span.at(opening));
    int rest = YamlTokens.lineEnd(text, opening, front.content().start());
    gaps.replace(new Span(opening, rest), "");
    YamlLayout.lay(front.content(), gaps);
    around(file, front.span().end(), gaps);
  }

  @Override
  public boolean keeps(PromptFile before, PromptFile after) {
    return Objects.equals(settings(before), settings(after));
  }

  /// The values that count; null if none do.
  static @Nullable Map<String, @Nullable Object> settings(PromptFile file) {
    FrontMatter front = file.frontMatter();
    return front == null || !front.valid() ? null : front.values();
  }

  private static boolean isPartial(String name) {
    int folder = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
    return name.startsWith("_", folder + 1);
  }

  /// The gaps before and behind what becomes messages.
  private static void around(PromptFile file, int closing, Gaps gaps) {
    String text = file.text();
    Span template = file.template();
    if (template.isEmpty() || template.start() < closing) {
      return;
    }
    gaps.group(new Span(closing, template.start()));
    if (Blanks.isBlank(text, closing, template.start())) {
      int breaks = breaks(text, closing, template.start());
      gaps.replace(
          new Span(closing, template.start()), gaps.lineBreak().repeat(Math.clamp(breaks, 1, 2)));
    }
    gaps.group(new Span(template.end(), text.length()));
    if (template.end() < text.length() && Blanks.isBlank(text, template.end(), text.length())) {
      gaps.replace(new Span(template.end(), text.length()), gaps.lineBreak());
    }
  }

  private static int breaks(String text, int start, int end) {
    int breaks = 0;
    for (int at = start; at < end; at++) {
      boolean pair = text.charAt(at) == '\r' && text.startsWith("\n", at + 1);
      breaks += (text.charAt(at) == '\n' || text.charAt(at) == '\r') && !pair ? 1 : 0;
    }
    return breaks;
  }
}
