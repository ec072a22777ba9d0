package dev.promptls.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import dev.promptls.template.Fuel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is told of a rendering after an edit is what rendering the file gives.
class FollowedRenderingTest {
  private static final int EDITS =
      Integer.getInteger(
          "promptls.edits", Boolean.getBoolean("promptls.nightly") ? 200_000 : 6_000);
  private static final int ROUND = 50;
  private static final String[] WORDS = {
    "a", "word", " ", ".", "e", "s ", ", and", "7", "user", ":"
  };

  private static final Map<String, String> PARTIALS = Map.of("p", "a partial {{q}} of words");

  private static final Data DATA =
      Data.input(Map.of("q", "what <<<is>>>", "name", "A", "examples", List.of(Map.of("q", 1))));

  /// With so much time that no busy machine fails to render.
  private static final RenderOptions OPTIONS =
      new RenderOptions(
          DATA,
          Map.of(),
          PARTIALS::get,
          Map.of(),
          Map.of(),
          new Fuel(1_000_000, 16L << 20, 64, Duration.ofMinutes(1)));

  private int followed;

  @Test
  void aRenderingThatFollowsAnEditEqualsAFreshOne() {
    List<Map.Entry<String, String>> texts =
        Typing.texts().entrySet().stream()
            .filter(each -> each.getKey().endsWith(".prompt"))
            .toList();
    long first = Seeds.first();
    for (long seed = first; seed < first + EDITS / ROUND; seed++) {
      Random random = new Random(seed);
      Map.Entry<String, String> text = texts.get(random.nextInt(texts.size()));
      follow(seed, text.getKey(), text.getValue(), random);
    }
    System.out.printf("%,d of %,d edits followed, seeds from %d%n", followed, EDITS, first);
    assertTrue(followed > EDITS / 20, () -> followed + " of " + EDITS);
  }

  private void follow(long seed, String name, String text, Random random) {
    Analysis analysis = Analysis.of(name, LineIndex.of(text), null);
    RenderResult rendered = Renderer.render(analysis.file(), OPTIONS);
    int near = random.nextInt(text.length() + 1);
    for (int i = 0; i < ROUND; i++) {
      String before = analysis.file().text();
      TextEdit edit = Typing.edit(random, before, near);
      if (random.nextInt(4) > 0) {
        edit = new TextEdit(edit.span(), WORDS[random.nextInt(WORDS.length)]);
      }
      near = edit.endAfter();
      Analysis after = analysis.edited(edit);
      RenderResult told = Renderer.after(rendered, analysis.file(), List.of(edit), after.file());
      rendered = Renderer.render(after.file(), OPTIONS);
      if (told != null) {
        followed++;
        try {
          assertEquals(rendered, told);
        } catch (AssertionError e) {
          fail("seed " + seed + ", edit " + i + " of " + name + ": " + edit, e);
        }
      }
      analysis = after;
    }
  }

  @Test
  void wordsOfALargePromptAreFollowed() {
    String text = Objects.requireNonNull(Typing.texts().get("turns.prompt"));
    Analysis analysis = Analysis.of("turns.prompt", LineIndex.of(text), null);
    RenderResult rendered = Renderer.render(analysis.file(), OPTIONS);
    TextEdit edit = new TextEdit(Span.at(text.indexOf("say", 20_000) + 3), " no");
    Analysis after = analysis.edited(edit);

    assertEquals(
        Renderer.render(after.file(), OPTIONS),
        Renderer.after(rendered, analysis.file(), List.of(edit), after.file()));
  }
}
