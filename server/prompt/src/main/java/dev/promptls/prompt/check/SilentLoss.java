package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Text that reaches no message: the inside of a block that is no block. Helpers such as `role`
/// give a mark of their own and never ask for what stands between their tags.
final class SilentLoss implements FileRule {
  private static final Set<String> NO_BLOCKS =
      Set.of("role", "history", "section", "media", "json", "lookup", "log");

  @Override
  public String code() {
    return "silent-loss";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "Text that reaches no message.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    if (TemplateLanguage.of(subject.file()) != TemplateLanguage.HANDLEBARS) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (Tag tag : subject.tags()) {
      Integer match = tag.match();
      if (tag.kind() == Tag.Kind.OPEN && match != null && NO_BLOCKS.contains(tag.name())) {
        findings.add(lost(tag, subject.tags().get(match), subject.text()));
      }
    }
    return findings;
  }

  private Finding lost(Tag open, Tag close, String text) {
    boolean role = open.name().equals("role");
    String message =
        "What stands in this block reaches no message, since %s is no block; write {{%1$s%s}} without {{/%1$s}}."
            .formatted(open.name(), role ? " \"" + Names.shown(open.first()) + "\"" : " …");
    Finding finding =
        finding(open.span(), message).related(close.span(), "Up to here nothing is sent.");
    int sigil = text.indexOf('#', open.span().start(), open.nameSpan().start());
    if (sigil < 0) {
      return finding;
    }
    return finding.fixChangingRendering(
        "Write it without a block",
        new TextEdit(new Span(sigil, sigil + 1), ""),
        new TextEdit(close.span(), ""));
  }
}
