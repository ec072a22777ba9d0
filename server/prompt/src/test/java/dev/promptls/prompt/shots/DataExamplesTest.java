package dev.promptls.prompt.shots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DataExamplesTest {
  private static final String PROMPT =
      """
      ---
      promptls.examples: rows.jsonl
      ---
      {{#each examples}}
      Q: {{question}}
      A: {{answer}}

      {{/each}}
      Q: {{question}}
      A:
      """;

  static List<String> prompts() {
    return ConversionTest.prompts().toList();
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void examplesMoveIntoADataFileAndBack(String text) throws DataRows.UnreadableException {
    ShotEdits.Extracted extracted = edits(text).extract("rows.jsonl");
    String bare = apply(text, extracted.edit());
    assertEquals(0, edits(bare).count());
    assertEquals("rows.jsonl", DataExamples.file(read(bare)));
    PromptFile file = read(bare);
    Map<String, Object> input = Map.copyOf(DataExamples.input(file, name -> extracted.rows()));
    String back = apply(bare, edits(bare).inline(DataRows.read("rows.jsonl", extracted.rows())));
    assertEquals(outputs(text), outputs(back));
    assertEquals(
        Renderer.render(read(back), RenderOptions.DEFAULT).messages().stream()
            .map(message -> message.role() + message.text())
            .toList(),
        Renderer.render(file, RenderOptions.of(Data.NONE.with(input))).messages().stream()
            .map(message -> message.role() + message.text())
            .toList());
  }

  @Test
  void rowsAreWrittenAsTestRowsAre() {
    assertEquals(
        """
        {"id":"1","input":{"word":"hot"},"expected":"cold"}
        {"id":"2","input":{"word":"up"},"expected":"down"}
        {"id":"3","input":{"word":"big"},"expected":"small"}
        """,
        edits(ShotTexts.FLOW).extract("rows.jsonl").rows());
  }

  @Test
  void everyKindOfDataFileGivesTheSameRows() throws DataRows.UnreadableException {
    List<Map<String, String>> rows =
        List.of(
            Map.of("question", "a, \"b\"", "answer", "c"), Map.of("question", "d", "answer", "e"));
    assertEquals(rows, DataRows.read("a.csv", "question,answer\r\n\"a, \"\"b\"\"\",c\r\nd,e\r\n"));
    assertEquals(rows, DataRows.read("a.tsv", "question\tanswer\na, \"b\"\tc\nd\te\n"));
    String json = DataRows.write(rows);
    assertEquals(rows, DataRows.read("a.jsonl", json));
    assertEquals(rows, DataRows.read("a.json", "[" + json.strip().replace("\n", ",") + "]"));
  }

  @Test
  void theRowsOfAFilledPromptAreExamples() {
    String rows =
        """
        {"input": {"question": "one?"}, "expected": 1}
        {"input": {"question": "two?"}, "expected": 2}
        """;
    PromptFile filled = DataExamples.filled(read(PROMPT), name -> rows);
    assertEquals(
        List.of("Q: one?\nA: 1", "Q: two?\nA: 2"),
        Shots.in(filled).examples().stream().map(Example::text).toList());
    assertSame(filled, DataExamples.filled(filled, name -> rows));
    PromptFile unread = read(PROMPT);
    assertSame(unread, DataExamples.filled(unread, name -> null));
  }

  @Test
  void rowsOfBothKindsFillTheLoop() throws DataRows.UnreadableException {
    String rows =
        """
        {"id": "x", "input": {"question": "one?"}, "expected": 1}

        {"question": "two?", "answer": "2"}
        {"input": "three?", "output": "3"}
        """;
    Map<String, Object> input = Map.copyOf(DataExamples.input(read(PROMPT), name -> rows));
    String said =
        Renderer.render(read(PROMPT), RenderOptions.of(Data.NONE.with(input)))
            .messages()
            .getFirst()
            .text();
    assertEquals("Q: one?\nA: 1\n\nQ: two?\nA: 2\n\nQ: three?\nA: 3\n\nQ: \nA:", said);
  }

  @Test
  void whatCannotBeUsedIsSaid() {
    for (String rows : List.of("{", "3", "[1]", "{\"a\": }", "[".repeat(100_000))) {
      assertThrows(
          DataRows.UnreadableException.class,
          () -> DataExamples.input(read(PROMPT), name -> rows),
          rows.substring(0, 1));
    }
    assertThrows(
        DataRows.UnreadableException.class, () -> DataExamples.input(read(PROMPT), name -> null));
    String loopless = PROMPT.replace("#each", "#if").replace("/each", "/if");
    assertThrows(
        DataRows.UnreadableException.class, () -> DataExamples.input(read(loopless), name -> ""));
    assertTrue(edits(PROMPT).extract("x.jsonl").edit() instanceof ShotEdit.Refused);
    assertInstanceOf(ShotEdit.Refused.class, edits(PROMPT).inline(List.of()));
    assertInstanceOf(
        ShotEdit.Refused.class, edits("Hi {{name}}").inline(List.of(Map.of("a", "b"))));
  }

  private static List<String> outputs(String text) {
    return edits(text).rows().stream().map(row -> row.output() + "|" + row.reasoning()).toList();
  }

  private static PromptFile read(String text) {
    return PromptReader.read("a.prompt", text);
  }

  private static ShotEdits edits(String text) {
    return ShotEdits.of(read(text));
  }

  private static String apply(String text, ShotEdit edit) {
    return switch (edit) {
      case ShotEdit.Change change -> Edits.apply(text, change.edits());
      case ShotEdit.Refused(String sentence) -> throw new AssertionError(sentence);
    };
  }
}
