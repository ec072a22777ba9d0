package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/// A call with arguments to something that is no helper, which fails when rendered.
final class UnknownHelper implements Rule {
  @Override
  public String code() {
    return "unknown-helper";
  }

  @Override
  public List<Problem> check(PromptFile file) {
    if (file.format() != Format.DOTPROMPT) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    for (Tag tag : file.tags()) {
      boolean call = tag.kind() == Tag.Kind.EXPRESSION || tag.kind() == Tag.Kind.OPEN;
      if (call
          && !tag.arguments().isEmpty()
          && Vocabulary.helper(Format.DOTPROMPT, tag.name()) == null) {
        String message =
            "There is no helper " + tag.name() + "; remove its arguments to read a variable.";
        problems.add(new Problem(code(), tag.nameSpan(), Severity.ERROR, message));
      }
    }
    return problems;
  }
}
