package dev.promptls.prompt.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every sample comes to the end that it comes to with the JavaScript library.
class DotpromptSamplesTest {
  @TestFactory
  Stream<DynamicTest> samplesEndAsTheyDoInJavaScript() throws IOException, URISyntaxException {
    Path folder =
        Path.of(
            Objects.requireNonNull(DotpromptSamplesTest.class.getResource("/dotprompt/samples"))
                .toURI());
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonElement element :
        JsonParser.parseString(Files.readString(folder.resolve("outcomes.json")))
            .getAsJsonArray()) {
      JsonObject sample = element.getAsJsonObject();
      String name = sample.get("file").getAsString();
      String text = Files.readString(folder.resolve(name));
      tests.add(
          DynamicTest.dynamicTest(name, () -> check(name, text, sample.getAsJsonObject("head"))));
    }
    return tests.stream();
  }

  private static void check(String name, String text, JsonObject outcome) {
    PromptFile file = PromptReader.read(name, text);
    FrontMatter frontMatter = file.frontMatter();
    String found =
        frontMatter == null ? "not-recognised" : frontMatter.valid() ? "parsed" : "invalid-yaml";
    assertEquals(outcome.get("frontMatter").getAsString(), found);
    RenderResult result =
        Renderer.render(file, RenderOptions.DEFAULT.withPartials(partial -> "a partial"));
    boolean fails = outcome.get("render").getAsString().equals("error");
    assertEquals(fails, result.failed(), () -> result.problems().toString());
    if (fails) {
      assertNotNull(result.problems().getFirst().message());
    }
  }
}
