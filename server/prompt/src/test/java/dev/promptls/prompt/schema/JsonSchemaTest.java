package dev.promptls.prompt.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonSchemaTest {
  @Test
  void theIdOfDraft4IsTaken() throws SchemaException {
    for (String draft : List.of("http://json-schema.org/draft-04/schema#", "")) {
      Map<String, Object> schema = new LinkedHashMap<>();
      if (!draft.isEmpty()) {
        schema.put("$schema", draft);
      }
      schema.put("id", "http://example.com/person.json");
      schema.put("type", "object");
      schema.put("properties", Map.of("id", Map.of("type", "string")));
      JsonSchema ready = JsonSchema.of(schema);
      assertEquals(List.of(), ready.check(Map.of("id", "a"), ""));
      assertEquals(1, ready.check(Map.of("id", 1), "").size());
    }
  }

  @Test
  void sentencesNameTheValueAndWhatIsWanted() throws SchemaException {
    Map<String, Object> pico = new LinkedHashMap<>();
    pico.put("review", "string");
    pico.put("stars?", "integer");
    pico.put("mood(enum)", List.of("good", "bad"));
    pico.put("tags(array)", "string");
    JsonSchema schema = pico(pico);
    assertEquals(
        List.of(
            "stars must be an integer or null, not the string \"five\".",
            "mood must be one of \"good\", \"bad\", not \"fine\".",
            "tags[1] must be a string, not the number 2.",
            "The input review has no value.",
            "colour is not in the schema; remove it or declare it there."),
        sentences(
            schema,
            ordered("stars", "five", "mood", "fine", "tags", List.of("a", 2L), "colour", "red")));
  }

  @Test
  void whatFitsIsSilent() throws SchemaException {
    JsonSchema schema = pico(Map.of("n", "integer", "any", "any", "more?", "number"));
    Map<String, @Nullable Object> value = new LinkedHashMap<>();
    value.put("n", 3.0);
    value.put("any", List.of());
    value.put("more", null);
    assertEquals(List.of(), schema.check(value, ""));
  }

  @Test
  void alternativesAreOneMisfit() throws SchemaException {
    JsonSchema schema =
        JsonSchema.of(
            Map.of(
                "type",
                "array",
                "items",
                Map.of("anyOf", List.of(Map.of("type", "string"), Map.of("minimum", 5L)))));
    List<Misfit> misfits = schema.check(List.of("a", 7L, 3L, 2L), "The list");
    assertEquals(List.of(List.of("2"), List.of("3")), misfits.stream().map(Misfit::path).toList());
    assertEquals("[2] fits none of the alternatives of its schema.", misfits.get(0).sentence());
  }

  @Test
  void olderDraftsReadTheirOwnKeywords() throws SchemaException {
    JsonSchema schema =
        JsonSchema.of(
            Map.of(
                "$schema",
                "http://json-schema.org/draft-07/schema#",
                "items",
                List.of(Map.of("type", "string"))));
    assertEquals(1, schema.check(List.of(1L), "The list").size());
  }

  @Test
  void nothingOutsideIsLoaded() throws SchemaException {
    for (String reference :
        List.of(
            "http://localhost:1/schema.json",
            "file:///etc/hostname",
            "other.json",
            "classpath:/draft-07/schema",
            "https://json-schema.org/draft/2020-12/schema")) {
      List<Misfit> misfits =
          JsonSchema.of(Map.of("properties", Map.of("a", Map.of("$ref", reference))))
              .check(Map.of("a", 1L), "");
      assertEquals("schema", misfits.getFirst().keyword(), reference);
      assertTrue(misfits.getFirst().sentence().endsWith("."), reference);
    }
  }

  @Test
  void aSchemaThatRefersToItselfIsStopped() throws SchemaException {
    Map<String, Object> loop =
        Map.of("$ref", "#/$defs/a", "$defs", Map.of("a", Map.of("$ref", "#/$defs/a")));
    assertEquals("limit", JsonSchema.of(loop).check(1L, "It").getFirst().keyword());
  }

  @Test
  void branchingReferencesAreStopped() throws SchemaException {
    Map<String, Object> definitions = new LinkedHashMap<>();
    for (int i = 0; i < 60; i++) {
      Map<String, Object> next = Map.of("$ref", "#/$defs/d" + (i + 1));
      definitions.put("d" + i, Map.of("allOf", List.of(next, next)));
    }
    definitions.put("d60", Map.of("type", "string"));
    JsonSchema schema = JsonSchema.of(Map.of("$ref", "#/$defs/d0", "$defs", definitions));
    assertTrue(schema.check("text", "It").getFirst().keyword().equals("limit"));
  }

  @Test
  void aPatternThatBacktracksIsStopped() throws SchemaException {
    for (String pattern : List.of("^(a+)+$", "(a|aa)*b", "(x+x+)+y", "(.*)*b", "(?:(?:a?)*)*b")) {
      JsonSchema schema = JsonSchema.of(Map.of("pattern", pattern));
      List<Misfit> misfits = schema.check("a".repeat(20_000) + "x".repeat(40) + "!", "It");
      assertEquals(1, misfits.size(), pattern);
    }
  }

  @Test
  void aPatternThatIsNoneIsSaid() throws SchemaException {
    for (String pattern : List.of("(", "[", "(".repeat(100_000))) {
      Map<String, Object> schema = Map.of("properties", Map.of("a", Map.of("pattern", pattern)));
      assertThrows(SchemaException.class, () -> JsonSchema.of(schema), pattern);
    }
  }

  @Test
  void valuesWithoutEndAreRefused() throws SchemaException {
    Object deep = "bottom";
    for (int i = 0; i < 5_000; i++) {
      deep = List.of(deep);
    }
    Object value = deep;
    assertEquals("limit", JsonSchema.of(Map.of()).check(value, "It").getFirst().keyword());
    assertThrows(SchemaException.class, () -> JsonSchema.of(Map.of("not", value)));
    List<Object> many = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      many.add(1L);
    }
    JsonSchema strings = JsonSchema.of(Map.of("items", Map.of("type", "string")));
    assertTrue(strings.check(many, "It").size() < 300);
  }

  @Test
  void nonsenseIsRefusedInASentence() {
    for (Object nonsense : List.of(3L, "text", List.of())) {
      assertThrows(SchemaException.class, () -> JsonSchema.of(nonsense));
    }
  }

  @Test
  void nonsenseInsideIsNoException() throws SchemaException {
    for (Map<String, Object> schema :
        List.<Map<String, Object>>of(
            Map.of("type", 3L),
            Map.of("type", "wrong"),
            Map.of("properties", "no"),
            Map.of("required", "no"),
            Map.of("items", 4L),
            Map.of("enum", "no"),
            Map.of("minimum", "no"),
            Map.of("pattern", 4L),
            Map.of("allOf", Map.of()),
            Map.of("anyOf", "x"),
            Map.of("not", 3L),
            Map.of("$ref", 4L),
            Map.of("$ref", "#/nowhere"),
            Map.of("$ref", "#nowhere"),
            Map.of("$ref", "%%%"),
            Map.of("$anchor", 4L),
            Map.of("$id", "::"),
            Map.of("multipleOf", 0L),
            Map.of("maxLength", -1L),
            Map.of("patternProperties", Map.of("(", Map.of())),
            Map.of("if", 3L),
            Map.of("dependentRequired", 3L),
            Map.of("$dynamicRef", "#x"),
            Map.of("$recursiveAnchor", 3L),
            Map.of("format", 3L),
            Map.of("const", Map.of()))) {
      for (Object value : List.of("a", 1L, 0.5, true, List.of("a"), Map.of("a", 1L))) {
        try {
          JsonSchema.of(schema).check(value, "It");
        } catch (SchemaException e) {
          assertTrue(String.valueOf(e.getMessage()).endsWith("."));
        }
      }
    }
  }

  private static JsonSchema pico(Map<String, ?> pico) throws SchemaException {
    Object schema = Picoschema.toJsonSchema(pico, Map.of());
    assertTrue(schema != null);
    return JsonSchema.of(schema);
  }

  private static List<String> sentences(JsonSchema schema, Map<String, ?> value) {
    return schema.check(value, "").stream().map(Misfit::sentence).toList();
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
