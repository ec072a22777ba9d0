package dev.promptls.prompt.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.syntax.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {
  @Test
  void aMisspeltKeyIsToldWithTheRightOne() {
    check(
        "---\nmodle: x\nmy.own: 1\n---\nHi\n",
        "modle",
        "unknown-key",
        "The key modle means nothing here; did you mean model?");
  }

  @Test
  void aVariableThatIsNotDeclaredIsTold() {
    check(
        "---\ninput:\n  schema:\n    name: string\n---\nHi {{name}} {{nam}}\n",
        "nam",
        "undefined-variable",
        "The variable nam is not declared; did you mean name?");
  }

  @Test
  void anEnumWithoutAListIsTold() {
    check(
        "---\ninput:\n  schema:\n    a(enum, d): yes\n    b?(enum): [x]\n---\n{{a}}{{b}}\n",
        "yes",
        "invalid-schema",
        "An enum is a list of its values; write [a, b].");
  }

  @Test
  void fieldsOfAListAreNotUndefined() {
    assertEquals(
        List.of(),
        problems(
            """
            ---
            input:
              default:
                list: [{a: 1}]
            ---
            {{#each list}}{{a}}{{@index}}{{/each}}{{#each list as |x|}}{{x.a}}{{/each}}
            """));
  }

  @Test
  void aFileThatDeclaresNothingMayUseAnything() {
    assertEquals(List.of(), problems("Hi {{name}}"));
  }

  @Test
  void jsonThatTheSettingsDemandIsToBeShownToo() {
    String front = "---\noutput:\n  format: json\n";
    assertEquals("format-not-shown", problems(front + "---\nList the towns.\n").getFirst().code());
    assertEquals(List.of(), problems(front + "---\nA town as {\"name\": \"Rome\"}.\n"));
    assertEquals(List.of(), problems(front + "  schema:\n    name: string\n---\nA town.\n"));
  }

  @Test
  void aCallOfNoHelperIsTold() {
    check(
        "{{add 1 2}}",
        "add",
        "unknown-helper",
        "There is no helper add; remove its arguments to read a variable.");
  }

  @Test
  void anUnclosedBlockIsTold() {
    assertEquals("unbalanced-block", problems("---\na.b: 1\n---\n{{#if x}}Hi\n").getFirst().code());
  }

  @Test
  void aTemplateThatNeverEndsWithItsOwnValuesIsTold() {
    String list = "l: [" + "1, ".repeat(100) + "]";
    String loops = "{{#each @root.l}}".repeat(4) + "x" + "{{/each}}".repeat(4);
    String settings = "---\ninput:\n  default:\n    " + list + "\n---\n";
    assertEquals("template-failed", problems(settings + loops).getFirst().code());
    assertEquals(List.of(), problems(settings + "{{#each @root.l}}x{{/each}}"));
    assertEquals(
        "template-failed",
        Checks.check(PromptReader.read("a.prompty", "{{ 'x' * 10 ** 18 }}")).getFirst().code());
  }

  @Test
  void frontMatterThatIsNotClosedIsTold() {
    check(
        "---\nmodel: x\n\nHi {{name}}\n",
        "---",
        "front-matter-unclosed",
        "This front matter is not closed and is sent with the prompt; end it with a line ---.");
    assertEquals(List.of(), problems("---\nA ruled line: it opens nothing.\n"));
    assertEquals(List.of(), problems("---\nHi\n"));
  }

  @Test
  void aBlockThatBeginsWithoutItsMarkIsTold() {
    check("{{if x}}Hi{{/if}}", "if", "unbalanced-block", "if begins a block; write {{#if ...}}.");
    check("Go {{with}}", "with", "unbalanced-block", "with begins a block; write {{#with ...}}.");
    assertEquals(List.of(), problems("{{#if x}}{{within}}{{else if y}}z{{/if}}"));
  }

  @Test
  void aFilterThatDoesNotExistIsTold() {
    String text = "user:\nHi {{ name | uper }}{% if name | length > 1 %}{{ 'a|b' }}{% endif %}\n";
    List<Finding> problems = Checks.check(PromptReader.read("a.prompty", text));
    assertEquals(1, problems.size(), problems::toString);
    assertEquals("unknown-helper", problems.getFirst().code());
    assertEquals("uper", problems.getFirst().span().of(text));
    assertEquals("There is no filter uper; did you mean upper?", problems.getFirst().message());
  }

  @Test
  void whatAPromptyFileTakesFromElsewhereHasNoType() {
    String text =
        """
        ---
        name: n
        inputs: ${file:inputs.json}
        model:
          id: m
          connection: ${file:connection.json}
          options:
            temperature: ${env:HEAT:0.5}
        ---
        user:
        Hi
        """;
    assertEquals(
        List.of(),
        Checks.check(PromptReader.read("a.prompty", text)).stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .toList());
  }

  @Test
  void anExampleThatIsNotFinishedIsToldForWhatItLacks() {
    String shown = "Review: good\nSentiment: yes\n\nReview: bad\nSentiment: no\n\n";
    String query = "\n\nReview: {{review}}\nSentiment:";
    check(
        shown + "Review: meh\nSentiment:" + query,
        "Review: meh\nSentiment:",
        "example-without-output",
        "This example shows no answer; write one or remove it.");
    check(
        shown + "Review: meh" + query,
        "Review: meh",
        "inconsistent-example",
        "This begins like an example but lacks a label of the others; correct the label or complete it.");
    assertEquals(List.of(), problems("Review: the text to judge\n\n" + shown + query.strip()));
  }

  @Test
  void anInputBeforeALongTextIsToldSinceAllOfItIsComputedAgain() {
    String rules = "Be kind to whoever asks, and brief.\n".repeat(60).strip();
    check(
        "Help {{customer}}.\n" + rules,
        "customer",
        "varying-prefix",
        "customer changes from call to call and stands before a long text that does not; move it to the end, so that the text is computed once.");
    assertEquals(List.of(), problems(rules + "\nHelp {{customer}}. {{question}}"));
    assertEquals(List.of(), problems("{{a}}" + rules.substring(1_000) + "{{b}}"));
  }

  @Test
  void aRoleLineThatIsMisspeltIsToldWhereOneIsLikely() {
    assertEquals(
        List.of("usr", "Asistant", "sytem"),
        prompty("usr:\nHi\n\nAsistant:\nHo\n\n# sytem[a=1] :\n", "misspelt-role"));
    assertEquals(
        List.of(),
        prompty(
            "system:\nnote:\nusr:\nx\n\nUsers:\n- a\n\nuse:\n\nusr: x\n\n{#\n\nusr:\n#}\nover:\n",
            "misspelt-role"));
    String settings = "---\nusr:\n  a: 1\n---\nuser:\nHi\n";
    assertEquals(List.of(), prompty(settings, "misspelt-role"));
    assertEquals(List.of(), problems("usr:\nThis is no role in dotprompt.\n"));
  }

  @Test
  void aKindThatIsASlipIsToldHoweverInputsAreWritten() {
    String text =
        """
        ---
        inputs:
          - name: a
            kind: strng
          - {name: b, kind: my_own}
        outputs:
          kind:
            type: integr
          c: {type: object, properties: {d: {kind: boolen}}}
          e: {kind: number, default: {kind: strng}}
        ---
        user:
        {{a}}{{b}}
        """;
    assertEquals(List.of("strng", "integr", "boolen"), prompty(text, "invalid-value"));
  }

  private static List<String> prompty(String text, String code) {
    return Checks.check(PromptReader.read("a.prompty", text)).stream()
        .filter(finding -> finding.code().equals(code))
        .map(finding -> finding.span().of(text))
        .toList();
  }

  private static void check(String text, String where, String code, String message) {
    List<Finding> problems = problems(text);
    assertEquals(1, problems.size(), () -> problems.toString());
    assertEquals(where, problems.getFirst().span().of(text));
    assertEquals(code, problems.getFirst().code());
    assertEquals(message, problems.getFirst().message());
  }

  private static List<Finding> problems(String text) {
    return Checks.check(PromptReader.read("a.prompt", text));
  }
}
