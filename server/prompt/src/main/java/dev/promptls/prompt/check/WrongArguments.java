package dev.promptls.prompt.check;

import dev.promptls.prompt.render.TemplateFaults;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.vocabulary.Vocabulary;
import dev.promptls.template.TemplateException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A helper that is given too few values or too many, or no block, so that it fails whatever the
/// inputs are.
final class WrongArguments implements TagRule {
  /// What helpers need that print something useless without it, where the others fail.
  private static final Map<String, Need> NEEDS =
      Map.of(
          "role",
              new Need(
                  1, "the name of a role; write {{role \"user\"}}, or {{this.role}} for a field."),
          "section",
              new Need(1, "a name; write {{section \"name\"}}, or {{this.section}} for a field."),
          "lookup", new Need(2, "a value and a key; write {{lookup map key}}."));

  private static final Set<String> OF_ONE_VALUE = Set.of("if", "unless", "each", "with");

  /// How many values a helper needs, and a sentence's end that says which.
  private record Need(int values, String words) {
    boolean lacks(Tag tag) {
      return tag.arguments().stream().filter(argument -> argument.key() == null).count() < values;
    }
  }

  @Override
  public String code() {
    return "wrong-arguments";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A helper that is given too few values or too many, or no block.";
  }

  @Override
  public List<Finding> check(Tag tag, PromptFile file) {
    TemplateLanguage language = TemplateLanguage.of(file);
    if (language != TemplateLanguage.HANDLEBARS || isPlain(tag, file) || !calls(tag, file)) {
      return List.of();
    }
    String text = file.text();
    Need need = NEEDS.get(tag.name());
    if (need != null && need.lacks(tag)) {
      String message = tag.name() + " needs " + need.words();
      return List.of(finding(tag.span(), message).severity(Severity.WARNING));
    }
    // The inputs are nothing but undefined here, which every helper takes.
    String alone = language.alone(tag, tag.span().of(text), tag.nameSpan().of(text));
    TemplateException fault = TemplateFaults.withoutInputs(alone);
    return fault == null
        ? List.of()
        : List.of(finding(tag.span(), String.valueOf(fault.getMessage())));
  }

  /// Whether a tag calls a helper, by itself or in parentheses.
  private static boolean calls(Tag tag, PromptFile file) {
    String text = file.text();
    boolean nested = tag.span().of(text).indexOf('(') >= 0;
    return switch (tag.kind()) {
      case OPEN -> !tag.opensPartial(text) && (nested || isHelper(tag, file));
      case EXPRESSION ->
          !UnbalancedBlock.isUnmarked(tag, TemplateLanguage.HANDLEBARS)
              && (nested || isHelper(tag, file));
      case ELSE -> !tag.arguments().isEmpty();
      case CLOSE, PARTIAL, COMMENT -> false;
    };
  }

  private static boolean isHelper(Tag tag, PromptFile file) {
    return Vocabulary.helper(file.format(), tag.name()) != null;
  }

  /// Whether a tag is one of the many `{{role "user"}}`, `{{history}}` and `{{#if name}}`.
  private static boolean isPlain(Tag tag, PromptFile file) {
    int count = tag.arguments().size();
    return switch (tag.kind()) {
      case EXPRESSION ->
          (tag.name().equals("role") && count == 1 && !tag.arguments().getFirst().path())
              || (tag.name().equals("history") && count == 0);
      case OPEN ->
          OF_ONE_VALUE.contains(tag.name())
              && count == 1
              && tag.arguments().getFirst().key() == null
              && tag.span().of(file.text()).indexOf('(') < 0;
      case ELSE, CLOSE, PARTIAL, COMMENT -> false;
    };
  }
}
