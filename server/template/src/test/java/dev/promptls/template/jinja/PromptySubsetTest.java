package dev.promptls.template.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.template.Fuel;
import dev.promptls.template.Patience;
import dev.promptls.template.Rendering;
import dev.promptls.template.Resources;
import dev.promptls.template.SourceMaps;
import dev.promptls.template.StrictViolation;
import dev.promptls.template.TemplateException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The Prompty Jinja Subset against its own goldens.
class PromptySubsetTest {
  /// Cases that `throws` are about strict properties: see [#refusesWhatTheGoldensRefuse].
  @TestFactory
  Stream<DynamicTest> rendersAsTheGoldens() throws IOException {
    return Resources.json(Resources.of("prompty/render_golden.json"))
        .getAsJsonArray()
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .filter(golden -> golden.has("rendered"))
        .map(golden ->
            DynamicTest.dynamicTest(golden.get("name").getAsString(), () -> check(golden)));
  }

  @TestFactory
  Stream<DynamicTest> readsTheTreeOfTheGoldens() throws IOException {
    return Resources.json(Resources.of("prompty/ast_golden.json"))
        .getAsJsonArray()
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .map(golden ->
            DynamicTest.dynamicTest(
                golden.get("name").getAsString(),
                () ->
                    assertEquals(
                        golden.get("ast"),
                        PromptyTree.of(
                            Jinja.parse(
                                golden.get("template").getAsString(), Jinja.Options.prompty())))));
  }

  @TestFactory
  Stream<DynamicTest> rendersTheSegmentsOfTheGoldens() throws IOException {
    return Resources.json(Resources.of("prompty/segments_golden.json"))
        .getAsJsonArray()
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .map(golden ->
            DynamicTest.dynamicTest(golden.get("name").getAsString(), () -> segments(golden)));
  }

  /// The render goldens that refuse do so when the strict properties are known.
  @TestFactory
  Stream<DynamicTest> refusesWhatTheGoldensRefuse() throws IOException {
    return Resources.json(Resources.of("prompty/render_golden.json"))
        .getAsJsonArray()
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .filter(golden -> golden.has("throws"))
        .map(golden ->
            DynamicTest.dynamicTest(golden.get("name").getAsString(), () -> segments(golden)));
  }

  /// The subset's `default` has no flag; files that are written for Jinja itself use it.
  @Test
  void defaultMayAlsoReplaceWhatIsEmpty() throws TemplateException {
    assertEquals(
        "dd-d",
        Jinja.parse(
                "{{ e | default('d', true) }}{{ m | default('d') }}{{ e | default('x') }}-"
                    + "{{ n | default('d', false) }}",
                Jinja.Options.prompty())
            .render(Map.of("e", ""), Fuel.DEFAULT)
            .text());
  }

  @Test
  void segmentsJoinToTheRenderedText() throws TemplateException {
    String source =
        "{% set x %}a{{ q }}{% endset %}{% for i in [1, 2] %}{{ x }}-{{ i }}{{ q.y }}{% endfor %}";
    Jinja template = Jinja.parse(source, Jinja.Options.prompty());
    Map<String, Object> variables = Map.of("q", "v");
    List<Segment> segments = template.segments(variables, Set.of(), Patience.FUEL);
    assertEquals(
        template.render(variables, Patience.FUEL).text(),
        segments.stream().map(Segment::text).collect(Collectors.joining()));
    assertEquals(
        List.of("x", "i", "q", "x", "i", "q"),
        segments.stream()
            .filter(segment -> segment.kind() == Segment.Kind.INTERPOLATION)
            .map(Segment::source)
            .toList());
  }

  private static void segments(JsonObject golden) throws TemplateException {
    Jinja template = Jinja.parse(golden.get("template").getAsString(), Jinja.Options.prompty());
    Map<String, @Nullable Object> inputs = Resources.map(golden.getAsJsonObject("inputs"));
    Set<String> strict = new HashSet<>();
    if (golden.has("strict_props")) {
      golden.getAsJsonArray("strict_props").forEach(name -> strict.add(name.getAsString()));
    }
    if (golden.has("throws")) {
      assertThrows(StrictViolation.class, () -> template.segments(inputs, strict, Patience.FUEL));
      return;
    }
    JsonArray segments = new JsonArray();
    for (Segment segment : template.segments(inputs, strict, Patience.FUEL)) {
      JsonObject object = new JsonObject();
      boolean literal = segment.kind() == Segment.Kind.LITERAL;
      object.addProperty("kind", literal ? "literal" : "interp");
      object.addProperty("text", segment.text());
      object.addProperty("source", segment.source());
      object.addProperty("strict", segment.strict());
      segments.add(object);
    }
    assertEquals(golden.get("segments"), segments);
  }

  private static void check(JsonObject golden) throws TemplateException {
    String source = golden.get("template").getAsString();
    Jinja template = Jinja.parse(source, Jinja.Options.prompty());
    Rendering rendering =
        template.render(Resources.map(golden.getAsJsonObject("inputs")), Patience.FUEL);
    assertEquals(golden.get("rendered").getAsString(), rendering.text());
    SourceMaps.check(source, rendering);
  }
}
