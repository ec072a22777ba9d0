package dev.promptls.lsp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.promptls.prompt.text.LineIndex;
import org.junit.jupiter.api.Test;

class TokenCountsTest {
  private static final Document CALLER =
      document("caller.prompt", 1, "Judge the review.\n{{> tone}}\n");
  private static final Document PARTIAL = document("_tone.prompt", 1, "Be brief.\n");
  private static final Document OTHER = document("other.prompt", 1, "Tell a tale.\n");

  private static final Snapshot OPEN = Snapshot.EMPTY.with(CALLER).with(PARTIAL).with(OTHER);

  private static Document document(String name, int version, String text) {
    return new Document("file:///work/" + name, "promptls", version, LineIndex.of(text));
  }

  @Test
  void anEditOfAFileThatAPromptDoesNotUseLeavesItsCounts() {
    TokenCounts counts = TokenCounts.estimated(CALLER, OPEN, 0);

    Snapshot edited = OPEN.with(document("other.prompt", 2, "Tell a long tale.\n"));

    assertSame(counts, TokenCounts.estimated(CALLER, edited, 0));
  }

  @Test
  void anEditOfAPartialCountsItsCallersAgain() {
    TokenCounts counts = TokenCounts.estimated(CALLER, OPEN, 0);

    Document longer = document("_tone.prompt", 2, "Be brief, and then say it all again.\n");
    TokenCounts after = TokenCounts.estimated(CALLER, OPEN.with(longer), 0);

    assertNotSame(counts, after);
    assertEquals(counts.prompt() + 7, after.prompt());
  }

  @Test
  void aPartialThatWasMissingIsCountedOnceItIsOpened() {
    Snapshot without = OPEN.without(PARTIAL.uri());
    TokenCounts counts = TokenCounts.estimated(CALLER, without, 0);

    assertNotSame(counts, TokenCounts.estimated(CALLER, OPEN, 0));
  }
}
