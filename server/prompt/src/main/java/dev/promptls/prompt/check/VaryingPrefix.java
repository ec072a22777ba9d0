package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Shape;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that changes from call to call before the examples, which do not: what a server keeps
/// of a prompt's beginning is lost, and all examples are computed again each time.
final class VaryingPrefix implements FileRule {
  private static final int MIN_EXAMPLES = 2;

  /// What is constant behind it must be worth keeping; in UTF-16 units.
  private static final int MIN_LENGTH = 400;

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
    return "An input that stands before examples which stay the same.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Example> examples = subject.examples();
    if (examples.size() < MIN_EXAMPLES || examples.getFirst().shape() == Shape.NONE) {
      return List.of();
    }
    Span constant = constant(subject);
    if (constant == null) {
      return List.of();
    }
    for (VariableUse use : subject.file().variables()) {
      if (use.span().start() >= constant.start()) {
        break;
      }
      if (use.isTopLevel() && isSent(use, subject)) {
        String message =
            "%s changes from call to call and stands before examples that do not; move it behind them, so that these are computed once."
                .formatted(Names.shown(use.name()));
        return List.of(
            finding(use.span(), message).related(constant, "What could be kept between calls."));
      }
    }
    return List.of();
  }

  /// The stretch of the body that the examples take: their own, or the tag of the loop over them;
  /// null if they are short.
  private static @Nullable Span constant(Subject subject) {
    List<Example> examples = subject.examples();
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

  /// Whether a use is of the body's text, and not of a list such as the examples themselves.
  private static boolean isSent(VariableUse use, Subject subject) {
    InputDeclaration input = subject.file().input(use.name());
    boolean list = input != null && input.defaultValue() instanceof List;
    return !list && subject.file().body().contains(use.span());
  }
}
