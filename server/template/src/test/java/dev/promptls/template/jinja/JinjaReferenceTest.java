package dev.promptls.template.jinja;

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
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Templates against what Python's Jinja2 made of them.
class JinjaReferenceTest {
  private static final List<String> FILES =
      List.of("reference", "html", "values", "methods", "blocks", "names");

  @TestFactory
  List<DynamicTest> rendersAsPythonDoes() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : FILES) {
      tests.addAll(cases(name));
    }
    return tests;
  }

  private static List<DynamicTest> cases(String name) throws IOException {
    JsonObject file = Resources.json(Resources.of("jinja/" + name + ".json")).getAsJsonObject();
    JsonObject variables = file.getAsJsonObject("variables");
    return file.getAsJsonArray("cases").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(c ->
            DynamicTest.dynamicTest(
                c.get("template").getAsString().replaceAll("\\s+", " "), () -> check(c, variables)))
        .toList();
  }

  private static Jinja.Options options(JsonObject c) {
    return switch (c.has("environment") ? c.get("environment").getAsString() : "") {
      case "chat" -> Jinja.Options.chat(() -> LocalDateTime.of(2025, 2, 3, 4, 5, 6));
      case "trim" ->
          Jinja.Options.python()
              .withTrimBlocks(true)
              .withLstripBlocks(true)
              .withKeepTrailingNewline(true);
      default -> Jinja.Options.python();
    };
  }

  private static void check(JsonObject c, JsonObject variables) throws TemplateException {
    String source = c.get("template").getAsString();
    var values = Resources.map(variables);
    if (c.has("error")) {
      assertThrows(
          TemplateException.class,
          () -> Jinja.parse(source, options(c)).render(values, Patience.FUEL));
      return;
    }
    Rendering rendering = Jinja.parse(source, options(c)).render(values, Patience.FUEL);
    assertEquals(c.get("expected").getAsString(), rendering.text());
    SourceMaps.check(source, rendering);
  }
}
