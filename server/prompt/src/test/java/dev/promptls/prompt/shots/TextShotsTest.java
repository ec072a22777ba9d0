package dev.promptls.prompt.shots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.syntax.PromptReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextShotsTest {
  private static final String REVIEWS =
      """
      Classify the review.

      Review: Loved every minute.
      Sentiment: positive

      Review: A waste of time.
      I left early.
      Sentiment: negative

      Review: It was fine.
      Sentiment: neutral

      Review: Not bad: rather good.
      Sentiment:
      """;

  @Test
  void labelledBlocksAreExamplesAndTheOpenOneIsTheQuery() {
    Shots shots = shots(REVIEWS);
    assertEquals(Shape.BLOCKS, shots.shape());
    assertEquals(List.of("positive", "negative", "neutral"), outputs(shots));
    assertEquals(
        Map.of("Review", "A waste of time.\nI left early."), shots.examples().get(1).inputs());
    assertEquals("\n\n", shots.separator());
    assertEquals(List.of("\n\n", "\nReview:"), shots.stop());
    assertEquals(
        "Review: It was fine.\nSentiment: neutral", shots.examples().get(2).range().of(REVIEWS));
    assertEquals("neutral", shots.examples().get(2).outputRange().of(REVIEWS));
  }

  @Test
  void anAskedExampleTakesThePlaceOfTheQuery() {
    Question question = ask(REVIEWS, 1, AskMode.LEAVE_ONE_OUT);
    assertEquals(
        """
        Classify the review.

        Review: Loved every minute.
        Sentiment: positive

        Review: It was fine.
        Sentiment: neutral

        Review: A waste of time.
        I left early.
        Sentiment:
        """,
        text(question.rendered()));
    assertEquals("negative", question.expected());
    assertEquals(2, question.shots());
  }

  @Test
  void progressiveQuestionsShowOnlyTheExamplesAbove() {
    assertEquals(
        "Classify the review.\n\nReview: Loved every minute.\nSentiment:\n",
        text(ask(REVIEWS, 0, AskMode.PROGRESSIVE).rendered()));
    assertTrue(text(ask(REVIEWS, 2, AskMode.PROGRESSIVE).rendered()).contains("I left early"));
  }

  @Test
  void fewerExamplesLeaveTheQueryAsItIs() {
    String text = text(shots(REVIEWS).limited(1, RenderOptions.DEFAULT));
    assertEquals(
        """
        Classify the review.

        Review: Loved every minute.
        Sentiment: positive

        Review: Not bad: rather good.
        Sentiment:
        """,
        text);
  }

  @Test
  void arrowsAreExamplesToo() {
    String text = "Translate.\nsea -> mer\nsky -> ciel\ncat ->";
    Shots shots = shots(text);
    assertEquals(List.of("mer", "ciel"), outputs(shots));
    assertEquals(List.of("\n"), shots.stop());
    assertEquals(
        "Translate.\nsky -> ciel\nsea ->", text(ask(text, 0, AskMode.LEAVE_ONE_OUT).rendered()));
    assertEquals("Translate.\ncat ->", text(shots.limited(0, RenderOptions.DEFAULT)));
  }

  @Test
  void reasoningIsToldFromTheAnswer() {
    String text =
        """
        Q: Roger has 5 balls and buys 6 more. How many?
        A: He had 5. 5 + 6 = 11. The answer is 11.

        Q: Three cars and two more. How many?
        A: 3 + 2 = 5. So the answer is 5.

        Q: How many legs have two cats?
        A:\
        """;
    Shots shots = shots(text);
    assertEquals(List.of("11", "5"), outputs(shots));
    assertEquals("He had 5. 5 + 6 = 11.", shots.examples().getFirst().reasoning());
    assertEquals("8", shots.answer(" Two times 4 is 8. The answer is 8."));
    assertEquals(List.of("\n\n", "\nQ:"), shots.stop());
  }

  @Test
  void aLabelOfItsOwnMayHoldTheReasoning() {
    String text =
        """
        Question: 2 + 2?
        Reasoning: two and two
        Answer: 4

        Question: 3 + 3?
        Reasoning: three and three
        Answer: 6

        Question: 4 + 4?
        Reasoning:\
        """;
    Shots shots = shots(text);
    assertEquals(List.of("4", "6"), outputs(shots));
    assertEquals("two and two", shots.examples().getFirst().reasoning());
    assertEquals(Map.of("Question", "2 + 2?"), shots.examples().getFirst().inputs());
    String asked = text(ask(text, 1, AskMode.ALONE).rendered());
    assertEquals("Question: 3 + 3?\nReasoning:", asked);
  }

  @Test
  void numberedAndEmphasisedLabelsAndRulesAreUnderstood() {
    String text =
        """
        **Q1:** one
        **A1:** eins
        ---
        **Q2:** two
        **A2:** zwei
        ---
        **Q3:** three
        **A3:**\
        """;
    Shots shots = shots(text);
    assertEquals(List.of("eins", "zwei"), outputs(shots));
    assertEquals("\n---\n", shots.separator());
    assertEquals(List.of("\n---\n"), shots.stop());
  }

  @Test
  void withoutAnOpenBlockTheQuestionIsPutAtTheEnd() {
    String text = "Q: a\nA: b\n\nQ: c\nA: d";
    assertEquals("Q: c\nA: d\n\nQ: a\nA:", text(ask(text, 0, AskMode.LEAVE_ONE_OUT).rendered()));
    assertEquals("Q: a\nA: b\n\nQ: c\nA:", text(ask(text, 1, AskMode.LEAVE_ONE_OUT).rendered()));
  }

  @Test
  void oneExampleAndAnOpenBlockAreAOneShotPrompt() {
    assertEquals(List.of("b"), outputs(shots("Q: a\nA: b\n\nQ: c\nA:")));
  }

  @Test
  void carriageReturnsDoNotDisturb() {
    Shots shots = shots(REVIEWS.replace("\n", "\r\n"));
    assertEquals(List.of("positive", "negative", "neutral"), outputs(shots));
    assertEquals(List.of("\n\n", "\nReview:"), shots.stop());
  }

  @Test
  void proseHasNoExamples() {
    assertEquals(Shape.NONE, shots("Note: be brief.\nNote: be kind.\nSay hello.").shape());
    assertEquals(Shape.NONE, shots("See http://a/b\nand http://c/d").shape());
    assertEquals(Shape.NONE, shots("").shape());
  }

  private static Shots shots(String text) {
    return Shots.in(PromptReader.read("a.txt", text));
  }

  private static Question ask(String text, int index, AskMode mode) {
    return shots(text).ask(index, mode, RenderOptions.DEFAULT);
  }

  private static List<String> outputs(Shots shots) {
    return shots.examples().stream().map(Example::output).toList();
  }

  private static String text(RenderResult rendered) {
    return rendered.messages().getLast().text();
  }
}
