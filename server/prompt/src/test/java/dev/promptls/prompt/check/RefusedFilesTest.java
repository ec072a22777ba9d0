package dev.promptls.prompt.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.Seeds;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.syntax.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What rendering refuses whatever the inputs is told while typing: at its place, once, as an
/// error.
class RefusedFilesTest {
  private static final RenderOptions PARTIALS =
      RenderOptions.DEFAULT.withPartials(partial -> "a partial");

  /// Where a line of a case breaks.
  private static final char BREAK = '⏎';

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "name: a⏎ ¦ missing-messages ¦ ''",
        "messages:⏎name: a⏎ ¦ missing-messages ¦ messages",
        "messages: hello⏎ ¦ wrong-type ¦ hello",
        "messages: [hello]⏎ ¦ wrong-type ¦ hello",
        "messages: [{content: a}]⏎ ¦ missing-role ¦ {content: a}",
        "messages: [{role: usr, content: a}]⏎ ¦ unknown-role ¦ usr",
        "messages: [{role: user, content: [a]}]⏎ ¦ wrong-type ¦ [a]",
        "messages: []⏎responseFormat: jsn_schema⏎ ¦ invalid-value ¦ jsn_schema",
        "messages: []⏎responseFormat: json_schema⏎ ¦ invalid-schema ¦ json_schema",
        "messages: []⏎jsonSchema: {name: a}⏎ ¦ invalid-schema ¦ {name: a}",
        "messages: []⏎jsonSchema: \"[1]\"⏎ ¦ invalid-schema ¦ \"[1]\"",
        "messages: []⏎jsonSchema: |-⏎  {⏎    \"a\": 1,⏎    b: 2⏎  }⏎ ¦ invalid-schema ¦ b: 2",
      })
  void ofGithubModels(String text, String code, String where) {
    check("a.prompt.yml", text, code, where);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "Go {{#ifEquals a}}x{{/ifEquals}} ¦ wrong-arguments ¦ {{#ifEquals a}}",
        "Go {{#each}}x{{/each}} ¦ wrong-arguments ¦ {{#each}}",
        "Go {{#with x y}}x{{/with}} ¦ wrong-arguments ¦ {{#with x y}}",
        "Go {{#if x}}a{{else if y z}}b{{/if}} ¦ wrong-arguments ¦ {{else if y z}}",
        "Go {{json}} ¦ wrong-arguments ¦ {{json}}",
        "Go {{lookup (json a b) 'x'}} ¦ wrong-arguments ¦ {{lookup (json a b) 'x'}}",
        "Go {{media image}} ¦ wrong-arguments ¦ {{media image}}",
        "Go {{unless}} ¦ unbalanced-block ¦ unless",
        "Go {{#if x}}a ¦ unbalanced-block ¦ {{#if x}}",
        "Go {{add 1 2}} ¦ unknown-helper ¦ add",
      },
      quoteCharacter = '`')
  void ofDotprompt(String text, String code, String where) {
    check("a.prompt", text, code, where);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "---⏎template: {format: erb}⏎---⏎Hi ¦ invalid-value ¦ erb",
        "---⏎template: {format: {kind: mustach}}⏎---⏎Hi ¦ invalid-value ¦ mustach",
        "---⏎template: {parser: x}⏎---⏎Hi ¦ invalid-value ¦ x",
        "---⏎template: mustache⏎---⏎Hi ¦ wrong-type ¦ mustache",
        "Hi {% if x %} ¦ unbalanced-block ¦ {% if x %}",
        "Hi {{ x | uper }} ¦ unknown-helper ¦ uper",
      })
  void ofPrompty(String text, String code, String where) {
    check("a.prompty", text, code, where);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{role}}", "{{section}}", "{{lookup x}}", "{{lookup}}"})
  void whatWouldPrintSomethingUselessIsToldToo(String tag) {
    List<Finding> found = Checks.check(PromptReader.read("a.prompt", "Go " + tag));
    assertEquals(List.of("wrong-arguments"), found.stream().map(Finding::code).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{role name}}Go",
        "Go {{log a b c}} {{lookup a (lookup b c)}}{{history}}",
        "Go {{#each a as |x i|}}{{x}}{{else}}{{json b indent=2}}{{/each}}",
        "Go {{media url=a contentType=b}} {{#> p}}{{/p}} {{#known}}x{{/known}} {{roles}}",
        "Go {{#if a includeZero=true}}b{{else unless c}}d{{/if}} {{^if e}}f{{/if}}",
      })
  void whatHelpersTakeIsNotTold(String text) {
    assertEquals(List.of(), Checks.check(PromptReader.read("a.prompt", text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "messages: [{role: User, content: 1}]⏎",
        "messages: [{role: user, content: ''}]⏎responseFormat: text⏎jsonSchema:⏎",
        "messages: []⏎responseFormat: json_schema⏎jsonSchema: '{\"name\": \"a\", \"schema\": {}}'⏎",
      })
  void whatTheReferenceTakesIsNotTold(String text) {
    PromptFile file = PromptReader.read("a.prompt.yml", text.replace(BREAK, '\n'));
    assertEquals(List.of(), Checks.check(file));
    assertEquals(List.of(), Renderer.render(file, RenderOptions.DEFAULT).problems());
  }

  /// Of the values of keys, pieces of templates and lines.
  private static final List<String> PIECES =
      List.of(
          "[a, b]",
          "{a: b}",
          "5",
          "\"{\"",
          "''",
          "{{json}}",
          "{{lookup x}}",
          "{{#ifEquals a}}",
          "{{/if}}",
          "{{#if x}}",
          "{{media 5}}",
          "{% if x %}",
          "{% endif %}",
          "{{ x | foo }}",
          "}}",
          "\n",
          "messages:",
          "x");

  @Test
  void brokenFilesThatCannotBeRenderedHaveAFinding() {
    Random random = new Random(Seeds.first());
    int refused = 0;
    for (Fixtures fixture : Fixtures.all()) {
      for (int i = 0; i < 20 && fixture.text().length() < 10_000; i++) {
        PromptFile file = PromptReader.read(fixture.name(), broken(random, fixture.text()));
        for (Problem problem : Renderer.render(file, PARTIALS).problems()) {
          if (problem.severity() == Severity.ERROR && isOfTheFile(problem, file)) {
            refused++;
            boolean told =
                Checks.check(file).stream()
                    .anyMatch(f ->
                        f.severity() == Severity.ERROR
                            || f.span().union(problem.span()).length()
                                <= f.span().length() + problem.span().length());
            assertTrue(told, () -> problem + " is not told in\n" + file.text());
          }
        }
      }
    }
    assertTrue(refused > 100, "Only " + refused + " were refused");
  }

  /// Whether a file cannot be rendered with any inputs, as far as a reader can tell, and something
  /// stands in it.
  private static boolean isOfTheFile(Problem problem, PromptFile file) {
    boolean computed = problem.code().equals("template-failed") && file.format() == Format.PROMPTY;
    return !computed && !Set.of("missing-input", "missing-record").contains(problem.code());
  }

  private static String broken(Random random, String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (lines.isEmpty()) {
      return text;
    }
    int at = random.nextInt(lines.size());
    String line = lines.get(at);
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    int colon = line.indexOf(':');
    int cut = random.nextInt(line.length() + 1);
    switch (random.nextInt(4)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.set(at, line.substring(0, colon + 1) + " " + piece);
      case 2 -> lines.set(at, line.substring(0, cut) + piece + line.substring(cut));
      default ->
          lines.set(at, line.substring(0, cut) + line.substring(Math.min(cut + 1, line.length())));
    }
    return String.join("\n", lines) + "\n";
  }

  private static void check(String name, String source, String code, String where) {
    String text = source.replace(BREAK, '\n');
    PromptFile file = PromptReader.read(name, text);
    List<Finding> errors =
        Checks.check(file).stream().filter(f -> f.severity() == Severity.ERROR).toList();
    assertEquals(List.of(code), errors.stream().map(Finding::code).toList(), errors::toString);
    assertEquals(where, errors.getFirst().span().of(text));
    assertTrue(Renderer.render(file, RenderOptions.DEFAULT).failed(), "It can be rendered");
  }
}
