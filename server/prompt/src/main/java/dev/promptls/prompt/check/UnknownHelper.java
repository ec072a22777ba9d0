package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.List;

/// A call with arguments to something that is no helper, which fails when rendered.
final class UnknownHelper implements TagRule {
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
    boolean call = tag.kind() == Tag.Kind.EXPRESSION || tag.kind() == Tag.Kind.OPEN;
    if (file.format() != Format.DOTPROMPT
        || !call
        || tag.arguments().isEmpty()
        || Vocabulary.helper(file.format(), tag.name()) != null) {
      return List.of();
    }
    String message =
        "There is no helper " + tag.name() + "; remove its arguments to read a variable.";
    return List.of(finding(tag.nameSpan(), message));
  }
}
