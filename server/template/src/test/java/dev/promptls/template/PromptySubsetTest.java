package dev.promptls.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The Prompty Jinja Subset against its own goldens.
class PromptySubsetTest {
  /// Cases that `throws` are about strict properties, which the prompt's reader checks.
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

  private static void check(JsonObject golden) throws TemplateException {
    String source = golden.get("template").getAsString();
    Jinja template = Jinja.parse(source, Jinja.Options.prompty());
    Rendering rendering =
        template.render(Resources.map(golden.getAsJsonObject("inputs")), Fuel.DEFAULT);
    assertEquals(golden.get("rendered").getAsString(), rendering.text());
    SourceMaps.check(source, rendering);
  }
}
