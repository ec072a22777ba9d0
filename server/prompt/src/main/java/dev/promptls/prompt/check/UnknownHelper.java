package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A call with arguments to something that is no helper, which fails when rendered.
final class UnknownHelper implements TagRule {
  /// A call inside another: `(helper argument)`.
  private static final Pattern INNER = Pattern.compile("\\(\\s*([A-Za-z_][\\w.-]*)");

  @Override
  public String code() {
    return "unknown-helper";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A call with arguments to something that is no helper.";
  }

  @Override
  public List<Finding> check(Tag tag, PromptFile file) {
    if (TemplateLanguage.of(file) != TemplateLanguage.HANDLEBARS) {
      return List.of();
    }
    boolean call = tag.kind() == Tag.Kind.EXPRESSION || tag.kind() == Tag.Kind.OPEN;
    boolean partial = call && isPartialBlock(tag, file);
    List<Finding> findings = new ArrayList<>();
    if (call && !partial && !tag.arguments().isEmpty() && isUnknown(tag.name(), file)) {
      findings.add(unknown(tag.name(), tag.nameSpan(), file));
    }
    if (!tag.arguments().isEmpty()) {
      inner(tag, file, findings);
    }
    return findings;
  }

  private void inner(Tag tag, PromptFile file, List<Finding> findings) {
    String text = file.text();
    int open = text.indexOf('(', tag.span().start(), tag.span().end());
    if (open < 0) {
      return;
    }
    Matcher matcher = INNER.matcher(text).region(open, tag.span().end());
    while (matcher.find()) {
      Span span = new Span(matcher.start(1), matcher.end(1));
      // Parentheses inside a text are not calls.
      boolean quoted = tag.arguments().stream().anyMatch(a -> !a.path() && a.span().contains(span));
      if (!quoted && isUnknown(matcher.group(1), file)) {
        findings.add(unknown(matcher.group(1), span, file));
      }
    }
  }

  private static boolean isUnknown(String name, PromptFile file) {
    return !name.isEmpty() && Vocabulary.helper(file.format(), name) == null;
  }

  private static boolean isPartialBlock(Tag tag, PromptFile file) {
    return tag.kind() == Tag.Kind.OPEN
        && new Span(tag.span().start(), tag.nameSpan().start()).of(file.text()).contains(">");
  }

  private Finding unknown(String name, Span span, PromptFile file) {
    List<String> known = Vocabulary.helpers(file.format()).stream().map(KeyInfo::name).toList();
    String meant = Spelling.nearest(name, known);
    String message =
        "There is no helper %s; %s"
            .formatted(
                Names.shown(name),
                meant == null
                    ? "remove its arguments to read a variable."
                    : "did you mean " + meant + "?");
    Finding finding = finding(span, message);
    return meant == null
        ? finding
        : finding.fixChangingRendering("Change to " + meant, new TextEdit(span, meant));
  }
}
