package dev.promptls.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.bombs.BombTable;
import dev.promptls.bombs.TemplateBomb;
import dev.promptls.template.handlebars.Handlebars;
import dev.promptls.template.jinja.Jinja;
import dev.promptls.template.mustache.Mustache;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Hostile templates: each ends with a sentence and a place. How long they take is for
/// `server/bench/run bombs` to say.
class BombTest {
  /// Without the clock, so that steps, characters and depth must stop them on any machine; with
  /// fewer steps than usual, since it is all the same where they stop.
  private static final Fuel FUEL = new Fuel(200_000, 16L << 20, 64, Duration.ofMinutes(5));

  private static final String LOOP = "{% for i in range(100000) %}";
  private static final String END = "{% endfor %}";

  @TestFactory
  Stream<DynamicTest> stops() throws IOException {
    BombTable<TemplateBomb> table = BombTable.templates();
    Map<String, Object> variables = table.variables();
    Handlebars.Options options = Handlebars.Options.plain().withPartials(table::partial);
    return table.bombs().stream()
        .map(bomb ->
            DynamicTest.dynamicTest(
                bomb.language() + ": " + bomb.name(), () -> stops(bomb, options, variables)));
  }

  private static void stops(
      TemplateBomb bomb, Handlebars.Options options, Map<String, Object> variables) {
    String source = bomb.text();
    TemplateException e =
        assertThrows(
            TemplateException.class,
            () -> parsed(bomb.language(), source, options).render(variables, FUEL));
    String sentence = String.valueOf(e.getMessage());
    assertTrue(sentence.contains(bomb.stops()), sentence);
    assertTrue(sentence.endsWith(".") && sentence.length() < 500, sentence);
    assertTrue(0 <= e.start() && e.start() <= e.end(), sentence);
    assertTrue(e.end() <= source.length() || !e.template().isEmpty(), sentence);
  }

  private static Template parsed(String language, String source, Handlebars.Options options)
      throws TemplateException {
    return switch (language) {
      case "jinja" -> Jinja.parse(source, Jinja.Options.python());
      case "mustache" -> Mustache.parse(source);
      default -> Handlebars.parse(source, options);
    };
  }

  @Test
  void namesTheConstructThatSpentTheFuel() {
    String source = "a {{ 'x' * 1000000000 }} b";
    TemplateException e =
        assertThrows(
            TemplateException.class,
            () -> Jinja.parse(source, Jinja.Options.python()).render(Map.of(), Fuel.DEFAULT));
    assertEquals("'x' * 1000000000", source.substring(e.start(), e.end()));
  }

  @Test
  void stopsWhenTimeIsUp() {
    Fuel hurried = new Fuel(Long.MAX_VALUE, Long.MAX_VALUE, 64, Duration.ofMillis(20));
    String source = LOOP.repeat(3) + END.repeat(3);
    TemplateException e =
        assertThrows(
            TemplateException.class,
            () -> Jinja.parse(source, Jinja.Options.python()).render(Map.of(), hurried));
    assertTrue(String.valueOf(e.getMessage()).contains("20 ms"));
  }

  @Test
  void readingAndRenderingShareTheTime() {
    Fuel spent = new Fuel(Long.MAX_VALUE, Long.MAX_VALUE, 64, Duration.ZERO);
    String source = "{{a}}".repeat(10_000);
    TemplateException e =
        assertThrows(
            TemplateException.class,
            () -> Jinja.render(source, Jinja.Options.python(), Map.of(), spent));
    assertTrue(String.valueOf(e.getMessage()).contains("0 ms"));
    assertTrue(0 < e.start() && e.start() < source.length() / 2);
    assertThrows(TemplateException.class, () -> Mustache.render(source, Map.of(), spent));
    Handlebars.Options options = Handlebars.Options.plain();
    assertThrows(
        TemplateException.class,
        () -> Handlebars.render(source, options, Map.of(), Map.of(), spent));
  }

  @Test
  void survivesVariablesThatContainThemselves() {
    java.util.List<Object> list = new java.util.ArrayList<>();
    list.add(list);
    assertThrows(
        TemplateException.class,
        () ->
            Jinja.parse("{{ l }}", Jinja.Options.python()).render(Map.of("l", list), Fuel.DEFAULT));
  }

  @Test
  void parsesLongTemplatesInLinearSteps() throws TemplateException {
    String source = String.join("", IntStream.range(0, 50_000).mapToObj(i -> "{{ a }} x").toList());
    Rendering rendering =
        Jinja.parse(source, Jinja.Options.python()).render(Map.of("a", "1"), FUEL);
    assertEquals(150_000, rendering.text().length());
  }
}
