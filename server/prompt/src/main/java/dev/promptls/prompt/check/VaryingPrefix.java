package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Shape;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Something that changes from call to call before examples or a long text, which do not: what a
/// server keeps of a prompt's beginning is lost, and all of it is computed again each time.
final class VaryingPrefix implements FileRule {
  private static final int MIN_EXAMPLES = 2;

  /// What is constant behind it must be worth keeping; in UTF-16 units.
  private static final int MIN_LENGTH = 400;

  /// Of a text that is not written as examples: servers keep prefixes of a few hundred tokens up.
  private static final int MIN_TEXT = 2_000;

  @Override
  public String code() {
    return "varying-prefix";
  }

  @Override
  public Severity severity() {
    return Severity.HINT;
  }

  @Override
  public String summary() {
    return "An input that stands before examples or a long text which stay the same.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Span examples = examples(subject);
    return examples == null ? text(subject) : examples(subject, examples);
  }

  private List<Finding> examples(Subject subject, Span constant) {
    return sent(subject)
        .findFirst()
        .filter(use -> use.span().start() < constant.start())
        .map(use -> varies(use, "examples that do", "behind them, so that these are", constant))
        .stream()
        .toList();
  }

  /// A long text behind the first input.
  private List<Finding> text(Subject subject) {
    List<MessageNode> messages = subject.messages();
    int end = messages.isEmpty() ? 0 : messages.getLast().content().end();
    VariableUse first = null;
    int from = end;
    for (VariableUse use : sent(subject).toList()) {
      boolean varies = use.span().start() < end;
      if (varies && use.span().start() - from >= MIN_TEXT) {
        end = use.span().start();
      } else if (varies) {
        first = first == null ? use : first;
        from = use.span().end();
      }
    }
    return first == null || end - from < MIN_TEXT
        ? List.of()
        : List.of(
            varies(
                first,
                "a long text that does",
                "to the end, so that the text is",
                new Span(from, end)));
  }

  private Finding varies(VariableUse use, String before, String advice, Span constant) {
    String message =
        "%s changes from call to call and stands before %s not; move it %s computed once."
            .formatted(Names.shown(use.name()), before, advice);
    return finding(use.span(), message).related(constant, "What could be kept between calls.");
  }

  /// The stretch of the body that the examples take: their own, or the tag of the loop over them;
  /// null if they are few or short.
  private static @Nullable Span examples(Subject subject) {
    List<Example> examples = subject.examples();
    if (examples.size() < MIN_EXAMPLES || examples.getFirst().shape() == Shape.NONE) {
      return null;
    }
    int length = 0;
    for (int i = 0; i < examples.size() && length < MIN_LENGTH; i++) {
      length += examples.get(i).text().length();
    }
    if (length < MIN_LENGTH) {
      return null;
    }
    if (examples.getFirst().shape() != Shape.LOOP) {
      return examples.getFirst().range().union(examples.getLast().range());
    }
    for (Tag tag : subject.tags()) {
      if (tag.match() != null && (tag.name().equals("each") || tag.name().equals("for"))) {
        return tag.span();
      }
    }
    return null;
  }

  /// What the body's text reads of the inputs that are no lists, such as the examples themselves;
  /// in source order.
  private static Stream<VariableUse> sent(Subject subject) {
    Set<String> lists =
        subject.file().inputs().stream()
            .filter(input -> input.defaultValue() instanceof List)
            .map(InputDeclaration::name)
            .collect(Collectors.toSet());
    Span body = subject.file().body();
    return subject.file().variables().stream()
        .filter(use -> use.isTopLevel() && body.contains(use.span()))
        .filter(use -> !lists.contains(use.name()));
  }
}
