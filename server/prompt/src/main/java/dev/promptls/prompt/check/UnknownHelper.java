package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import dev.promptls.template.Outline;
import dev.promptls.template.TemplateException;
import dev.promptls.template.jinja.Jinja;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A call with arguments to something that is no helper, or a filter that does not exist, which
/// fails when rendered.
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
    return "A call with arguments to something that is no helper, or a filter that does not exist.";
  }

  @Override
  public List<Finding> check(Tag tag, PromptFile file) {
    return switch (TemplateLanguage.of(file)) {
      case HANDLEBARS -> helpers(tag, file);
      case JINJA -> filters(tag, file);
      case NONE -> List.of();
    };
  }

  private List<Finding> helpers(Tag tag, PromptFile file) {
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

  private List<Finding> filters(Tag tag, PromptFile file) {
    String text = tag.span().of(file.text());
    boolean filtered = tag.kind() != Tag.Kind.COMMENT && text.indexOf('|') > 0;
    if (!filtered) {
      return List.of();
    }
    String alone = TemplateLanguage.JINJA.alone(tag, text, tag.nameSpan().of(file.text()));
    int from = alone.indexOf(text);
    List<Finding> findings = new ArrayList<>();
    for (Outline.Call call : calls(alone)) {
      if (call.kind() == Outline.Call.Kind.FILTER && !Jinja.hasFilter(call.name())) {
        Span span = new Span(call.range().start(), call.range().end());
        List<KeyInfo> known = Vocabulary.filters(file.format());
        findings.add(unknown("filter", call.name(), span.shift(tag.span().start() - from), known));
      }
    }
    return findings;
  }

  /// None in what cannot be read, which another rule tells.
  private static List<Outline.Call> calls(String template) {
    try {
      return Jinja.parse(template, Jinja.Options.prompty()).outline().calls();
    } catch (TemplateException unreadable) {
      return List.of();
    }
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
    return unknown("helper", name, span, Vocabulary.helpers(file.format()));
  }

  private Finding unknown(String what, String name, Span span, List<KeyInfo> known) {
    String meant = Spelling.nearest(name, known.stream().map(KeyInfo::name).toList());
    String otherwise =
        what.equals("helper") ? "remove its arguments to read a variable." : "remove it.";
    String message =
        "There is no %s %s; %s"
            .formatted(
                what, Names.shown(name), meant == null ? otherwise : "did you mean " + meant + "?");
    Finding finding = finding(span, message);
    return meant == null
        ? finding
        : finding.fixChangingRendering("Change to " + meant, new TextEdit(span, meant));
  }
}
