package dev.promptls.prompt.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.text.Span;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class GithubReaderTest {
  /// Real files, with the licences beside them.
  @TestFactory
  Stream<DynamicTest> samplesAreReadWithoutAProblemAndEveryRangeHoldsWhatItSays()
      throws IOException, URISyntaxException {
    Path folder =
        Path.of(
            Objects.requireNonNull(GithubReaderTest.class.getResource("/github-models")).toURI());
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(path -> path.toString().endsWith(".yml")).sorted().toList();
    }
    assertEquals(16, files.size());
    return files.stream()
        .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> check(path)));
  }

  private static void check(Path path) throws IOException {
    for (String end : List.of("\n", "\r\n")) {
      String text = Files.readString(path).replace("\n", end);
      PromptFile file = PromptReader.read(path.getFileName().toString(), text);
      assertEquals(Format.GITHUB, file.format());
      assertEquals(List.of(), file.problems());
      assertTrue(file.messages().size() > 0);
      file.messages().forEach(message -> assertFollowed(file, message));
      for (VariableUse use : file.variables()) {
        assertEquals(use.name(), use.span().of(text));
      }
      for (InputDeclaration input : file.inputs()) {
        assertEquals(input.name(), input.span().of(text));
        input.alsoAt().forEach(also -> assertEquals(input.name(), also.of(text)));
      }
    }
  }

  @Test
  void variablesOfEveryKindOfScalarStandWhereTheyAreWritten() {
    String text =
        """
        messages:
          - role: system
            content: plain {{one}} that goes on
              in the next line with {{two}}
          - role: user
            content: |
              Literal {{three}}

                indented {{four}}
              end
          - role: assistant
            content: >-
              Folded {{five}}
              goes on {{six}}

              new paragraph {{seven}}
                more {{eight}}
              end
          - role: user
            content: "Quoted \\"{{nine}}\\" \\n \\u00e4 {{ten}} \\
              joined {{eleven}}
              folded {{twelve}}"
          - role: user
            content: 'It''s {{thirteen}}

              and {{fourteen}} 😀 {{fifteen}}'
        """;
    PromptFile file = PromptReader.read("a.prompt.yml", text);
    assertEquals(List.of(), file.problems());
    assertEquals(15, file.variables().size());
    for (VariableUse use : file.variables()) {
      assertEquals("{{" + use.name() + "}}", around(use.span()).of(text));
    }
    file.messages().forEach(message -> assertFollowed(file, message));
  }

  private static Span around(Span name) {
    return new Span(name.start() - 2, name.end() + 2);
  }

  /// Every character that says itself is found in the source, and only escapes, folds and line
  /// breaks are not.
  private static void assertFollowed(PromptFile file, MessageNode message) {
    Decoded coding = message.coding();
    if (coding == null) {
      return;
    }
    int end = 0;
    for (Decoded.Piece piece : coding.pieces()) {
      String said = piece.decoded().of(coding.text());
      String source = piece.source().shift(message.content().start()).of(file.text());
      assertEquals(end, piece.decoded().start());
      end = piece.decoded().end();
      assertTrue(piece.literal() ? said.equals(source) : said.length() < 3, said);
    }
    assertEquals(coding.text().length(), end);
  }

  @Test
  void onlyTheExactTextIsAVariable() {
    String text =
        """
        messages:
          - role: user
            content: "{{a}} {{ b }} {{#each c}} {{{d}}} {{e.f-g_1}} {{}} {{h i}} {{j"
        testData:
          - h i: 1
        """;
    List<String> names =
        PromptReader.read("a.prompt.yml", text).variables().stream()
            .map(VariableUse::name)
            .toList();
    assertEquals(List.of("a", "d", "e.f-g_1", "h i"), names);
  }

  @Test
  void rowsOfTestDataDeclareTheInputs() {
    String text =
        """
        messages:
          - {role: user, content: "{{topic}}"}
        testData:
          - {topic: x, count: 1, expected: y}
          - {topic: z, count: 2, expected: y}
        evaluators:
          - name: a
            string: {contains: '{{count}}'}
          - name: b
            llm: {modelId: m, prompt: "{{completion}} {{topic}}", choices: []}
        """;
    PromptFile file = PromptReader.read("a.prompt.yml", text);
    assertEquals(
        List.of("topic string 1", "count integer 1"),
        file.inputs().stream()
            .map(input -> input.name() + " " + input.type() + " " + input.alsoAt().size())
            .toList());
    assertEquals(
        List.of("topic", "count", "topic"),
        file.variables().stream().map(VariableUse::name).toList());
  }

  @Test
  void aMistakeInOneMessageCostsNoOther() {
    String text =
        """
        name: a
        messages:
          - role: system
            content: one
          - role: user
            content: "two
          - role: assistant
            content: three
          - role: user
            content: a: b: c
          - role: user
            content: four {{x}}
        model: [openai/gpt-4o
        modelParameters:
          temperature: 0.5
        """;
    PromptFile file = PromptReader.read("a.prompt.yml", text);
    assertEquals(3, file.problems().size(), file.problems().toString());
    assertEquals(
        List.of("one", "", "three", "", "four {{x}}"),
        file.messages().stream()
            .map(message -> message.said(text).matches("(?s)two.*|a") ? "" : message.said(text))
            .toList());
    YamlNode temperature = file.at("modelParameters", "temperature");
    assertNotNull(temperature);
    assertEquals(0.5, temperature.value());
    assertEquals("x", file.variables().getFirst().span().of(text));
  }

  @Test
  void emptyHugeAndHostileFilesHaveATree() {
    for (String text :
        List.of(
            "",
            "\uFEFF",
            "messages:",
            "messages: 5\n",
            "messages:\n- 1\n- null\n- role: user\n",
            "[".repeat(100_000),
            "- ".repeat(100_000),
            "a: &a [*a, *a]\n",
            "messages:\n- content: \"" + "\\u".repeat(1000),
            "messages:\n- role: user\n  content: '" + "{{".repeat(200_000) + "'\n",
            "messages:\n- role: user\n  content: \"" + " ".repeat(200_000) + "x\"\n",
            "\0\uD800")) {
      PromptFile file = PromptReader.read("a.prompt.yml", text);
      assertEquals(text, file.text());
      assertEquals(Format.GITHUB, file.format());
    }
  }

  @Test
  void aFileThatIsTooLongSaysSo() {
    String text = "messages:\n" + "# comment\n".repeat(1_700_000);
    PromptFile file = PromptReader.read("a.prompt.yml", text);
    assertEquals("yaml-too-long", file.problems().getFirst().code());
  }
}
