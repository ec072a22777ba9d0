package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The answers that examples have are offered where another is being written, in every shape.
class AnswerCompletionTest {
  private static final List<String> BOTH = List.of("low", "high");

  private final Editor editor = Editor.of(new FakeModel(prompt -> "x"));

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void behindTheLabelOfABlock() {
    String blocks = "Review: Bad.\nMood: low\n\nReview: Good.\nMood: high\n\nReview: {{q}}\nMood:";
    assertEquals(BOTH, editor.open(blocks + "$0").labels());
    assertEquals(BOTH, editor.open(blocks + " h$0", "promptls-text").labels());
    assertEquals(List.of("high"), editor.open(blocks.replace("low", "l$0ow")).labels());
    String indented = "      " + blocks.replace("\n", "\n      ");
    String github = "messages:\n  - role: user\n    content: |\n" + indented + " $0\n";
    assertEquals(BOTH, editor.open(github, "promptls-github").labels());
  }

  @Test
  void behindAnArrow() {
    assertEquals(BOTH, editor.open("bad -> low\ngood -> high\nso so -> $0").labels());
  }

  @Test
  void inWhatTheModelSays() {
    String turns =
        """
        {{role "user"}}
        Bad
        {{role "model"}}
        %s
        {{role "user"}}
        Good
        {{role "model"}}
        high
        {{role "user"}}
        {{q}}
        """;
    assertEquals("high", editor.open(turns.formatted("$0")).labels().get(1));
    assertEquals("high", editor.open(turns.formatted("lo$0w")).labels().getFirst());
    assertFalse(editor.open(turns.formatted("low\n$0")).labels().contains("high"));
    String prompty =
        """
        ---
        name: a
        ---
        user:
        Bad

        assistant:
        low

        user:
        Good

        assistant:
        h$0

        user:
        So
        """;
    assertEquals("low", editor.open(prompty, "prompty").labels().getFirst());
  }

  @Test
  void underTheKeyOfALoop() {
    String loop =
        """
        ---
        input:
          default:
            examples:
              - review: Bad
                mood: low
              - {review: Good, mood: high}
              - %s
        ---
        {{#each examples}}{{role "user"}}{{review}}{{role "model"}}{{mood}}{{/each}}
        {{role "user"}}{{review}}
        """;
    assertEquals(BOTH, editor.open(loop.formatted("review: So\n        mood: $0")).labels());
    assertEquals(BOTH, editor.open(loop.formatted("{review: So, mood: h$0}")).labels());
    assertEquals(List.of(), editor.open(loop.formatted("review: $0\n        mood: low")).labels());
  }

  @Test
  void notWhereReasoningLeadsToThem() {
    String reasoned = "Q: 1+1?\nA: One and one. The answer is 2.\n\n";
    assertEquals(List.of(), editor.open(reasoned + reasoned + "Q: {{q}}\nA: $0").labels());
  }

  @Test
  void rolesOfTrainingDataAreOfferedInQuotes() {
    String row = "{\"messages\":[{\"role\":\"as$0\",\"content\":\"a\"}]}";
    assertTrue(editor.open(row, "json").labels().contains("assistant"));
  }
}
