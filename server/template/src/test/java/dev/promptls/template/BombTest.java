package dev.promptls.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Hostile templates: each ends with a sentence and a place.
class BombTest {
  /// Without the clock, so that steps, characters and depth must stop them on any machine.
  private static final Fuel FUEL = new Fuel(1_000_000, 16L << 20, 64, Duration.ofMinutes(5));

  private static final String LOOP = "{% for i in range(100000) %}";
  private static final String END = "{% endfor %}";

  @TestFactory
  Stream<DynamicTest> jinjaStops() {
    return Stream.of(
            LOOP.repeat(6) + "x" + END.repeat(6),
            "{% set ns = namespace(s='xxxxxxxx') %}" + LOOP + "{% set ns.s = ns.s ~ ns.s %}" + END,
            "{% set ns = namespace(s='ab') %}" + LOOP + "{% set ns.s = ns.s + ns.s %}" + END,
            "{% set ns = namespace(l=[1]) %}" + LOOP + "{% set ns.l = ns.l + ns.l %}" + END,
            "{% set ns = namespace(l=[1]) %}"
                + LOOP
                + "{% set ns.l = [ns.l] %}"
                + END
                + "{{ ns.l }}",
            "{% set ns = namespace(l=[1]) %}"
                + LOOP
                + "{% set ns.l = [ns.l, ns.l] %}"
                + END
                + "{{ ns.l|tojson }}",
            "{% set ns = namespace(l=[1]) %}"
                + LOOP
                + "{% set ns.l = ns.l | map('abs') %}"
                + END
                + "{{ ns.l|list }}",
            "{{ 'x' * 1000000000 }}",
            "{{ 'x' * 10 ** 18 }}",
            "{{ [0] * 1000000000 }}",
            "{{ range(1000000000) | list }}",
            "{{ range(-9223372036854775807, 9223372036854775807)|length }}",
            "{{ 10 ** (10 ** 10) }}",
            "{{ 9 ** 999999999 }}",
            "{{ 'x' | center(2000000000) }}",
            "{{ '%2000000000d' % 1 }}",
            "{{ '%99999d' % 1 * 100000 }}",
            "{{ 'x'.ljust(2000000000) }}",
            "{{ '1'.zfill(2000000000) }}",
            "{{ 'a\\tb'.expandtabs(2000000000) }}",
            "{{ ('x' * 1000000).replace('', 'yyyyyyyyyyyyyyyyyyyyyyyyyy') }}",
            "{{ ('x' * 100000).replace('x', 'y' * 100000) }}",
            "{{ ('x ' * 100000) | indent(100000) }}{{ ('x\\n' * 100000) | indent(100000) }}",
            "{{ ('x' * 100000) | list | join('y' * 100000) }}",
            "{{ [1] | tojson(indent=2000000000) }}{{ 'x' * 100000000 }}",
            "{{ [1, 2] | batch(2000000000, 0) | list }}",
            "{{ [1] | slice(2000000000) | list }}",
            "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
            "{% macro m(x) %}{{ m(x + 1) + m(x + 1) }}{% endmacro %}{{ m(0) }}",
            "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
            "{% set f %}{{ 'x' * 1000000 }}{% endset %}{{ f * 1000 }}",
            "{% filter replace('x', 'xx' * 1000000) %}{{ 'x' * 1000 }}{% endfilter %}",
            "{{ ('a ' * 1000000) | wordwrap(3) }}",
            "{{ ('<' * 100000) | striptags * 1000 }}",
            "{{ ('a' * 2000000).rsplit('a') }}{{ ('a' * 2000000).split('a') }}",
            "{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}",
            "{{ " + "[".repeat(100_000) + "]".repeat(100_000) + " }}",
            "{{ " + "not ".repeat(100_000) + "1 }}",
            "{{ " + "-".repeat(100_000) + "1 }}",
            "{{ 1" + " + 1".repeat(100_000) + " }}",
            "{{ x" + ".x".repeat(100_000) + " }}",
            "{{ x" + "|upper".repeat(100_000) + " }}",
            "{{ 1" + " if 1 else 1".repeat(100_000) + " }}",
            "{% if 1 %}".repeat(100_000),
            "{% for x in y %}".repeat(100_000),
            "{{ " + "9".repeat(100_000) + " }}",
            "{{ '" + "x".repeat(100_000),
            "{# " + "x".repeat(100_000),
            "{% raw %}" + "{% end".repeat(100_000))
        .map(source -> DynamicTest.dynamicTest(name(source), () -> stops(source)));
  }

  private static String name(String source) {
    return source.substring(0, Math.min(60, source.length()));
  }

  private static void stops(String source) {
    TemplateException e =
        assertThrows(
            TemplateException.class,
            () -> Jinja.parse(source, Jinja.Options.python()).render(Map.of(), FUEL));
    assertTrue(e.end() <= source.length() && e.start() <= e.end());
    assertTrue(String.valueOf(e.getMessage()).endsWith("."), e::getMessage);
  }

  @TestFactory
  Stream<DynamicTest> handlebarsStops() {
    String each = "{{#each @root.l}}";
    return Stream.of(
            each.repeat(4) + "x" + "{{/each}}".repeat(4),
            "{{> self}}",
            "{{> twice}}",
            "{{> a1}}",
            "{{#each l}}{{> big}}{{/each}}",
            "{{#if l}}".repeat(100_000),
            "{{#if l}}".repeat(300) + "{{/if}}".repeat(300),
            "{{#if n}}" + "{{else if n}}".repeat(100_000) + "{{/if}}",
            "{{lookup " + "(lookup ".repeat(100_000) + "l 1" + ")".repeat(100_000) + "}}",
            "{{#each l}}" + "{{this}}{{../l}}".repeat(1_000) + "{{/each}}",
            "{{!-- " + "--".repeat(100_000),
            "{{{{a}}}}" + "{{{{".repeat(100_000),
            "{{" + "../".repeat(100_000),
            "{{nothing 1}}")
        .map(source -> DynamicTest.dynamicTest(name(source), () -> handlebarsStops(source)));
  }

  private static void handlebarsStops(String source) {
    Handlebars.Options options =
        Handlebars.Options.plain()
            .withPartials(name ->
                switch (name) {
                  case "self" -> "{{> self}}";
                  case "twice" -> "{{> twice}}{{> twice}}";
                  case "big" -> "x".repeat(1 << 20);
                  default ->
                      name.startsWith("a") ? "{{> a" + (name.length() + 1) + name + "}}" : null;
                });
    Map<String, Object> variables = Map.of("l", Collections.nCopies(1_000, "item"), "n", 0);
    TemplateException e =
        assertThrows(
            TemplateException.class,
            () -> Handlebars.parse(source, options).render(variables, FUEL));
    assertTrue(String.valueOf(e.getMessage()).endsWith("."), e::getMessage);
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
