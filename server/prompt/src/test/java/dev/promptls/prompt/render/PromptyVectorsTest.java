package dev.promptls.prompt.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.template.Fuel;
import dev.promptls.template.SourceMap;
import dev.promptls.template.StrictViolation;
import dev.promptls.template.Template;
import dev.promptls.template.TemplateException;
import dev.promptls.template.jinja.Jinja;
import dev.promptls.template.jinja.Segment;
import dev.promptls.template.mustache.Mustache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/// The behaviour vectors of microsoft/prompty; the README beside them says which are left out.
class PromptyVectorsTest {
  private static final Path FOLDER = Path.of("src/test/resources/prompty");

  @TestFactory
  Stream<DynamicTest> load() {
    return vectors("load")
        .filter(vector -> !vector.get("name").getAsString().equals("missing_file_error"))
        .map(vector -> test(vector, () -> load(vector)));
  }

  @TestFactory
  Stream<DynamicTest> render() {
    return vectors("render").map(vector -> test(vector, () -> render(vector)));
  }

  @TestFactory
  Stream<DynamicTest> renderSegments() {
    return vectors("renderSegments").map(vector -> test(vector, () -> segments(vector)));
  }

  @TestFactory
  Stream<DynamicTest> parse() {
    return vectors("parse").map(vector -> test(vector, () -> parse(vector)));
  }

  @Test
  void noneIsLeftOutUnsaid() {
    assertEquals(
        List.of(28L, 23L, 5L, 19L),
        Stream.of("load", "render", "renderSegments", "parse")
            .map(o -> vectors(o).count())
            .toList());
  }

  private static DynamicTest test(JsonObject vector, Executable run) {
    return DynamicTest.dynamicTest(vector.get("name").getAsString(), run);
  }

  private static void load(JsonObject vector) {
    JsonObject input = vector.getAsJsonObject("input");
    Map<String, @Nullable Object> expected = JsonValues.map(vector.getAsJsonObject("expected"));
    PromptFile file = PromptReader.read("vector.prompty", source(input));
    boolean validates = input.has("inputs");
    Data data = validates ? Data.input(JsonValues.map(input.getAsJsonObject("inputs"))) : Data.NONE;
    List<Problem> problems = new ArrayList<>();
    RenderOptions options = RenderOptions.of(data).withReferences(references(input));
    Map<String, @Nullable Object> loaded =
        new PromptyRenderer().metadata(file, options, problems::add);
    if (expected.get("error") instanceof String error) {
      problems.addAll(Renderer.render(file, options).problems());
      String said = problems.stream().map(Problem::message).collect(Collectors.joining("\n"));
      assertTrue(said.toLowerCase(Locale.ROOT).contains(error.toLowerCase(Locale.ROOT)), said);
      Object field = expected.get("error_field");
      assertTrue(field == null || said.contains(String.valueOf(field)), said);
      return;
    }
    assertEquals(List.of(), problems);
    if (expected.get("validated_inputs") != null) {
      assertEquals(expected.get("validated_inputs"), PromptyRenderer.inputs(loaded, options));
    } else {
      assertEquals(expected, projected(loaded, expected));
    }
  }

  private static String source(JsonObject input) {
    if (input.has("fixture")) {
      return text(FOLDER.resolve("fixtures").resolve(input.get("fixture").getAsString()));
    }
    if (input.has("frontmatter_raw")) {
      return input.get("frontmatter_raw").getAsString();
    }
    JsonObject settings = input.getAsJsonObject("frontmatter");
    JsonElement body = settings.remove("instructions");
    // JSON is YAML.
    return "---\n"
        + new Gson().toJson(settings)
        + "\n---\n"
        + (body == null ? "" : body.getAsString());
  }

  /// The vector's variables and files, the latter from a folder that must not be left.
  private static References references(JsonObject input) {
    JsonObject variables = input.has("env") ? input.getAsJsonObject("env") : new JsonObject();
    JsonObject files = input.has("files") ? input.getAsJsonObject("files") : new JsonObject();
    return new References() {
      @Override
      public Answer environment(String name) {
        JsonElement value = variables.get(name);
        return value == null ? new Answer.Missing() : new Answer.Found(value.getAsString());
      }

      @Override
      public Answer file(String path) {
        if (Path.of(path).normalize().startsWith("..")) {
          return new Answer.Refused("it resolves outside allowed roots");
        }
        JsonElement content = files.get(path);
        return content == null
            ? new Answer.Missing()
            : new Answer.Found(content.isJsonObject() ? content.toString() : content.getAsString());
      }
    };
  }

  /// What the expectation speaks of.
  private static @Nullable Object projected(@Nullable Object value, @Nullable Object expected) {
    if (value instanceof Map<?, ?> map && expected instanceof Map<?, ?> wanted) {
      Map<Object, @Nullable Object> part = new LinkedHashMap<>();
      wanted.forEach((key, field) -> part.put(key, projected(map.get(key), field)));
      return part;
    }
    if (value instanceof List<?> list
        && expected instanceof List<?> wanted
        && list.size() == wanted.size()) {
      List<@Nullable Object> part = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        part.add(projected(list.get(i), wanted.get(i)));
      }
      return part;
    }
    return value;
  }

  private static void render(JsonObject vector) throws TemplateException {
    JsonObject input = vector.getAsJsonObject("input");
    String source = input.get("template").getAsString();
    Template template =
        input.get("engine").getAsString().equals("mustache")
            ? Mustache.parse(source)
            : Jinja.parse(source, Jinja.Options.prompty());
    Map<String, @Nullable Object> inputs = JsonValues.map(input.getAsJsonObject("inputs"));
    RichInputs rich = RichInputs.of(Map.of(), inputs, null);
    String rendered = template.render(rich.inputs(), Fuel.DEFAULT).text();
    JsonObject expected = vector.getAsJsonObject("expected");
    if (expected.has("nonce_pattern")) {
      String pattern = expected.get("nonce_pattern").getAsString();
      assertTrue(Pattern.compile(pattern, Pattern.DOTALL).matcher(rendered).lookingAt(), rendered);
    } else {
      assertEquals(expected.get("rendered").getAsString(), rendered);
    }
  }

  private static void segments(JsonObject vector) throws TemplateException {
    JsonObject input = vector.getAsJsonObject("input");
    Jinja template = Jinja.parse(input.get("template").getAsString(), Jinja.Options.prompty());
    Map<String, @Nullable Object> inputs = JsonValues.map(input.getAsJsonObject("inputs"));
    Set<String> strict =
        input.has("strict_props")
            ? input.getAsJsonArray("strict_props").asList().stream()
                .map(JsonElement::getAsString)
                .collect(Collectors.toSet())
            : Set.of();
    Map<String, @Nullable Object> expected = JsonValues.map(vector.getAsJsonObject("expected"));
    if ("StrictViolation".equals(expected.get("error"))) {
      assertThrows(StrictViolation.class, () -> template.segments(inputs, strict, Fuel.DEFAULT));
      return;
    }
    List<Map<String, @Nullable Object>> found = new ArrayList<>();
    for (Segment segment : template.segments(inputs, strict, Fuel.DEFAULT)) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      map.put("kind", segment.kind() == Segment.Kind.LITERAL ? "literal" : "interp");
      map.put("text", segment.text());
      map.put("source", segment.source());
      map.put("strict", segment.strict());
      found.add(map);
    }
    assertEquals(expected.get("segments"), found);
  }

  private static void parse(JsonObject vector) {
    JsonObject input = vector.getAsJsonObject("input");
    String rendered = input.get("rendered").getAsString();
    Map<String, RichInputs.Value> marked = new LinkedHashMap<>();
    if (input.has("thread_inputs")) {
      JsonValues.map(input.getAsJsonObject("thread_inputs"))
          .forEach((name, thread) ->
              marked.put(
                  "__PROMPTY_THREAD_abcd1234_" + name + "__",
                  new RichInputs.Value("thread", thread)));
    }
    List<Problem> problems = new ArrayList<>();
    SourceMap literal =
        new SourceMap(
            List.of(new SourceMap.Entry(0, rendered.length(), "", 0, rendered.length(), true)));
    List<Message> messages =
        new PromptyMessages(
                rendered,
                new OriginMap(literal, 0),
                new RichInputs(Map.of(), marked),
                true,
                problems::add)
            .read();
    assertEquals(List.of(), problems);
    Object expected = JsonValues.map(vector.getAsJsonObject("expected")).get("messages");
    assertEquals(expected, messages.stream().map(PromptyVectorsTest::upstream).toList());
    if (marked.isEmpty()) {
      // The same text as a whole file.
      RenderResult result =
          Renderer.render(PromptReader.read("vector.prompty", rendered), RenderOptions.DEFAULT);
      assertEquals(expected, result.messages().stream().map(PromptyVectorsTest::upstream).toList());
    }
  }

  private static Map<String, @Nullable Object> upstream(Message message) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("role", message.role());
    map.put("content", List.of(Map.of("kind", "text", "value", message.text())));
    if (message.metadata() != null) {
      map.put("metadata", message.metadata());
    }
    return map;
  }

  private static Stream<JsonObject> vectors(String operation) {
    return JsonParser.parseString(text(FOLDER.resolve("vectors.json")))
        .getAsJsonObject()
        .getAsJsonArray("vectors")
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .filter(entry -> entry.get("operation").getAsString().equals(operation))
        .map(entry -> entry.getAsJsonObject("vector"));
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
