package dev.promptls.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.tokens.TokenizerChoice;
import dev.promptls.model.tokens.Vocabularies;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CountedTextTest {
  private static final String[] PIECES = {
    "room",
    " ",
    "a",
    "\n",
    "\n\n",
    ".",
    "  ",
    "<|im_end|>",
    "<s>",
    "</s>",
    "<unk>",
    "é",
    "🙂",
    "世界",
    "'s",
    "12",
    "3",
    "\t",
    "{{",
    "\r\n",
    "Review: ",
    "the end",
    "\ud83d",
    " x",
    "e\u0301",
    "<|im_start|>user\n"
  };

  private static final int EDITS = 150;

  static Stream<String> vocabularies() {
    return Stream.of(
        "smollm2-vocabulary.gguf", "qwen2-q4_0.gguf", "llama-spm-q5_1.gguf", "micro-q8_0.gguf");
  }

  @ParameterizedTest
  @MethodSource("vocabularies")
  void editsAreCountedAsTheWholeIs(String file) throws Exception {
    follow(Vocabularies.tokenizer(file));
  }

  @Test
  void editsAreCountedAsTheWholeIsByOpenAi() throws Exception {
    follow(TokenizerChoice.of("gpt-4o").tokenizer());
    follow(TokenizerChoice.of("gpt-4").tokenizer());
  }

  private static void follow(Tokenizer tokenizer) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1500; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
      text.append(random.nextInt(3) == 0 ? " word after word" : "");
    }
    CountedText counted = CountedText.of(tokenizer, text.toString());
    assertEquals(tokenizer.count(text.toString()), counted.count());
    for (int i = 0; i < EDITS; i++) {
      int start = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), start + (random.nextBoolean() ? 0 : random.nextInt(9)));
      text.replace(start, end, random.nextInt(4) == 0 ? "" : PIECES[random.nextInt(PIECES.length)]);
      counted = counted.with(text.toString());
      assertEquals(tokenizer.count(text.toString()), counted.count(), () -> "seed 7: " + text);
    }
  }

  @Test
  void countsOnlyAroundAnEdit() {
    AtomicInteger looked = new AtomicInteger();
    Tokenizer words = new Words(looked);
    String text = "one more word ".repeat(20_000);
    CountedText counted = CountedText.of(words, text);
    looked.set(0);

    CountedText edited = counted.with(new StringBuilder(text).insert(140_000, "and ").toString());

    assertEquals(60_001, edited.count());
    assertTrue(looked.get() < 3_000, () -> looked.get() + " characters");
  }

  @Test
  void whatIsCutForItsLengthIsCutAlikeInAPart() {
    Tokenizer tokenizer = TokenizerChoice.of("gpt-4o").tokenizer();
    String text = "some words before. ".repeat(700) + "世界".repeat(40_000) + " and words after";

    CountedText edited = CountedText.of(tokenizer, text).with("some " + text + "s");

    assertEquals(tokenizer.count("some " + text + "s"), edited.count());
  }

  @Test
  void aTextWithoutPlacesToCutIsCountedAsAWhole() throws Exception {
    Tokenizer tokenizer = Vocabularies.smolLm2();
    String text = "世界".repeat(3_000);

    CountedText edited = CountedText.of(tokenizer, text).with(text + "。");

    assertEquals(tokenizer.count(text + "。"), edited.count());
  }

  /// Tells words by spaces, and how much it has read.
  private record Words(AtomicInteger looked) implements Tokenizer {
    @Override
    public TokenIds encode(String text) {
      looked.addAndGet(text.length());
      return TokenIds.of(new int[text.isBlank() ? 0 : text.strip().split(" ", -1).length]);
    }

    @Override
    public int nextCut(String text, int from) {
      int at = text.indexOf(' ', from);
      return at < 0 ? text.length() : at;
    }

    @Override
    public String decode(TokenIds ids) {
      return "";
    }

    @Override
    public List<Piece> pieces(String text) {
      return new ArrayList<>();
    }
  }
}
