package dev.promptls.template.handlebars;

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
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Templates against what Handlebars.js made of them.
class HandlebarsReferenceTest {
  @TestFactory
  Stream<DynamicTest> rendersAsHandlebarsJsDoes() throws IOException {
    JsonObject file = Resources.json(Resources.of("handlebars/reference.json")).getAsJsonObject();
    Map<String, Object> partials = Resources.map(file.getAsJsonObject("partials"));
    Handlebars.Options options =
        new Handlebars.Options(
            Map.of(
                "up", call -> String.valueOf(call.argument(0)).toUpperCase(Locale.ROOT),
                "eq", HandlebarsReferenceTest::equal,
                "wrap", call -> "[" + call.block() + "]"),
            name -> (String) partials.get(name));
    return file.getAsJsonArray("cases").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(c ->
            DynamicTest.dynamicTest(
                c.get("template").getAsString().replaceAll("\\s+", " "),
                () -> check(file, c, options)));
  }

  private static Object equal(Handlebars.Call call) throws TemplateException {
    boolean same = Handlebars.strictlyEqual(call.argument(0), call.argument(1));
    return same ? call.block() : call.inverse();
  }

  private static void check(JsonObject file, JsonObject c, Handlebars.Options options)
      throws TemplateException {
    String source = c.get("template").getAsString();
    var variables = Resources.map(file.getAsJsonObject("variables"));
    var data = Resources.map(file.getAsJsonObject("data"));
    if (c.has("error")) {
      assertThrows(
          TemplateException.class,
          () -> Handlebars.parse(source, options).render(variables, data, Patience.FUEL));
      return;
    }
    Rendering rendering = Handlebars.parse(source, options).render(variables, data, Patience.FUEL);
    assertEquals(c.get("expected").getAsString(), rendering.text());
    SourceMaps.check(source, rendering);
  }
}
