package dev.promptls.template.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.template.Patience;
import dev.promptls.template.Rendering;
import dev.promptls.template.Resources;
import dev.promptls.template.SourceMaps;
import dev.promptls.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/// Real chat templates against the renderings of the reference implementation.
class ChatTemplateTest {
  private static final Jinja.Options OPTIONS =
      Jinja.Options.chat(() -> LocalDateTime.of(2025, 2, 3, 4, 5, 6));

  @TestFactory
  Stream<DynamicTest> rendersAsTheReferenceDoes() {
    Stream<Path> files =
        Stream.of("smollm2", "qwen2_5", "qwen3", "mistral_nemo", "deepseek_v3", "phi3_5")
            .map(family -> Resources.of("chat-templates/" + family + ".json"));
    return files.flatMap(ChatTemplateTest::tests);
  }

  /// Templates whose vendors' licences keep them out of this repository.
  @TestFactory
  Stream<DynamicTest> rendersSharedTemplatesAsTheReferenceDoes() {
    Stream<Path> files =
        Stream.of("llama3", "llama3_2", "gemma3", "falcon_h1")
            .map(family -> Resources.shared("chat-templates/" + family + ".json"));
    return files.flatMap(ChatTemplateTest::tests);
  }

  private static Stream<DynamicTest> tests(Path file) {
    String family = file.getFileName().toString().replace(".json", "");
    if (!Files.exists(file)) {
      return Stream.of(DynamicTest.dynamicTest(family, () -> assumeTrue(false, "no " + file)));
    }
    try {
      JsonObject data = Resources.json(file).getAsJsonObject();
      Jinja template = Jinja.parse(data.get("template").getAsString(), OPTIONS);
      JsonArray cases = data.getAsJsonArray("cases");
      return cases.asList().stream()
          .map(JsonElement::getAsJsonObject)
          .map(c ->
              DynamicTest.dynamicTest(family + " " + c.get("id").getAsString(), test(template, c)));
    } catch (IOException | TemplateException e) {
      throw new IllegalStateException(family, e);
    }
  }

  private static Executable test(Jinja template, JsonObject c) {
    var variables = Resources.map(c.getAsJsonObject("vars"));
    return () -> {
      if (c.has("expected")) {
        Rendering rendering = template.render(variables, Patience.FUEL);
        assertEquals(c.get("expected").getAsString(), rendering.text());
        SourceMaps.check(template.source(), rendering);
        return;
      }
      TemplateException e =
          assertThrows(TemplateException.class, () -> template.render(variables, Patience.FUEL));
      if (c.get("error_type").getAsString().equals("TemplateError")) {
        assertEquals(c.get("error_message").getAsString(), e.getMessage());
      }
    };
  }
}
