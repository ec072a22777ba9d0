package dev.promptls.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The law of following edits: whatever is typed wherever, the analysis that followed the edit
/// equals the one of the text after it, in all fields. The build tries some thousands of edits,
/// `mvn verify -Pnightly` a million.
class FollowedEditTest {
  private static final int EDITS =
      Integer.getInteger(
          "promptls.edits", Boolean.getBoolean("promptls.nightly") ? 1_000_000 : 10_000);

  /// How many edits one text takes before another has its turn.
  private static final int ROUND = 50;

  private static final int LONGEST = 200_000;

  @Test
  void anAnalysisThatFollowsEditsEqualsAFreshOne() {
    Map<String, String> texts = Typing.texts();
    List<Map.Entry<String, String>> all = List.copyOf(texts.entrySet());
    long first = Seeds.first();
    long start = System.currentTimeMillis();
    for (long seed = first; seed < first + EDITS / ROUND; seed++) {
      Random random = new Random(seed);
      Map.Entry<String, String> text = all.get(random.nextInt(all.size()));
      follow(seed, text.getKey(), text.getValue(), random);
    }
    System.out.printf(
        "%,d random edits of %d files followed in %d s, seeds from %d%n",
        EDITS, all.size(), (System.currentTimeMillis() - start) / 1000, first);
  }

  @Test
  void aRowOfATableWithoutItsFirstBarIsNotTakenForAnArrow() {
    String text =
        """
        Examples:
        | English | French |
        |---------|--------|
        | sea     | mer    |
        sky       | ciel   |
        | sun     | soleil |
        | moon    | lune   |
        | house   | maison |
        | tree    | arbre  |
        | bread   | pain   |
        """;
    TextEdit edit = new TextEdit(Span.at(text.indexOf("ky ")), "k");
    Analysis followed = Analysis.of("a.txt", LineIndex.of(text), null).edited(edit);
    same(Analysis.of("a.txt", LineIndex.of(edit.apply(text)), null), followed);
  }

  private static void follow(long seed, String name, String text, Random random) {
    LineIndex lines = LineIndex.of(text);
    Analysis analysis = Analysis.of(name, lines, null);
    int near = random.nextInt(text.length() + 1);
    for (int i = 0; i < ROUND; i++) {
      String before = analysis.file().text();
      TextEdit edit = Typing.edit(random, before, near);
      near = edit.endAfter();
      try {
        analysis = analysis.edited(edit);
        same(Analysis.of(name, LineIndex.of(edit.apply(before)), null), analysis);
      } catch (RuntimeException | AssertionError e) {
        fail("seed " + seed + ", edit " + i + " of " + name + ": " + edit, e);
      }
      if (analysis.file().text().length() > LONGEST) {
        return;
      }
    }
  }

  private static void same(Analysis fresh, Analysis followed) {
    same(fresh.file(), followed.file());
    Shots one = fresh.shots();
    Shots other = followed.shots();
    assertEquals(one.shape(), other.shape());
    assertEquals(one.examples(), other.examples());
    assertEquals(one.separator(), other.separator());
    assertEquals(one.stop(), other.stop());
    assertEquals(
        fresh.checked(Surroundings.NONE).findings(),
        followed.checked(Surroundings.NONE).findings());
  }

  private static void same(PromptFile fresh, PromptFile followed) {
    assertEquals(fresh.text(), followed.text());
    assertEquals(fresh.lines().lineCount(), followed.lines().lineCount());
    assertEquals(fresh.name(), followed.name());
    assertEquals(fresh.format(), followed.format());
    assertEquals(fresh.frontMatter(), followed.frontMatter());
    assertEquals(fresh.body(), followed.body());
    assertEquals(fresh.template(), followed.template());
    assertEquals(fresh.messages(), followed.messages());
    assertEquals(fresh.tags(), followed.tags());
    assertEquals(fresh.variables(), followed.variables());
    assertEquals(fresh.inputs(), followed.inputs());
    assertEquals(fresh.links(), followed.links());
    assertEquals(fresh.problems(), followed.problems());
    nested(followed);
  }

  /// Spans lie inside the text, in order, and tags do not overlap.
  private static void nested(PromptFile file) {
    int length = file.text().length();
    Span last = Span.at(0);
    for (Tag tag : file.tags()) {
      assertTrue(last.end() <= tag.span().start() && tag.span().end() <= length, tag::toString);
      assertTrue(tag.span().contains(tag.nameSpan()), tag::toString);
      tag.arguments().forEach(argument -> assertTrue(tag.span().contains(argument.span())));
      last = tag.span();
    }
    for (MessageNode message : file.messages()) {
      assertTrue(message.span().end() <= length, message::toString);
      assertTrue(message.span().contains(message.content()), message::toString);
    }
  }
}
