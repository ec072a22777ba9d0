package dev.promptls.prompt.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.promptls.prompt.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineIndexTest {
  private static final String[] PIECES = {
    "a", "bc ", "\n", "\r\n", "\r", "é", "中", "😀", "\uD83D", "\uDE00", "x".repeat(700), "\uFEFF"
  };

  @Test
  void positionsAreThoseOfANaiveCountInAllEncodings() {
    forSeeds(
        25,
        (seed, random) -> {
          String text = randomText(random, 40);
          LineIndex index = LineIndex.of(text);
          assertSameAsNaive(index, text, random, seed);
        });
  }

  @Test
  void anEditedIndexIsTheIndexOfTheEditedText() {
    forSeeds(
        25,
        (seed, random) -> {
          LineIndex index = LineIndex.of(randomText(random, 30));
          for (int i = 0; i < 20; i++) {
            String before = index.text();
            int start = random.nextInt(before.length() + 1);
            int end = start + random.nextInt(Math.min(800, before.length() - start) + 1);
            TextEdit edit = new TextEdit(new Span(start, end), randomText(random, 4));
            index.position(start, Encoding.UTF8);
            index = index.edit(edit);
            String after = Edits.apply(before, List.of(edit));
            assertEquals(after, index.text(), () -> "seed " + seed);
            assertSameAsNaive(index, after, random, seed);
          }
        });
  }

  @Test
  void positionsOutsideTheTextAreClamped() {
    LineIndex index = LineIndex.of("ab\r\ncd");
    assertEquals(2, index.offset(new Position(0, 99), Encoding.UTF16));
    assertEquals(2, index.offset(new Position(0, 99), Encoding.UTF8));
    assertEquals(6, index.offset(new Position(9, 0), Encoding.UTF8));
    assertEquals(0, index.offset(new Position(-1, 5), Encoding.UTF16));
    assertEquals(new Position(1, 2), index.position(99, Encoding.UTF32));
    assertEquals(new Position(0, 2), index.position(3, Encoding.UTF16));
  }

  @Test
  void aColumnInsideACharacterMeansItsStart() {
    LineIndex index = LineIndex.of("é😀x");
    assertEquals(0, index.offset(new Position(0, 1), Encoding.UTF8));
    assertEquals(1, index.offset(new Position(0, 4), Encoding.UTF8));
    assertEquals(new Position(0, 2), index.position(2, Encoding.UTF8));
  }

  @Test
  void manyEditsApplyAsOneByOneFromTheEnd() {
    forSeeds(
        200,
        (seed, random) -> {
          String text = randomText(random, 20);
          List<TextEdit> edits = new ArrayList<>();
          int at = 0;
          while (at < text.length()) {
            int start = at + random.nextInt(Math.min(10, text.length() - at) + 1);
            int end = start + random.nextInt(Math.min(10, text.length() - start) + 1);
            edits.add(new TextEdit(new Span(start, end), randomText(random, 2)));
            at = end + 1;
          }
          StringBuilder naive = new StringBuilder(text);
          for (TextEdit edit : edits.reversed()) {
            naive.replace(edit.span().start(), edit.span().end(), edit.replacement());
          }
          assertEquals(naive.toString(), Edits.apply(text, edits), () -> "seed " + seed);
        });
  }

  private static void assertSameAsNaive(LineIndex index, String text, Random random, long seed) {
    for (int i = 0; i < 30; i++) {
      int offset = random.nextInt(text.length() + 1);
      for (Encoding encoding : Encoding.values()) {
        Position expected = naive(text, offset, encoding);
        String message = "seed " + seed + " offset " + offset + " " + encoding;
        assertEquals(expected, index.position(offset, encoding), message);
        int back = index.offset(expected, encoding);
        assertEquals(expected, naive(text, back, encoding), message);
        if (!insideSomething(text, offset)) {
          assertEquals(offset, back, message);
        }
      }
    }
  }

  private static boolean insideSomething(String text, int offset) {
    return offset > 0
        && offset < text.length()
        && (text.startsWith("\r\n", offset - 1)
            || Character.isSurrogatePair(text.charAt(offset - 1), text.charAt(offset)));
  }

  private static Position naive(String text, int offset, Encoding encoding) {
    int line = 0;
    int start = 0;
    for (int i = 0; i < offset; i++) {
      char c = text.charAt(i);
      boolean pair = text.startsWith("\r\n", i);
      if (c == '\n' || (c == '\r' && !pair)) {
        line++;
        start = i + 1;
      }
    }
    int end = offset;
    boolean inside = insideSomething(text, offset);
    if (inside && (encoding != Encoding.UTF16 || text.charAt(offset) == '\n')) {
      end--;
    }
    String before = text.substring(start, end);
    return new Position(
        line,
        switch (encoding) {
          case UTF8 -> utf8Length(before);
          case UTF16 -> before.length();
          case UTF32 -> before.codePointCount(0, before.length());
        });
  }

  private static int utf8Length(String text) {
    int length = 0;
    for (int point : text.codePoints().toArray()) {
      boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
      length += surrogate ? 3 : Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
    }
    return length;
  }

  private static String randomText(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(pieces + 1); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static void forSeeds(int count, SeededCheck check) {
    long first = Seeds.first();
    for (long seed = first; seed < first + count; seed++) {
      check.run(seed, new Random(seed));
    }
  }

  private interface SeededCheck {
    void run(long seed, Random random);
  }
}
