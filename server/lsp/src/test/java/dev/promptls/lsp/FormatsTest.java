package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Completion and hover in formats other than dotprompt.
class FormatsTest {
  private static final String GITHUB =
      """
      messages:
        - role: user
          content: "Summarize {{input}}"
      testData:
        - input: a text
      """;

  private final Editor editor = Editor.of(new FakeModel(prompt -> ""));

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void keysOfListItemsAreCompletedAndExplained() {
    List<String> labels =
        editor.open("messages:\n  - role: user\n    con$0\n", "promptls-github").labels();
    assertTrue(labels.contains("content"), labels.toString());
    labels = editor.type("messages:\n  - ro$0\n").labels();
    assertTrue(labels.contains("role"), labels.toString());
    assertEquals(
        List.of("system", "user", "assistant"), editor.type("messages:\n  - role: $0\n").labels());
    String hover = editor.type(GITHUB.replace("content", "con$0tent")).hover();
    assertTrue(hover.startsWith("**messages.content**"), hover);
  }

  @Test
  void variablesInsideAStringAreCompletedAndExplained() {
    String hover = editor.open(GITHUB.replace("{{in", "{{i$0n"), "promptls-github").hover();
    assertTrue(hover.startsWith("**input** · string"), hover);
    List<String> labels = editor.type(GITHUB.replace("{{input}}\"", "{{input}} {{$0\"")).labels();
    assertTrue(labels.contains("input"), labels.toString());
  }

  @Test
  void theTokensOfAWordEndWhereItsQuotesDo() {
    String row = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hel$0lo\\nyou\"}]}\n";
    assertTokens("1 token here: `Hello`", editor.open(row, "json").hover());
    String quoted = GITHUB.replace("Summarize", "Sum$0marize");
    assertTokens("2 tokens here: `Summar` ", editor.open(quoted, "promptls-github").hover());
  }

  private static void assertTokens(String start, String hover) {
    assertTrue(hover.contains(start), hover);
  }

  @Test
  void jinjaAsksForItsWordsBySigns() {
    assertTrue(editor.open("user:\n{% fo$0", "prompty").labels().contains("for"));
    assertTrue(editor.type("user:\n{{ name | up$0").labels().contains("upper"));
    assertTrue(editor.type("user:\n{% if name is de$0").labels().contains("defined"));
    assertTrue(editor.type("---\nmodel:\n  i$0\n---\n").labels().contains("id"));
  }

  @Test
  void theEditorsOwnVariablesAreCompleted() {
    assertTrue(editor.open("Explain ${sel$0", "promptls-markdown").labels().contains("selection"));
    assertTrue(editor.type("---\nargument$0\n---\nHi").labels().contains("argument-hint"));
  }
}
