package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.PromptFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All rules.
public final class Checks {
  static final List<LineRule> LINE_RULES =
      List.of(new StrayBraces(), new SpecialToken(), new Secret(), new MisspeltRole());

  /// In their order: what one finds in a tag is not looked at by those behind it.
  static final List<TagRule> TAG_RULES =
      List.of(new TemplateSyntax(), new UnknownHelper(), new WrongArguments());

  static final List<FileRule> FILE_RULES =
      List.of(
          new UnknownKey(),
          new DeprecatedKey(),
          new WrongType(),
          new InvalidValue(),
          new SkillHeader(),
          new InvalidSchema(),
          new InvalidDefault(),
          new UnbalancedBlock(),
          new UnknownPartial(),
          new PartialCycle(),
          new UndefinedVariable(),
          new UnusedInput(),
          new UnknownRole(),
          new RoleOrder(),
          new SilentLoss(),
          new TextAfterHistory(),
          new TrailingSpace(),
          new ExampleWithoutOutput(),
          new DuplicateExample(),
          new ConflictingExample(),
          new InconsistentExample(),
          new UnbalancedLabels(),
          new MissingLabel(),
          new LeakedExample(),
          new FormatNotShown(),
          new VaryingPrefix(),
          new ContextBudget(),
          new ExampleMissed(),
          new UnresolvedLink(),
          new UnresolvedReference());

  static final List<LastRule> LAST_RULES = List.of(new TemplateFailed());

  private static final Map<String, Rule> RULES = rules();

  private Checks() {}

  /// Everything that is wrong with a file by itself, in source order. To check a file anew after
  /// each edit, use [Checked].
  public static List<Finding> check(PromptFile file) {
    return Checked.of(Subject.of(file)).findings();
  }

  /// The rules by their codes.
  public static Map<String, Rule> all() {
    return RULES;
  }

  /// The codes of all rules.
  public static List<String> codes() {
    return List.copyOf(RULES.keySet());
  }

  /// The rule of a code; null if there is none.
  public static @Nullable Rule rule(String code) {
    return RULES.get(code);
  }

  private static Map<String, Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    rules.addAll(LINE_RULES);
    rules.addAll(TAG_RULES);
    rules.addAll(FILE_RULES);
    rules.addAll(LAST_RULES);
    rules.addAll(ReportedRule.ALL);
    rules.add(SuppressionRules.UNKNOWN);
    rules.add(SuppressionRules.UNUSED);
    Map<String, Rule> named = new LinkedHashMap<>();
    rules.forEach(rule -> named.put(rule.code(), rule));
    return Collections.unmodifiableMap(named);
  }
}
