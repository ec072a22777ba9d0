package dev.promptls.prompt.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.syntax.PromptReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordRendererTest {
  private static final String FILE =
      """
      {"messages": [{"role": "user", "content": "one"}, {"role": "assistant", "content": "two", "weight": 1}], "tools": [{"type": "function"}]}
      {"messages": [{"role": "user", "content": [{"type": "text", "text": "What?"}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA"}}]}]}
      {"messages": [{"role": "user"}]}
      """;

  @Test
  void theFirstConversationIsRendered() {
    RenderResult result = render(Map.of());
    assertEquals(
        List.of(
            Map.of("role", "user", "content", List.of(Map.of("text", "one"))),
            Map.of(
                "role",
                "assistant",
                "content",
                List.of(Map.of("text", "two")),
                "metadata",
                Map.of("weight", 1L))),
        result.messages().stream().map(Message::toMap).toList());
    assertEquals(Map.of("tools", List.of(Map.of("type", "function"))), result.metadata());
  }

  @Test
  void theInputRowChoosesAnother() {
    for (Object row : List.of(1L, "1", 1.0)) {
      assertEquals(
          List.of(
              Map.of("text", "What?"),
              Map.of(
                  "media", Map.of("url", "data:image/png;base64,AA", "contentType", "image/png"))),
          render(Map.of("row", row)).messages().getFirst().toMap().get("content"));
    }
  }

  @Test
  void onlyARecordsOwnMistakesKeepItFromBeingRendered() {
    assertEquals("missing-content", render(Map.of("row", 2L)).problems().getFirst().code());
    assertEquals("missing-record", render(Map.of("row", 3L)).problems().getFirst().code());
    assertTrue(render(Map.of()).problems().isEmpty());
  }

  @Test
  void instructionsAndShareGptSpeakAsChatModelsDo() {
    String alpaca = "{\"instruction\": \"Add\", \"input\": \"1\", \"output\": \"2\", \"id\": 7}";
    RenderResult result = Renderer.render(PromptReader.read("a.jsonl", alpaca), of(Map.of()));
    assertEquals(List.of("user: Add\n\n1", "assistant: 2"), said(result));
    assertEquals(Map.of("id", 7L), result.metadata());
    String sharegpt =
        "{\"conversations\": [{\"from\": \"human\", \"value\": \"a\"}, {\"from\": \"gpt\","
            + " \"value\": \"b\"}]}";
    assertEquals(
        List.of("user: a", "assistant: b"),
        said(Renderer.render(PromptReader.read("a.jsonl", sharegpt), of(Map.of()))));
  }

  private static List<String> said(RenderResult result) {
    return result.messages().stream()
        .map(message -> message.role() + ": " + message.text())
        .toList();
  }

  private static RenderResult render(Map<String, Object> input) {
    return Renderer.render(PromptReader.read("a.jsonl", FILE), of(input));
  }

  private static RenderOptions of(Map<String, Object> input) {
    return RenderOptions.of(Data.input(input));
  }
}
