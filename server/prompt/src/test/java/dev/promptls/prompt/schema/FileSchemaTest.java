package dev.promptls.prompt.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileSchemaTest {
  private static final String REVIEWS =
      """
      ---
      input:
        schema:
          review: string
          stars?: integer
          examples(array):
            text: string
            mood(enum): [good, bad]
        default:
          stars: many
          examples:
            - {text: a, mood: good}
            - {text: b, mood: fine}
            - text: 3
              mood: bad
              extra: 1
      ---
      {{review}}
      """;

  @Test
  void aDefaultThatDoesNotFitIsFoundWhereItStands() throws SchemaException {
    PromptFile file = file("a.prompt", REVIEWS);
    assertEquals(
        List.of(
            "many: stars must be an integer or null, not the string \"many\".",
            "fine: examples[1].mood must be one of \"good\", \"bad\", not \"fine\".",
            "3: examples[2].text must be a string, not the number 3.",
            "extra: examples[2].extra is not in the schema; remove it or declare it there."),
        found(file, schema(file).defaults()));
  }

  @Test
  void whatACallerGivesIsCheckedOverTheDefaults() throws SchemaException {
    InputSchema schema = schema(file("a.prompt", REVIEWS));
    assertEquals(
        List.of("The input review has no value."), sentences(schema.values(Map.of("stars", 3L))));
    assertEquals(
        List.of("review must be a string, not the number 1."),
        sentences(schema.values(Map.of("review", 1L))));
    assertEquals(
        List.of("colour is not in the schema; remove it or declare it there."),
        sentences(schema.values(Map.of("review", "ok", "colour", "red"))));
  }

  @Test
  void jsonSchemasServeAsWell() throws SchemaException {
    PromptFile file =
        file(
            "a.prompt",
            """
            ---
            input:
              schema:
                type: object
                properties:
                  name: {type: string, minLength: 3}
              default:
                name: Al
            ---
            {{name}}
            """);
    assertEquals(
        List.of("Al: name must be at least 3 characters long."),
        found(file, schema(file).defaults()));
  }

  @Test
  void aFileWithoutTypesHasNoSchema() throws SchemaException {
    assertNull(InputSchema.of(file("a.prompt", "Hello {{name}}"), Map.of()));
    assertNull(OutputSchema.of(file("a.prompt", "Hello {{name}}"), Map.of()));
  }

  @Test
  void answersThatAreJsonAreCheckedAgainstTheOutput() throws SchemaException {
    PromptFile file =
        file(
            "a.prompt",
            """
            ---
            output:
              format: json
              schema: {name: string, day: string}
            ---
            Hi
            """);
    OutputSchema schema = OutputSchema.of(file, Map.of());
    assertNotNull(schema);
    Span place = new Span(3, 5);
    assertEquals(List.of(), schema.check("{\"name\": \"Tom\", \"day\": \"Monday\"}", place));
    assertEquals(List.of(), schema.check("Tom, on Monday", place));
    List<Misfit> misfits = schema.check("{\"name\": \"Tom\"}", place);
    assertEquals(List.of("The output has no day, which its schema requires."), sentences(misfits));
    assertEquals(place, misfits.getFirst().span());
  }

  @Test
  void githubWritesItsSchemaAsText() throws SchemaException {
    PromptFile file =
        file(
            "a.prompt.yml",
            """
            messages:
              - role: user
                content: Hi
            responseFormat: json_schema
            jsonSchema: '{"name": "x", "schema": {"type": "object", "required": ["animal"]}}'
            """);
    OutputSchema schema = OutputSchema.of(file, Map.of());
    assertNotNull(schema);
    assertEquals(
        List.of("The output has no animal, which its schema requires."),
        sentences(schema.check("{}", Span.at(0))));
  }

  private static InputSchema schema(PromptFile file) throws SchemaException {
    InputSchema schema = InputSchema.of(file, Map.of());
    assertNotNull(schema);
    return schema;
  }

  private static List<String> found(PromptFile file, List<Misfit> misfits) {
    return misfits.stream()
        .map(misfit -> {
          Span span = misfit.span();
          assertNotNull(span);
          return span.of(file.text()) + ": " + misfit.sentence();
        })
        .toList();
  }

  private static List<String> sentences(List<Misfit> misfits) {
    return misfits.stream().map(Misfit::sentence).toList();
  }

  private static PromptFile file(String name, String text) {
    return PromptReader.read(name, text);
  }
}
