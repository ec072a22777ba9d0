package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Answers to examples stay with them, and are stale once what the model saw has changed.
class PreviewTest {
  private static final String PROMPT =
      """
      Judge.

      Review: Bad.
      Sentiment: negative

      Review: Good.
      Sentiment: positive

      Review: Fine.
      Sentiment: positive

      Review: {{review}}
      Sentiment:
      """;

  private final Editor editor = Editor.of(new FakeModel(prompt -> " positive\nReview: more"));

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void theLensTellsHowAccuracyRoseAndWhatTheExamplesChange() {
    preview("{}");
    assertTrue(
        titles().anyMatch("▶ Preview examples ▁▅▆ 67 % → 67 %"::equals),
        () -> titles().toList().toString());
    editor.type(PROMPT + " ");
    assertTrue(titles().anyMatch("▶ Preview examples ▁▅▆ 67 % → 67 % (stale)"::equals));
  }

  @Test
  void aProgressiveAnswerDoesNotCareForTheExamplesBelow() {
    preview("{}");
    editor.type(PROMPT.replace("Fine.", "Finest of all."));
    assertEquals(List.of("⇒ positive ✗", "⇒ positive ✓", "⇒ positive ✓ (stale)"), hints());
    editor.type(PROMPT.replace("Fine.", "Finest of all.").replace("Good.", "Great."));
    assertEquals(List.of("⇒ positive ✗", "⇒ positive ✓ (stale)", "⇒ positive ✓ (stale)"), hints());
  }

  @Test
  void anAnswerAfterAllOthersCaresForEachOfThem() {
    preview("{'mode':'leave-one-out'}");
    editor.type(PROMPT.replace("Fine.", "Finest of all."));
    assertEquals(
        List.of("⇒ positive ✗ (stale)", "⇒ positive ✓ (stale)", "⇒ positive ✓ (stale)"), hints());
  }

  @Test
  void answersMoveWithTheirExamplesAndGoWithThem() {
    preview("{}");
    editor.type(
        PROMPT.replace("Review: Bad.", "Review: New.\nSentiment: negative\n\nReview: Bad."));
    assertEquals(
        List.of("⇒ positive ✗ (stale)", "⇒ positive ✓ (stale)", "⇒ positive ✓ (stale)"), hints());
    editor.type(PROMPT.replace("Review: Good.\nSentiment: positive\n\n", ""));
    assertEquals(List.of("⇒ positive ✗ (stale)", "⇒ positive ✓ (stale)"), hints());
  }

  private void preview(String argument) {
    editor.open(PROMPT);
    editor.execute("promptls.preview", argument.replace('\'', '"'));
  }

  private List<String> hints() {
    return texts("textDocument/inlayHint")
        .map(hint -> hint.getAsJsonObject().get("label").getAsString())
        .filter(label -> label.startsWith("⇒"))
        .toList();
  }

  private Stream<String> titles() {
    return texts("textDocument/codeLens")
        .filter(lens -> lens.getAsJsonObject().has("command"))
        .map(lens -> lens.getAsJsonObject().getAsJsonObject("command").get("title").getAsString());
  }

  private Stream<JsonElement> texts(String method) {
    return StreamSupport.stream(editor.over(method).spliterator(), false);
  }
}
