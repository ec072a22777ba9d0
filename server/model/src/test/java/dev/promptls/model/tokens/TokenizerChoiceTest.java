package dev.promptls.model.tokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.TokenIds;
import dev.promptls.model.Tokenizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerChoiceTest {

  @ParameterizedTest
  @CsvSource({
    "openai/gpt-4o, 128000, true",
    "gpt-4o-mini-2024-07-18, 128000, true",
    "GPT-4, 8192, true",
    "gpt-4-0613, 8192, true",
    "gpt-4.1-nano, 1047576, true",
    "ft:gpt-3.5-turbo-0125:org::id, 16385, true",
    "azure/openai/o3-mini, 200000, true",
    "googleai/gemini-1.5-flash, 1048576, false",
    "anthropic/claude-sonnet-4-5@20250929, 200000, false",
    "somebody/gpt-42, 0, false",
    "'', 0, false",
  })
  void knowsTheWindowAndWhetherTheTokenizerIsPublic(String name, int window, boolean exact) {
    TokenizerChoice choice = TokenizerChoice.of(name);
    assertEquals(window, choice.contextWindow());
    assertEquals(exact, choice.tokenizer().exact());
  }

  @Test
  void givesTheIdsThatOpenAiPublishes() {
    String text = "hello world";
    assertEquals(TokenIds.of(24912, 2375), TokenizerChoice.of("gpt-4o").tokenizer().encode(text));
    assertEquals(TokenIds.of(15339, 1917), TokenizerChoice.of("gpt-4").tokenizer().encode(text));
  }

  @Test
  void textThatLooksLikeASpecialTokenIsText() {
    assertTrue(TokenizerChoice.of("gpt-4o").tokenizer().count("<|endoftext|>") > 1);
  }

  @Test
  void piecesHaveRangesInUtf16Units() {
    String text = "Hi 👩‍👩‍👧 naïve \uD83D!";
    Tokenizer tokenizer = TokenizerChoice.of("gpt-4o").tokenizer();
    List<Tokenizer.Piece> pieces = tokenizer.pieces(text);
    assertEquals(tokenizer.count(text), pieces.size());
    assertEquals(
        tokenizer.encode(text), TokenIds.of(pieces.stream().mapToInt(p -> p.id()).toArray()));
    int covered = 0;
    for (Tokenizer.Piece piece : pieces) {
      assertTrue(piece.start() <= covered && piece.start() < piece.end(), piece.toString());
      assertFalse(Character.isLowSurrogate(text.charAt(piece.start())), piece.toString());
      covered = piece.end();
    }
    assertEquals(text.length(), covered);
    assertEquals(
        text.replace('\uD83D', ' ').length(), tokenizer.decode(tokenizer.encode(text)).length());
  }

  @Test
  void aLongTextIsCountedInPartsAndNoneIsLost() {
    Tokenizer tokenizer = TokenizerChoice.of("gpt-4o").tokenizer();
    String prose =
        "Words of a text" + " that goes on, and on (12 times)\n\n  or more".repeat(5_000);
    assertEquals(prose, tokenizer.decode(tokenizer.encode(prose)));
    assertEquals(
        tokenizer.count(" that goes on, and on (12 times)\n\n  or more") * 5_000
            + tokenizer.count("Words of a text"),
        tokenizer.count(prose));
    String word = "a".repeat(200_000);
    assertEquals(word, tokenizer.decode(tokenizer.encode(word)));
  }
}
