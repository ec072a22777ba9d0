package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A special token of a model typed in the text: the chat template writes these itself, and one
/// more ends the message or begins another.
final class SpecialToken implements LineRule {
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

  @Override
  public String code() {
    return "special-token";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A special token of a model, typed in the text.";
  }

  @Override
  public List<Finding> check(Line line) {
    String text = line.text();
    List<Finding> findings = List.of();
    for (int at = line.start(); at < line.end(); at++) {
      char open = text.charAt(at);
      if (open != '<' && open != '[') {
        continue;
      }
      int end = tokenEnd(text, at, line.end(), open == '<' ? '>' : ']');
      String token = end < 0 ? "" : text.substring(at, end);
      if (!token.isEmpty()
          && (isPiped(token) || KNOWN.contains(token) || line.specialTokens().contains(token))) {
        findings = findings.isEmpty() ? new ArrayList<>() : findings;
        findings.add(found(token, new Span(at, end)));
        at = end - 1;
      }
    }
    return findings;
  }

  private Finding found(String token, Span span) {
    String message =
        "%s is a special token of a model, not text; remove it, the chat template writes such tokens itself."
            .formatted(Names.shown(token));
    return finding(span, message);
  }

  /// Where what begins with a bracket may end; -1 if it is no token.
  private static int tokenEnd(String text, int from, int lineEnd, char close) {
    int stop = Math.min(lineEnd, from + MAX_LENGTH);
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

  @Override
  public boolean counts(Finding finding, Subject subject) {
    return isSent(finding.span(), subject);
  }

  /// Whether text at a place is sent: it is no comment, and in the settings it is the value of an
  /// input or a message.
  static boolean isSent(Span span, Subject subject) {
    int before = subject.tagFrom(span.start() + 1) - 1;
    if (before >= 0) {
      Tag tag = subject.tags().get(before);
      if (tag.kind() == Tag.Kind.COMMENT && tag.span().contains(span)) {
        return false;
      }
    }
    if (!subject.settings().contains(span)) {
      return true;
    }
    YamlNode defaults = subject.file().at("input", "default");
    return (defaults != null && defaults.span().contains(span))
        || subject.file().messages().stream().anyMatch(m -> m.content().contains(span));
  }
}
