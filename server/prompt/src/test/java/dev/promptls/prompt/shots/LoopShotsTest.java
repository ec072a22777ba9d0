package dev.promptls.prompt.shots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.syntax.PromptReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoopShotsTest {
  private static final String REVIEWS = ShotTexts.LOOP.stripTrailing();

  private static final String CHAT =
      """
      ---
      input:
        default:
          examples:
            - {question: "2 + 2?", reasoning: Two and two., answer: 4}
            - {question: "3 + 3?", reasoning: Three and three., answer: 6}
      ---
      {{role "system"}}Count.
      {{#each examples as |shot|}}
      {{role "user"}}{{shot.question}}
      {{role "model"}}{{shot.reasoning}} The answer is {{shot.answer}}.
      {{/each}}
      {{role "user"}}{{input}}
      """;

  @Test
  void itemsOfTheListAreExamples() {
    Shots shots = shots(ShotTexts.LOOP);
    assertEquals(Shape.LOOP, shots.shape());
    assertEquals(
        List.of("positive", "negative", "neutral"),
        shots.examples().stream().map(Example::output).toList());
    assertEquals("\n\n", shots.separator());
    assertEquals(List.of("\n\n"), shots.stop());
    Example second = shots.examples().get(1);
    assertEquals(Map.of("review", "a bore"), second.inputs());
    assertEquals("{review: a bore, sentiment: negative}", second.range().of(REVIEWS));
    assertEquals("negative", second.outputRange().of(REVIEWS));
    assertEquals("Review: a bore\nSentiment: negative", second.text());
    assertEquals(
        "review: great film\n        sentiment: positive",
        shots.examples().getFirst().range().of(REVIEWS));
  }

  @Test
  void anAskedExampleReplacesTheVariablesOfTheQuery() {
    Question question = shots(REVIEWS).ask(1, AskMode.LEAVE_ONE_OUT, RenderOptions.DEFAULT);
    assertEquals(
        """
        Classify.
        Review: great film
        Sentiment: positive

        Review: it rained
        Sentiment: neutral

        Review: a bore
        Sentiment:\
        """,
        text(question.rendered()));
    assertEquals("negative", question.expected());
  }

  @Test
  void fewerExamplesAreTheFirstOnes() {
    assertEquals(
        "Classify.\nReview: fine\nSentiment:",
        text(shots(REVIEWS).limited(0, RenderOptions.DEFAULT)));
    assertTrue(text(shots(REVIEWS).limited(2, RenderOptions.DEFAULT)).contains("a bore"));
  }

  @Test
  void examplesMayBeMessagesWithReasoning() {
    Shots shots = shots(CHAT);
    Example first = shots.examples().getFirst();
    assertEquals("4", first.output());
    assertEquals("Two and two.", first.reasoning());
    assertEquals("", shots.separator());
    assertEquals(List.of(), shots.stop());
    Question question = shots.ask(1, AskMode.PROGRESSIVE, RenderOptions.DEFAULT);
    assertEquals(
        List.of("system", "user", "model", "user"),
        question.rendered().messages().stream().map(Message::role).toList());
    assertEquals("3 + 3?", question.rendered().messages().getLast().text());
    assertEquals("6", shots.answer("It is six. The answer is 6."));
  }

  @Test
  void messagesInTurnsAreExamples() {
    String text =
        """
        {{role "system"}}Translate.
        {{role "user"}}cat
        {{role "model"}}chat
        {{role "user"}}dog
        {{role "model"}}chien
        {{role "user"}}{{word}}
        """;
    Shots shots = shots(text);
    assertEquals(Shape.MESSAGES, shots.shape());
    assertEquals(List.of("chat", "chien"), shots.examples().stream().map(Example::output).toList());
    assertEquals("chien", shots.examples().getLast().outputRange().of(text));
    Question question = shots.ask(0, AskMode.LEAVE_ONE_OUT, RenderOptions.DEFAULT);
    assertEquals(
        List.of("Translate.\n", "dog\n", "chien\n", "cat\n"),
        question.rendered().messages().stream().map(Message::text).toList());
    assertEquals("chat", question.expected());
    RenderOptions cow = RenderOptions.of(Data.input(Map.of("word", "cow")));
    assertEquals("cow\n", text(shots.limited(0, cow)));
    assertEquals(2, shots.limited(0, cow).messages().size());
  }

  @Test
  void blocksInsideAMessageOfATemplateAreExamples() {
    String text = "{{role \"user\"}}\nQ: a\nA: b\n\nQ: c\nA: d\n\nQ: {{question}}\nA:\n";
    Shots shots = shots(text);
    assertEquals(Shape.BLOCKS, shots.shape());
    Question question = shots.ask(1, AskMode.LEAVE_ONE_OUT, RenderOptions.DEFAULT);
    assertEquals("\nQ: a\nA: b\n\nQ: c\nA:\n", text(question.rendered()));
  }

  private static Shots shots(String text) {
    return Shots.in(PromptReader.read("a.prompt", text));
  }

  private static String text(RenderResult rendered) {
    return rendered.messages().getLast().text();
  }
}
