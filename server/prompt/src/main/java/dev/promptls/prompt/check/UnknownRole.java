package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A role that the format does not know.
final class UnknownRole implements FileRule {
  /// What other formats call the same.
  private static final Map<String, List<String>> SAME =
      Map.of(
          "assistant", List.of("model", "gpt"),
          "ai", List.of("model", "assistant", "gpt"),
          "bot", List.of("model", "assistant", "gpt"),
          "gpt", List.of("model", "assistant"),
          "model", List.of("assistant", "gpt"),
          "human", List.of("user"),
          "developer", List.of("system"),
          "function", List.of("tool"));

  @Override
  public String code() {
    return "unknown-role";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A role that the format does not know.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    PromptFile file = subject.file();
    List<String> known = Vocabulary.roles(file.format()).stream().map(KeyInfo::name).toList();
    if (known.isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (MessageNode message : subject.messages()) {
      Span span = message.roleSpan();
      if (findings.size() >= Checked.ENOUGH) {
        return findings;
      }
      if (span != null && !known.contains(message.role()) && !isVariable(message, file)) {
        findings.add(unknown(message.role(), span, known, subject.text()));
      }
    }
    return findings;
  }

  /// Whether an input says the role: `{{role name}}`.
  private static boolean isVariable(MessageNode message, PromptFile file) {
    Span span = message.roleSpan();
    return file.format() == Format.DOTPROMPT
        && span != null
        && span.of(file.text()).equals(message.role());
  }

  private Finding unknown(String role, Span span, List<String> known, String text) {
    String meant = meant(role, known);
    String advice =
        meant == null
            ? "write "
                + String.join(", ", known.subList(0, known.size() - 1))
                + " or "
                + known.getLast()
                + "."
            : "did you mean " + meant + "?";
    Finding finding = finding(span, "There is no role " + Names.shown(role) + "; " + advice);
    int at = span.of(text).indexOf(role);
    if (meant == null || at < 0 || role.isEmpty()) {
      return finding;
    }
    Span name = new Span(span.start() + at, span.start() + at + role.length());
    return finding.fixChangingRendering("Change to " + meant, new TextEdit(name, meant));
  }

  private static @Nullable String meant(String role, List<String> known) {
    for (String same : SAME.getOrDefault(role.toLowerCase(Locale.ROOT), List.of())) {
      if (known.contains(same)) {
        return same;
      }
    }
    return Spelling.nearest(role, known);
  }
}
