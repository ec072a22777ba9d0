package dev.promptls.prompt.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.check.Checks;
import dev.promptls.prompt.check.Finding;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.syntax.Severity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GithubRendererTest {
  private static final String FILE =
      """
      name: Summary
      model: openai/gpt-4o
      modelParameters:
        temperature: 0.5
      messages:
        - role: System
          content: You are {{persona}}.
        - role: user
          content: |
            Summarize "{{ input }}", {{input}} and {{unknown}}.
            It's {{{input}}}.
      testData:
        - input: never used for rendering
      """;

  @Test
  void theExactTextOfAVariableGivesWayToItsValue() {
    RenderResult result = render(FILE, Map.of("persona", "Ann", "input", "{{persona}} é"));
    assertEquals(List.of(), result.problems());
    assertEquals(
        List.of(
            "system: You are Ann.",
            "user: Summarize \"{{ input }}\", {{persona}} é and {{unknown}}.\nIt's {{{persona}} é}.\n"),
        said(result));
  }

  @Test
  void withoutDataTheVariablesStay() {
    assertEquals("system: You are {{persona}}.", said(render(FILE, Map.of())).getFirst());
  }

  @Test
  void metadataAreTheKeysButTheMessages() {
    Map<String, Object> metadata = new HashMap<>(render(FILE, Map.of()).metadata());
    assertEquals(
        Map.of(
            "name",
            "Summary",
            "model",
            "openai/gpt-4o",
            "modelParameters",
            Map.of("temperature", 0.5),
            "testData",
            List.of(Map.of("input", "never used for rendering"))),
        metadata);
  }

  @Test
  void valuesThatAreNoStringsArePrintedAsGoPrintsThem() {
    Map<String, Object> values = new HashMap<>();
    values.put("a", 3L);
    values.put("b", 0.5);
    values.put("c", 1e6);
    values.put("d", 999999.5);
    values.put("e", true);
    values.put("f", null);
    values.put("g", Arrays.asList("x", 1L, null));
    values.put("h", Map.of("z", 1L, "y", List.of()));
    values.put("i", 0.00001234);
    values.put("j", -2.0);
    values.put("k", 12345678.0);
    String file =
        "messages:\n- role: user\n  content: '{{a}} {{b}} {{c}} {{d}} {{e}} {{f}} {{g}} {{h}} {{i}} {{j}} {{k}}'\n";
    assertEquals(
        "user: 3 0.5 1e+06 999999.5 true <nil> [x 1 <nil>] map[y:[] z:1] 1.234e-05 -2 1.2345678e+07",
        said(render(file, values)).getFirst());
  }

  @Test
  void aMessageWithoutContentSaysNothing() {
    String file =
        """
        messages:
          - role: system
          - role: user
            content: null
          - content: ~
            role: assistant
          - role: user
            content:
        jsonSchema: null
        """;
    RenderResult result = render(file, Map.of());
    assertEquals(List.of(), result.problems());
    assertEquals(List.of("system: ", "user: ", "assistant: ", "user: "), said(result));
    List<Finding> found = Checks.check(PromptReader.read("a.prompt.yml", file));
    assertEquals("missing-content", found.getFirst().code());
    assertEquals(Severity.WARNING, found.getFirst().severity());
  }

  @Test
  void everyPieceKnowsWhereItComesFrom() {
    PromptFile file = PromptReader.read("a.prompt.yml", FILE);
    RenderResult result = Renderer.render(file, options(Map.of("input", "VALUE")));
    for (Message message : result.messages()) {
      Part.Text text = (Part.Text) message.content().getFirst();
      int end = 0;
      for (Origin origin : text.origins()) {
        assertEquals(end, origin.start());
        end = origin.end();
        String made = text.text().substring(origin.start(), origin.end());
        String source = origin.source().of(FILE);
        assertTrue(
            origin.literal()
                ? source.equals(made)
                : source.equals("{{input}}") || made.equals("\n"),
            source);
      }
      assertEquals(text.text().length(), end);
    }
  }

  @Test
  void whatTheReferenceRefusesIsSaid() {
    Map<String, String> refused =
        Map.of(
            "name: a\n", "missing-messages",
            "messages: [{role: bot, content: a}]", "unknown-role",
            "messages: [{content: a}]", "missing-role",
            "messages: [{role: user, content: [a]}]", "wrong-type",
            "messages: []\nresponseFormat: xml", "invalid-value",
            "messages: []\nresponseFormat: json_schema", "invalid-schema",
            "messages: []\njsonSchema: {name: a}", "invalid-schema",
            "messages: []\njsonSchema: '{'", "invalid-schema",
            "messages: []\nresponseFormat: json_schema\njsonSchema: '{\"name\": 1}'",
                "invalid-schema",
            "messages: []\nname: \"", "invalid-yaml");
    refused.forEach(
        (text, code) -> assertEquals(code, render(text, Map.of()).problems().getFirst().code()));
  }

  @Test
  void valuesCannotGrowTheMessagesWithoutEnd() {
    String file = "messages:\n- role: user\n  content: '" + "{{a}}".repeat(10_000) + "'\n";
    RenderResult result = render(file, Map.of("a", "x".repeat(100_000)));
    assertEquals("template-failed", result.problems().getFirst().code());
  }

  private static RenderResult render(String text, Map<String, Object> input) {
    return Renderer.render(PromptReader.read("a.prompt.yml", text), options(input));
  }

  private static RenderOptions options(Map<String, Object> input) {
    return RenderOptions.of(Data.input(input));
  }

  private static List<String> said(RenderResult result) {
    return result.messages().stream()
        .map(message -> message.role() + ": " + message.text())
        .toList();
  }
}
