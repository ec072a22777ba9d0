package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/// A block that is not closed, closed by another name, or closed without having been opened.
final class UnbalancedBlock implements FileRule {
  /// Helpers that are nothing without a block.
  private static final Set<String> BLOCKS =
      Set.of("if", "unless", "each", "with", "ifEquals", "unlessEquals");

  @Override
  public String code() {
    return "unbalanced-block";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A block that is not closed, or is closed without having been opened.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    TemplateLanguage language = TemplateLanguage.of(subject.file());
    List<Tag> tags = subject.tags();
    Deque<Integer> unclosed = new ArrayDeque<>();
    Deque<String> meant = new ArrayDeque<>();
    for (int i = 0; i < tags.size() && findings.size() < Checked.ENOUGH; i++) {
      Tag tag = tags.get(i);
      if (tag.kind() == Tag.Kind.ELSE && subject.parents()[i] < 0 && unclosed.isEmpty()) {
        String message = "There is no block around this else; remove it or open one before it.";
        findings.add(finding(tag.span(), message));
      }
      if (isUnmarked(tag, language)) {
        findings.add(unmarked(tag));
        meant.push(tag.name());
      }
      boolean finished = subject.text().startsWith("}", tag.span().end() - 1);
      if (tag.match() != null || tag.name().isEmpty() || !finished) {
        continue;
      }
      if (tag.kind() == Tag.Kind.OPEN) {
        unclosed.push(i);
      } else if (tag.kind() == Tag.Kind.CLOSE && !meant.remove(tag.name())) {
        boolean mismatch =
            !unclosed.isEmpty() && subject.parents()[unclosed.element()] == subject.parents()[i];
        findings.add(
            mismatch ? mismatched(tags.get(unclosed.pop()), tag, language) : unopened(tag));
      }
    }
    Iterator<Integer> outermost = unclosed.descendingIterator();
    while (outermost.hasNext() && findings.size() < Checked.ENOUGH) {
      int open = outermost.next();
      findings.add(unclosed(tags.get(open), closingPlace(subject, open), language));
    }
    return findings;
  }

  /// Whether a tag reads like the beginning of a block: `{{if x}}`.
  static boolean isUnmarked(Tag tag, TemplateLanguage language) {
    return language == TemplateLanguage.HANDLEBARS
        && tag.kind() == Tag.Kind.EXPRESSION
        && BLOCKS.contains(tag.name());
  }

  private Finding unmarked(Tag tag) {
    String name = tag.name();
    return finding(tag.nameSpan(), name + " begins a block; write {{#" + name + " ...}}.")
        .fixChangingRendering("Write #" + name, new TextEdit(Span.at(tag.nameSpan().start()), "#"));
  }

  private Finding mismatched(Tag open, Tag close, TemplateLanguage language) {
    String message =
        "This closes "
            + Names.shown(close.name())
            + ", but the open block is "
            + Names.shown(open.name())
            + "; write "
            + language.closing(open.name())
            + ".";
    Finding finding =
        finding(close.span(), message).related(open.span(), "The block that is open.");
    return finding.fixChangingRendering(
        "Close " + Names.shown(open.name()),
        new TextEdit(close.span(), language.closing(open.name())));
  }

  private Finding unopened(Tag close) {
    String message =
        "No block "
            + Names.shown(close.name())
            + " is open here; remove this or open the block before it.";
    return finding(close.span(), message)
        .fixChangingRendering("Remove it", new TextEdit(close.span(), ""));
  }

  private Finding unclosed(Tag open, int place, TemplateLanguage language) {
    String message =
        "The block "
            + Names.shown(open.name())
            + " is not closed; write "
            + language.closing(open.name())
            + " where it ends.";
    Finding finding = finding(open.span(), message);
    return finding.fixChangingRendering(
        "Close it at the end of its message",
        new TextEdit(Span.at(place), language.closing(open.name())));
  }

  /// Where a block that is not closed may end: before the block around it does, at the next message
  /// or at the end.
  private static int closingPlace(Subject subject, int open) {
    int from = subject.tags().get(open).span().end();
    int around = subject.parents()[open];
    Integer match = around < 0 ? null : subject.tags().get(around).match();
    int end =
        match == null ? subject.file().body().end() : subject.tags().get(match).span().start();
    List<MessageNode> messages = subject.messages();
    int next = InOrder.first(messages.size(), i -> messages.get(i).span().start() >= from);
    return next < messages.size()
        ? Math.min(end, messages.get(next).span().start())
        : Math.max(from, end);
  }
}
