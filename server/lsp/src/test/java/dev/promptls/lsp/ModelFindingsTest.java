package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Findings that need a model: its window, its tokens, its answers.
class ModelFindingsTest {
  private static final String LONG = "word ".repeat(900);
  private static final String LARGE =
      """
      {{role "system"}}
      # Task
      %s
      # Style
      Be brief.
      {{role "user"}}
      Q: one
      A: 1

      Q: two
      A: 2

      Q: three
      A:
      """
          .formatted(LONG);

  private final Editor editor = Editor.of(new FakeModel(prompt -> " 3"));

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void aPromptThatFillsTheWindowIsToldWithWhatTakesHowMuch() {
    JsonObject finding = editor.open(LARGE).diagnostic("context-budget");
    String message = finding.get("message").getAsString();
    assertTrue(
        message.contains(" of the 1000 tokens that fake can read (system message "), message);
    List<String> related =
        strings(finding.getAsJsonArray("relatedInformation").asList(), "message");
    assertTrue(related.get(1).startsWith("section Task: "), related.toString());
    JsonObject data = finding.getAsJsonObject("data");
    assertEquals(1_000, data.get("contextWindow").getAsInt());
    assertEquals(
        List.of("message", "message", "section", "section", "example", "example"),
        strings(data.getAsJsonArray("parts").asList(), "kind"));
    assertEquals(
        List.of("Q: one\nA: 1", "Q: two\nA: 2"),
        StreamSupport.stream(data.getAsJsonArray("parts").spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .filter(part -> part.get("kind").getAsString().equals("example"))
            .map(part -> editor.text(part.getAsJsonObject("range")))
            .toList());
  }

  @Test
  void whatTheAnswerMayTakeCountsToo() {
    JsonObject finding =
        editor
            .open("---\nconfig:\n  maxOutputTokens: 990\n---\nTell me all that you know of it.\n")
            .diagnostic("context-budget");
    String message = finding.get("message").getAsString();
    assertTrue(message.contains("and the answer may take 990"), message);
  }

  @Test
  void aCommentSilencesItAsAnyOther() {
    editor.open("{{! promptls-ignore-file context-budget }}\n" + LARGE + "<turn>\n");
    assertFalse(editor.diagnostics("special-token").contains("context-budget"));
  }

  @Test
  void theSpecialTokensOfTheModelAreKnown() {
    JsonObject finding = editor.open("Hello <turn> there.\n").diagnostic("special-token");
    assertEquals("<turn>", editor.text(finding.getAsJsonObject("range")));
  }

  private static List<String> strings(List<JsonElement> objects, String field) {
    return objects.stream()
        .map(each -> each.getAsJsonObject().get(field))
        .filter(JsonPrimitive.class::isInstance)
        .map(JsonElement::getAsString)
        .toList();
  }
}
