package dev.promptls.template.mustache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.template.Patience;
import dev.promptls.template.Rendering;
import dev.promptls.template.Resources;
import dev.promptls.template.SourceMaps;
import dev.promptls.template.TemplateException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Mustache against its specification.
class MustacheTest {
  @TestFactory
  Stream<DynamicTest> doesAsTheSpecificationSays() {
    return Stream.of("comments", "delimiters", "interpolation", "inverted", "sections")
        .flatMap(MustacheTest::cases)
        .map(test -> DynamicTest.dynamicTest(test.get("name").getAsString(), () -> check(test)));
  }

  @Test
  void saysWhereATagIsWrong() {
    Map<String, Integer> faults =
        Map.of("a {{x", 2, "{{#a}}{{#b}}{{/a}}", 12, "{{#a}}", 0, "b{{/a}}", 1, "{{=x=}}", 0);
    faults.forEach((source, place) -> {
      TemplateException fault =
          assertThrows(TemplateException.class, () -> Mustache.parse(source), source);
      assertEquals(place, fault.start(), source);
    });
  }

  @Test
  void printsValuesAsPromptyDoes() throws TemplateException {
    String source = "{{a}} {{b}} {{c}} {{d}} {{{e}}} {{> none}}|";
    Map<String, Object> values = Map.of("a", true, "b", 2.0, "c", List.of("x", "y"), "e", "<\"&>");
    assertEquals("true 2 xy  <\"&> |", Mustache.parse(source).render(values, Patience.FUEL).text());
  }

  private static Stream<JsonObject> cases(String suite) {
    try {
      return Resources.json(Resources.of("mustache/" + suite + ".json"))
          .getAsJsonObject()
          .getAsJsonArray("tests")
          .asList()
          .stream()
          .map(JsonElement::getAsJsonObject)
          // Ours has no partials, and its variables always have names.
          .filter(test -> !test.has("partials") && test.get("data").isJsonObject());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(JsonObject test) throws TemplateException {
    String source = test.get("template").getAsString();
    Map<String, @Nullable Object> variables = Resources.map(test.getAsJsonObject("data"));
    Rendering rendering = Mustache.parse(source).render(variables, Patience.FUEL);
    assertEquals(test.get("expected").getAsString(), rendering.text());
    SourceMaps.check(source, rendering);
  }
}
