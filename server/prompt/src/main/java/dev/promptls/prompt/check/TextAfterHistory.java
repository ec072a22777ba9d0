package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Text behind `{{history}}` without a role before it: it is sent as the model's own words.
final class TextAfterHistory implements FileRule {
  @Override
  public String code() {
    return "text-after-history";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "Text behind {{history}} that is sent as the model's own words.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    if (TemplateLanguage.of(subject.file()) != TemplateLanguage.HANDLEBARS) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (Tag tag : subject.tags()) {
      if (tag.kind() == Tag.Kind.EXPRESSION && tag.name().equals("history")) {
        MessageNode behind = messageAt(subject.file().messages(), tag.span().end());
        if (behind != null && behind.implied() && subject.says(said(behind, tag))) {
          String message =
              "What follows {{history}} is sent as the model's own words; write {{role \"user\"}} before it.";
          findings.add(
              finding(tag.span(), message)
                  .fixChangingRendering(
                      "Begin a user message",
                      new TextEdit(Span.at(tag.span().end()), "{{role \"user\"}}")));
        }
      }
    }
    return findings;
  }

  private static @Nullable MessageNode messageAt(List<MessageNode> messages, int offset) {
    int index = InOrder.firstEndingFrom(messages, offset, MessageNode::span);
    return index < messages.size() && messages.get(index).span().touches(offset)
        ? messages.get(index)
        : null;
  }

  /// What stands behind the tag in its message.
  private static Span said(MessageNode message, Tag history) {
    int start = Math.max(message.content().start(), history.span().end());
    return new Span(start, Math.max(start, message.content().end()));
  }
}
