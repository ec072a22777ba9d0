package dev.promptls.prompt.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RendererTest {
  private static final String FILE =
      """
      ---
      input:
        schema:
          name: string
          count?: integer
          loud?: boolean
          tags?(array): string
        default: {name: Ann, count: 1}
      ---
      {{role "system"}}Be kind.
      {{role "user"}}Hello {{name}}, {{count}}!
      """;

  @Test
  void dataIsLaidOverOptionsOverTheFrontMatter() {
    RenderOptions options =
        RenderOptions.of(Data.input(Map.of("name", "Data")))
            .withOptions(Map.of("input", Map.of("default", Map.of("name", "Option", "count", 7))));
    assertEquals("Hello Data, 7!", render(FILE, options).messages().getLast().text());
    assertEquals("Hello Ann, 1!", render(FILE, RenderOptions.DEFAULT).messages().getLast().text());
  }

  @Test
  void eachStretchOfAMessageKnowsWhereItComesFrom() {
    Message user = render(FILE, RenderOptions.DEFAULT).messages().getLast();
    Part.Text text = (Part.Text) user.content().getFirst();
    List<String> sources = text.origins().stream().map(origin -> origin.source().of(FILE)).toList();
    assertEquals("Hello ", sources.getFirst());
    assertTrue(sources.contains("{{name}}"), sources::toString);
    int end = 0;
    for (Origin origin : text.origins()) {
      assertEquals(end, origin.start());
      end = origin.end();
      if (origin.literal()) {
        assertEquals(origin.source().of(FILE), text.text().substring(origin.start(), origin.end()));
      }
    }
    assertEquals(text.text().length(), end);
  }

  @Test
  void typedInputsAreParsedByTheSchema() {
    PromptFile file = PromptReader.read("a.prompt", FILE);
    assertEquals(
        Map.of("name", "5", "count", 5L, "loud", true, "tags", List.of("x", 1L), "else", "5"),
        Inputs.parse(
            file,
            Map.of("name", "5", "count", "5", "loud", "true", "tags", "[\"x\", 1]", "else", "5")));
    assertEquals(Map.of("count", "many"), Inputs.parse(file, Map.of("count", "many")));
  }

  @Test
  void faultsAreProblemsWithARange() {
    String text = "---\nmodel: x\n---\nHello {{#if}}\n";
    RenderResult result = render(text, RenderOptions.DEFAULT);
    assertTrue(result.failed());
    assertTrue(result.problems().getFirst().span().start() >= text.indexOf("{{"));
    String schema = "---\ninput:\n  schema:\n    a: strin\n---\nHello\n";
    assertEquals(
        "strin", render(schema, RenderOptions.DEFAULT).problems().getFirst().span().of(schema));
  }

  @Test
  void jsonPrintsAsJavaScriptDoes() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("a", Arrays.asList(1L, 1.0, 1e21, 1.5e-7, true, null, "\u2028\"\n\uD800"));
    value.put("b", Map.of());
    assertEquals(
        "{\"a\":[1,1,1e+21,1.5e-7,true,null,\"\u2028\\\"\\n\\ud800\"],\"b\":{}}",
        JsonPrinter.print(value, "", 1000));
    assertEquals("[\n  1,\n  []\n]", JsonPrinter.print(List.of(1L, List.of()), "  ", 1000));
  }

  @Test
  void markersThatNeverEndAreText() {
    String text = "<<<dotprompt:media:url ".repeat(40_000);
    assertEquals(text, render(text, RenderOptions.DEFAULT).messages().getFirst().text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{media 'x' url='u'}}",
        "{{json}}",
        "{{json 1 2}}",
        "{{ifEquals 1 1}}",
        "{{#if (unlessEquals 1 1)}}x{{/if}}",
        "{{#ifEquals 1}}x{{/ifEquals}}",
        "{{#unlessEquals 1 2 3}}x{{/unlessEquals}}"
      })
  void aHelperCalledAgainstItsFormFails(String text) {
    assertTrue(render(text, RenderOptions.DEFAULT).failed());
  }

  @Test
  void aPieceThatBeginsLikeAMarkerIsOneAndLost() {
    String text =
        "{{role \"User\"}}lost{{role \"model\"}}{{role 5}}lost{{role \"user\"}}a{{role 5}}";
    List<Message> messages = render(text, RenderOptions.DEFAULT).messages();
    assertEquals(List.of("user"), messages.stream().map(Message::role).toList());
    assertEquals("a<<<dotprompt:role:5>>>", messages.getFirst().text());
  }

  @Test
  void markersHoldValuesAsJavaScriptPrintsThem() {
    RenderOptions options = RenderOptions.of(Data.input(Map.of("list", List.of(1L, "a", 1e21))));
    assertEquals(
        List.of(
            new Part.Media("1,a,1e+21", null),
            new Part.Pending(Map.of("purpose", "null", "pending", true)),
            new Part.Pending(Map.of("purpose", "[object", "pending", true))),
        render("{{media url=list}}{{section null}}{{section}}", options)
            .messages()
            .getFirst()
            .content());
  }

  @Test
  void mediaAndSectionsBecomeParts() {
    String text =
        "{{media url=\"u\" contentType=\"image/png\"}}{{section \"s\"}}{{media url=none}}";
    assertEquals(
        List.of(
            new Part.Media("u", "image/png"),
            new Part.Pending(Map.of("purpose", "s", "pending", true)),
            new Part.Media("undefined", null)),
        render(text, RenderOptions.DEFAULT).messages().getFirst().content());
  }

  private static RenderResult render(String text, RenderOptions options) {
    return Renderer.render(PromptReader.read("a.prompt", text), options);
  }
}
