package dev.promptls.prompt.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.promptls.prompt.schema.SchemaException;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The official specification of dotprompt, case by case, as the README of its suites says.
class DotpromptSpecTest {
  private static final LoadSettings YAML = LoadSettings.builder().build();

  private record Case(String name, Map<?, ?> suite, Map<?, ?> test) {}

  @TestFactory
  Stream<DynamicTest> everyCaseOfTheSpecification() {
    return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> run(c)));
  }

  @Test
  void noCaseIsLeftOut() {
    assertEquals(117, cases().size());
  }

  private static void run(Case c) throws SchemaException {
    PromptFile file = PromptReader.read("spec.prompt", text(c.suite().get("template")));
    Map<String, @Nullable Object> expected = map(c.test().get("expect"));
    for (String key : List.of("ext", "config", "metadata")) {
      expected.putIfAbsent(key, Map.of());
    }
    RenderOptions options = options(c);

    RenderResult result = Renderer.render(file, options);
    assertEquals(List.of(), result.problems());
    Map<String, @Nullable Object> rendered =
        new LinkedHashMap<>(Renderer.metadata(file, options.withOptions(Map.of())));
    rendered.remove("input");
    rendered.put("messages", result.messages().stream().map(Message::toMap).toList());
    assertEquals(plain(without(expected, "raw", "input")), plain(rendered), "render");

    Map<?, ?> metadata = without(expected, "raw", "messages");
    assertEquals(plain(metadata), plain(result.metadata()), "renderMetadata");
    if (expected.containsKey("raw")) {
      assertEquals(plain(expected.get("raw")), plain(file.metadata()), "raw");
    }
  }

  private static RenderOptions options(Case c) {
    Map<String, @Nullable Object> data = map(c.suite().get("data"));
    data.putAll(map(c.test().get("data")));
    List<Message> messages = null;
    if (data.get("messages") instanceof List<?> list) {
      messages = list.stream().map(message -> Message.of(map(message))).toList();
    }
    Map<String, @Nullable Object> partials = map(c.suite().get("partials"));
    partials.putAll(map(c.suite().get("resolverPartials")));
    return new RenderOptions(
        new Data(map(data.get("input")), messages, map(data.get("context"))),
        map(c.test().get("options")),
        name -> (String) partials.get(name),
        map(c.suite().get("schemas")),
        map(c.suite().get("tools")),
        RenderOptions.DEFAULT.fuel());
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder())) {
      for (Path path : files.filter(p -> p.toString().endsWith(".yaml")).sorted().toList()) {
        for (Object suite : (List<?>) load(path)) {
          Map<?, ?> fields = (Map<?, ?>) suite;
          for (Object test : (List<?>) Objects.requireNonNull(fields.get("tests"))) {
            Map<?, ?> one = (Map<?, ?>) test;
            String name = path.getFileName() + " " + fields.get("name") + ": " + one.get("desc");
            cases.add(new Case(name, fields, one));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }

  private static Object load(Path path) throws IOException {
    return new Load(YAML).loadFromString(Files.readString(path));
  }

  private static Path folder() {
    try {
      return Path.of(
          Objects.requireNonNull(DotpromptSpecTest.class.getResource("/dotprompt/spec")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, @Nullable Object> without(
      Map<String, @Nullable Object> map, String... keys) {
    Map<String, @Nullable Object> rest = new LinkedHashMap<>(map);
    for (String key : keys) {
      rest.remove(key);
    }
    return rest;
  }

  private static Map<String, @Nullable Object> map(@Nullable Object value) {
    return Metadata.copy(value);
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }

  /// Values whose numbers are equal when they mean the same.
  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, field) -> copy.put(String.valueOf(key), plain(field)));
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(item -> copy.add(plain(item)));
        yield copy;
      }
      case Number number -> number.doubleValue();
      case null -> null;
      default -> value;
    };
  }
}
