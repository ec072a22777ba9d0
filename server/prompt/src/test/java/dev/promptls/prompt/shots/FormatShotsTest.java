package dev.promptls.prompt.shots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Examples in formats that write what is said in strings.
class FormatShotsTest {
  private static final String TURNS =
      """
      messages:
        - role: user
          content: "What is \\"1 + 1\\"?"
        - role: assistant
          content: |
            One more than one. The answer is 2.
        - role: user
          content: '{{question}}'
      """;

  private static final String ROWS =
      """
      {"messages": [{"role": "system", "content": "Sum."}, {"role": "user", "content": "1+1"}, {"role": "assistant", "content": "2\\n"}]}
      {"messages": [{"role": "system", "content": "Add."}, {"role": "user", "content": "1+2"}, {"role": "assistant", "content": "3"}]}
      {"messages": [{"role": "user", "content": "1+3"}]}
      """;

  @Test
  void turnsInStringsAreReadAsTheyAreSaid() {
    Example example = Shots.in(PromptReader.read("a.prompt.yml", TURNS)).examples().getFirst();
    assertEquals(Map.of("user", "What is \"1 + 1\"?"), example.inputs());
    assertEquals("2", example.output());
    assertEquals("One more than one.", example.reasoning());
    assertEquals("2", example.outputRange().of(TURNS));
  }

  @Test
  void labelledBlocksInsideAStringAreExamples() {
    String text =
        """
        messages:
          - role: user
            content: |
              Review: Good.
              Sentiment: positive

              Review: Bad.
              Sentiment: negative

              Review: {{review}}
              Sentiment:
        """;
    List<Example> examples = Shots.in(PromptReader.read("a.prompt.yml", text)).examples();
    assertEquals(List.of("positive", "negative"), examples.stream().map(Example::output).toList());
  }

  @Test
  void blocksInsideAQuotedStringHavePlacesInTheFileAndAreAsked() {
    String text = CodedTexts.YAML_STRING;
    Shots shots = Shots.in(PromptReader.read("a.prompt.yml", text));
    Example second = shots.examples().get(1);
    assertEquals("bad", second.outputRange().of(text));
    assertEquals("Review: So \\\"bad\\\".\\nSentiment: bad", second.range().of(text));
    assertEquals("Review: So \"bad\".\nSentiment: bad", second.text());
    Question question = shots.ask(1, AskMode.PROGRESSIVE, RenderOptions.DEFAULT);
    assertEquals(
        List.of(
            "system: Judge \"reviews\".\n\nReview: Très bon!\nSentiment: good\n\n",
            "user: So \"bad\"."),
        said(question.rendered()));
  }

  @Test
  void theQuestionOfAQuotedStringIsReplaced() {
    Shots shots = Shots.in(PromptReader.read("a.jsonl", CodedTexts.JSON_STRING));
    Question question = shots.ask(1, AskMode.PROGRESSIVE, RenderOptions.DEFAULT);
    assertEquals(
        List.of("user: Q: 1 + 1\nA: 2\n\nQ: \"one\" + \ud83d\ude00\nA:"),
        said(question.rendered()));
    assertEquals("no \\ idea", question.expected());
  }

  @Test
  void everyRowThatEndsWithAnAnswerIsAnExample() {
    Shots shots = Shots.in(PromptReader.read("a.jsonl", ROWS));
    assertEquals(Shape.MESSAGES, shots.shape());
    assertEquals(
        List.of(Map.of("system", "Sum.", "user", "1+1"), Map.of("system", "Add.", "user", "1+2")),
        shots.examples().stream().map(Example::inputs).toList());
    Example first = shots.examples().getFirst();
    assertEquals("2", first.output());
    assertNull(first.reasoning());
    assertEquals("2", first.outputRange().of(ROWS));
  }

  @Test
  void aRowIsAskedAfterTheOthers() {
    Shots shots = Shots.in(PromptReader.read("a.jsonl", ROWS));
    Question question = shots.ask(1, AskMode.LEAVE_ONE_OUT, RenderOptions.DEFAULT);
    assertEquals(
        List.of("system: Add.", "user: 1+1", "assistant: 2\n", "user: 1+2"),
        said(question.rendered()));
    assertEquals("3", question.expected());
    assertEquals(
        List.of("user: 1+1", "assistant: 2\n"), said(shots.limited(1, RenderOptions.DEFAULT)));
  }

  @Test
  void aRecordIsAddedAsACopyOfItsNeighbour() {
    ShotEdits edits = ShotEdits.of(PromptReader.read("a.jsonl", ROWS));
    ShotEdit.Change change = assertInstanceOf(ShotEdit.Change.class, edits.addPlaceholder(2));
    String added = Edits.apply(ROWS, change.edits());
    assertEquals(
        """
        {"messages": [{"role": "system", "content": "Add."}, {"role": "user", "content": "<user>"}, {"role": "assistant", "content": "<answer>"}]}
        """
            .strip(),
        added.lines().toList().get(2));
    assertEquals(4, added.lines().count());
  }

  @Test
  void aRecordOfOtherMessagesIsRefused() {
    ShotEdits edits = ShotEdits.of(PromptReader.read("a.jsonl", CodedTexts.CHATS));
    var inputs = new LinkedHashMap<>(Map.of("user", "sea", "developer", "In French."));
    ShotEdit.Refused refused =
        assertInstanceOf(ShotEdit.Refused.class, edits.add(0, new Row(inputs, "mer", null)));
    assertTrue(refused.sentence().startsWith("No record of this file has just the messages of"));
  }

  private static List<String> said(RenderResult result) {
    return result.messages().stream()
        .map(message -> message.role() + ": " + message.text())
        .toList();
  }
}
