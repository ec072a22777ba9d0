package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes the comment that silences a finding.
public final class Silence {
  private Silence() {}

  /// The fix that puts a comment on the line before a finding; empty where no comment can stand.
  public static Optional<Fix> of(PromptFile file, Finding finding) {
    LineIndex lines = file.lines();
    int start = lines.lineStart(lines.line(finding.span().start()));
    Directive.Style style = style(file, start);
    if (style == null) {
      return Optional.empty();
    }
    boolean calm = style == Directive.Style.YAML || isCalm(file.text(), start, style);
    String indent = indent(file.text(), start, lines.lineEnd(lines.line(start)));
    String comment = style.comment(Directive.Reach.NEXT_LINE.word() + " " + finding.code());
    return Optional.of(
        new Fix(
            "Silence " + finding.code() + " here",
            List.of(new TextEdit(Span.at(start), indent + comment + "\n")),
            calm));
  }

  /// Whether a comment on its own line leaves no trace: no tag before it takes the white space
  /// behind itself, which would then be the comment's.
  private static boolean isCalm(String text, int start, Directive.Style style) {
    int before = start;
    while (before > 0 && Character.isWhitespace(text.charAt(before - 1))) {
      before--;
    }
    boolean taken = before >= 3 && text.startsWith("~}}", before - 3);
    return !taken
        && (style == Directive.Style.HANDLEBARS || style == Directive.Style.TRIMMED_HANDLEBARS);
  }

  /// How a comment is written on a line of its own at an offset; null if none can stand there.
  private static Directive.@Nullable Style style(PromptFile file, int at) {
    FrontMatter frontMatter = file.frontMatter();
    if (frontMatter != null && at <= frontMatter.span().end()) {
      boolean inside = at >= frontMatter.content().start() && at < frontMatter.content().end();
      boolean said = file.messages().stream().anyMatch(message -> within(message, at));
      return inside && frontMatter.valid() && !said && !inScalar(frontMatter.root(), at)
          ? Directive.Style.YAML
          : null;
    }
    if (at < file.body().start() || inTag(file, at)) {
      return null;
    }
    return switch (TemplateLanguage.of(file)) {
      case HANDLEBARS ->
          file.text().startsWith("{{~", firstMark(file.text(), at))
              ? Directive.Style.TRIMMED_HANDLEBARS
              : Directive.Style.HANDLEBARS;
      case JINJA -> Directive.Style.JINJA;
      case NONE -> file.format() == Format.MARKDOWN ? Directive.Style.MARKUP : null;
    };
  }

  private static boolean within(MessageNode message, int at) {
    return message.content().start() < at && at <= message.content().end();
  }

  private static boolean inTag(PromptFile file, int at) {
    for (Tag tag : file.tags()) {
      if (tag.span().start() < at && at < tag.span().end()) {
        return true;
      }
    }
    return false;
  }

  /// Whether a text that goes over several lines is cut at an offset.
  private static boolean inScalar(@Nullable YamlNode node, int at) {
    if (node == null || at <= node.span().start() || at > node.span().end()) {
      return false;
    }
    return switch (node) {
      case YamlNode.Scalar _ -> true;
      case YamlNode.Sequence list -> list.items().stream().anyMatch(item -> inScalar(item, at));
      case YamlNode.Mapping mapping ->
          mapping.entries().stream()
              .anyMatch(entry -> inScalar(entry.value(), at) || inScalar(entry.key(), at));
    };
  }

  private static String indent(String text, int start, int end) {
    return text.substring(start, Math.min(end, firstMark(text, start)));
  }

  private static int firstMark(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
