package dev.promptls.prompt.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptReaderTest {
  private static final String FILE =
      """
      # A licence.

      ---
      model: local/smollm2
      config:
        temperature: 0.5
      input:
        schema:
          review: string, what somebody wrote
          style?: string
        default:
          style: short
      ---
      {{role "system"}}Be {{style}}.
      {{role "user"}}
      {{#each examples}}{{text}} {{@index}}{{/each}}
      Review: {{review}}
      """;

  @Test
  void frontMatterValuesKnowWhereTheyStand() {
    PromptFile file = PromptReader.read("a.prompt", FILE);
    FrontMatter frontMatter = file.frontMatter();
    assertNotNull(frontMatter);
    assertTrue(frontMatter.valid());
    assertEquals("local/smollm2", file.model());
    YamlNode temperature = file.at("config", "temperature");
    assertNotNull(temperature);
    assertEquals(0.5, temperature.value());
    assertEquals("0.5", temperature.span().of(FILE));
    assertEquals(List.of(), file.problems());
  }

  @Test
  void messagesAreCutAtTheirRoles() {
    PromptFile file = PromptReader.read("a.prompt", FILE);
    assertEquals(List.of("system", "user"), file.messages().stream().map(m -> m.role()).toList());
    assertEquals("Be {{style}}.\n", file.messages().getFirst().content().of(FILE));
  }

  @Test
  void variablesKnowTheirScope() {
    PromptFile file = PromptReader.read("a.prompt", FILE);
    assertEquals(
        List.of("style", "examples", "text", "review"),
        file.variables().stream().map(VariableUse::name).toList());
    assertEquals(List.of("examples"), file.variables().get(2).scope());
    assertEquals("review", file.variables().get(3).span().of(FILE));
  }

  @Test
  void inputsComeFromSchemaAndDefaults() {
    PromptFile file = PromptReader.read("a.prompt", FILE);
    InputDeclaration review = file.input("review");
    InputDeclaration style = file.input("style");
    assertNotNull(review);
    assertNotNull(style);
    assertEquals("what somebody wrote", review.description());
    assertTrue(review.required());
    assertFalse(style.required());
    assertEquals("short", style.defaultValue());
  }

  @Test
  void aMistakeInTheYamlLeavesTheRestReadable() {
    String text = "---\nmodel: x\nconfig: [1, }\nname: y\n---\nHello\n";
    PromptFile file = PromptReader.read("a.prompt", text);
    assertEquals("x", file.model());
    YamlNode name = file.at("name");
    assertNotNull(name);
    assertEquals("y", name.string());
    assertEquals("invalid-yaml", file.problems().getFirst().code());
    assertEquals("}", file.problems().getFirst().span().of(text));
  }

  @Test
  void hostileYamlIsRefused() {
    assertEquals("yaml-too-deep", firstProblem("a: " + "[".repeat(100) + "]".repeat(100)));
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    assertEquals("yaml-too-many-aliases", firstProblem(bomb.toString()));
    assertEquals("yaml-too-long", firstProblem("a: " + "x".repeat(1 << 20)));
    assertEquals("invalid-yaml", firstProblem("a: \uD800"));
    assertEquals("duplicate-key", firstProblem("a: 1\na: 2"));
  }

  @Test
  void yamlOfTooManyValuesIsReadNoFurther() {
    String text = "messages:\n" + "- {role: user, content: hi}\n".repeat(100_000);
    List<Problem> problems = PromptReader.read("a.prompt.yml", text).problems();
    assertEquals(1, problems.stream().filter(p -> p.code().equals("yaml-too-long")).count());
  }

  @Test
  void rangesHoldBehindCharactersOutsideTheBasicPlane() {
    String text = "---\na: 😀😀\nb: end\n---\n";
    YamlNode b = PromptReader.read("a.prompt", text).at("b");
    assertNotNull(b);
    assertEquals("end", b.span().of(text));
  }

  @Test
  void filesWithoutFrontMatterAreAllBody() {
    PromptFile file = PromptReader.read("a.prompt", "Hello {{name}}\n");
    assertNull(file.frontMatter());
    assertEquals(new Span(0, 15), file.body());
    assertEquals(Map.of(), file.metadata());
  }

  @Test
  void unfinishedTagsAreTagsToo() {
    String text = "{{#if a}}x {{name\nmore {{role \"us\n{{/if}} {{!-- open";
    PromptFile file = PromptReader.read("a.prompt", text);
    assertEquals(
        List.of("{{#if a}}", "{{name", "{{role \"us", "{{/if}}", "{{!-- open"),
        file.tags().stream().map(tag -> tag.span().of(text)).toList());
    assertEquals(3, file.tags().getFirst().match());
  }

  private static String firstProblem(String yaml) {
    return PromptReader.read("a.prompt", "---\n" + yaml + "\n---\n").problems().getFirst().code();
  }
}
