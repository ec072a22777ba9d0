package dev.promptls.prompt.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.text.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PromptyReaderTest {
  @TestFactory
  Stream<DynamicTest> readsEverySampleWithoutProblems() {
    return samples()
        .map(path ->
            DynamicTest.dynamicTest(
                path.getFileName().toString(),
                () -> {
                  PromptFile file = PromptReader.read(path.toString(), Files.readString(path));
                  assertEquals(Format.PROMPTY, file.format());
                  assertEquals(List.of(), file.problems());
                }));
  }

  @Test
  void cutsTheBodyAtItsRoleLines() {
    String text =
        "---\nname: a\n---\n\nFirst.\n# System:\nBe kind.\n  user[name=\"Al\"]: \nHi\nassistant:\n";
    PromptFile file = read(text);
    assertEquals(
        List.of("system|null|First.\n", "system|System|\nBe kind.\n", "user|user|\nHi\n"),
        file.messages().stream()
            .map(m -> m.role() + "|" + of(text, m.roleSpan()) + "|" + m.content().of(text))
            .toList());
    assertEquals("[name=\"Al\"]", of(text, file.messages().getLast().attributes()));
  }

  @Test
  void takesNoRoleLineInsideATag() {
    PromptFile file = read("user:\n{# a\nsystem:\nb #}\nHi");
    assertEquals(1, file.messages().size());
  }

  @Test
  void readsRoleLinesAsTheReferenceDoes() {
    Map<String, String> lines =
        Map.ofEntries(
            Map.entry("user:", "user{}"),
            Map.entry(" # USER : ", "user{}"),
            Map.entry("developer[a=1, b = 2.5,c=true]:", "developer{a=1, b=2.5, c=true}"),
            Map.entry("user[name=\"a, b\"]:", "user{name=a, b}"),
            Map.entry("user[name=]:", "user{name=}"),
            Map.entry("users:", "null"),
            Map.entry("user: hi", "null"),
            Map.entry("## user:", "null"),
            Map.entry("user []:", "null"),
            Map.entry("user[]:", "null"),
            Map.entry("user[name]:", "null"),
            Map.entry("user[name=a:", "null"),
            Map.entry("tool:", "null"),
            Map.entry("", "null"));
    lines.forEach((line, expected) -> {
      RoleLine role = RoleLine.of(line, new Span(0, line.length()));
      assertEquals(expected, role == null ? "null" : role.role() + role.attributes(), line);
    });
  }

  @Test
  void settingsMayBeEmptyMissingOrPrecededByBlanks() {
    assertEquals("Hi", read("---\n---\nHi").bodyText());
    assertEquals("Hi", read("Hi").bodyText());
    assertEquals("Hi", read("\uFEFFHi").bodyText());
    assertEquals("Hi\r\n", read("\uFEFF  ---\r\nname: a\r\n---\r\n\r\nHi\r\n").bodyText());
    assertEquals("Hi", read("+++\nname: a\n+++\nHi").bodyText());
    assertEquals("", read("---\nname: a\n---").bodyText());
    assertEquals("", read("").bodyText());
    assertEquals("a --- b", read("---\nname: a --- b\n---\nHi").metadata().get("name"));
  }

  @Test
  void saysWhatIsWrongWithTheSettings() {
    assertEquals("front-matter-unclosed", code("---\nname: a\n\nuser:\nHi"));
    assertEquals("invalid-yaml", code("---\nname: [a\n---\nHi"));
    assertEquals("invalid-yaml", code("---\njust words\n---\nHi"));
    PromptFile file = read("---\nname: \"a\" b\nmodel: m\n---\nuser:\nHi {{ x }}");
    assertEquals("m", file.model());
    assertEquals(1, file.messages().size());
    assertEquals(1, file.variables().size());
  }

  @Test
  void readsInputsOfAllVersions() {
    String text =
        """
        ---
        inputs:
          - name: a
            kind: string
            description: What.
            required: true
            example: e
          - name: b
            kind: float
            default: 2.5
        sample:
          a: from sample
          c: [1]
        ---
        """;
    PromptFile file = read(text);
    assertEquals(
        "a string true from sample e; b float false 2.5 null; c array false [1] null",
        file.inputs().stream()
            .map(i ->
                String.join(
                    " ",
                    i.name(),
                    i.type(),
                    "" + i.required(),
                    "" + i.defaultValue(),
                    "" + i.example()))
            .collect(Collectors.joining("; ")));
    assertEquals(
        "a integer 3; b string null; c object {x=1}",
        read("---\ninputs:\n  a: 3\n  b: {type: string}\n  c: {x: 1}\n---\n").inputs().stream()
            .map(i -> i.name() + " " + i.type() + " " + i.defaultValue())
            .collect(Collectors.joining("; ")));
  }

  @Test
  void findsTheVariablesOfJinja() {
    String body =
        """
        user:
        {{ a }} {{ b.c['d'] | default(e) }} {% if f and not g.h %}{{ "x" }}{% endif %}
        {% for i in items %}{{ i.text }} {{ loop.index }} {{ a2 }}{% for j in i.parts %}{{ j.k }}{% endfor %}{% endfor %}
        {% set s = t %}{{ s }} {{ range(n) }} {{ u is defined }} {# {{ no }} #}{% raw %}{{ no }}{% endraw %}
        {{ open
        """;
    PromptFile file = read(body);
    assertEquals(
        "a b.c.d e f g.h items items>text a2 items>parts items,i.parts>k t n u open",
        file.variables().stream()
            .map(use ->
                String.join(",", use.scope())
                    + (use.scope().isEmpty() ? "" : ">")
                    + String.join(".", use.path()))
            .collect(Collectors.joining(" ")));
    for (VariableUse use : file.variables()) {
      assertTrue(use.span().of(body).contains(use.path().getLast()), use.toString());
    }
  }

  @Test
  void matchesTheBlocksOfJinja() {
    PromptFile file = read("{% if a %}{% for x in y %}{% endif %}{% else %}{% endfor %}");
    List<Tag> tags = file.tags();
    assertEquals(List.of("if", "for", "if", "else", "for"), tags.stream().map(Tag::name).toList());
    assertEquals(2, tags.getFirst().match());
    assertNull(tags.get(1).match());
    assertEquals(List.of("x"), tags.get(1).blockParameters());
    assertEquals("y", tags.get(1).first());
  }

  @Test
  void readsMustacheWhereTheSettingsNameIt() {
    PromptFile file = read("---\ntemplate: {format: mustache}\n---\n{{#items}}{{name}}{{/items}}");
    assertEquals(3, file.tags().size());
    assertEquals(List.of("items"), file.variables().getLast().scope());
  }

  @Test
  void linksTheFilesThatSettingsReferTo() {
    String text = "---\nmodel:\n  connection: \"${file:a/b.json}\"\ninputs: ${file:c.yaml}\n---\n";
    PromptFile file = read(text);
    assertEquals(List.of("a/b.json", "c.yaml"), file.links().stream().map(Link::target).toList());
    file.links().forEach(link -> assertEquals(link.target(), link.span().of(text)));
  }

  @Test
  void knowsTheModelInBothVersions() {
    assertEquals("m", read("---\nmodel: m\n---\n").model());
    assertEquals("m", read("---\nmodel: {id: m}\n---\n").model());
    assertEquals("m", read("---\nmodel: {configuration: {azure_deployment: m}}\n---\n").model());
  }

  @Test
  void staysLinear() {
    String text =
        "user[a=".repeat(200_000)
            + "\n"
            + "{% raw %}{# {{ ".repeat(100_000)
            + "\nuser:\n\n".repeat(50_000);
    PromptFile file = read(text);
    assertNotNull(file.messages());
  }

  private static PromptFile read(String text) {
    return PromptReader.read("a.prompty", text);
  }

  private static String code(String text) {
    return read(text).problems().getFirst().code();
  }

  private static String of(String text, @Nullable Span span) {
    return span == null ? "null" : span.of(text);
  }

  private static Stream<Path> samples() {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/prompty"))) {
      return files.filter(path -> path.toString().endsWith(".prompty")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
