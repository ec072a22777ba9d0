package dev.promptls.prompt.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.promptls.prompt.Analysis;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The law of following edits: checking again after an edit finds what a fresh check finds.
class RecheckTest {
  private static final int EDITS = 120;
  private static final List<String> PIECES =
      List.of(
          "---\n",
          "{{",
          "}}",
          "{{#each examples}}",
          "{{/each}}",
          "{{role \"user\"}}",
          "{{nam}}",
          "\n",
          "\r\n",
          "\r",
          "Q: x\nA: y\n\n",
          "a -> b\n",
          ":",
          " ",
          "<|im_end|>",
          "[INST]",
          "{{! promptls-ignore undefined-variable }}",
          "# promptls-ignore-file unknown-key\n",
          "{{!-- promptls-ignore-next-line nothing --}}\n",
          "sk-aaaaBBBBccccDDDDeeee1234",
          "{ name }}",
          "Sentiment: positive\n",
          "x",
          "\"",
          "--}}");

  static Stream<Fixtures> fixtures() {
    Fixtures blocks =
        new Fixtures("blocks.prompt", "Q: one\nA: 1\n\n".repeat(20) + "Q: {{question}}\nA: ");
    return Stream.concat(Fixtures.all().stream(), Stream.of(blocks));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void checkingAgainFindsWhatAFreshCheckFinds(Fixtures fixture) {
    for (int seed = 0; seed < 2; seed++) {
      Random random = new Random(31L * seed + fixture.name().hashCode());
      LineIndex lines = LineIndex.of(fixture.text());
      Checked checked = Checked.of(subject(fixture.name(), lines));
      Analysis analysis = Analysis.of(fixture.name(), lines, null);
      for (int i = 0; i < EDITS; i++) {
        TextEdit edit = edit(random, lines.text());
        lines = lines.edit(edit);
        Subject now = subject(fixture.name(), lines);
        checked = checked.after(edit, now);
        List<Finding> fresh = Checked.of(subject(fixture.name(), lines)).findings();
        String where = "seed " + seed + ", edit " + i + ": " + edit;
        assertEquals(fresh, checked.findings(), where);
        analysis = analysis.edited(edit, lines);
        assertEquals(fresh, analysis.checked(Surroundings.NONE).findings(), where);
      }
    }
  }

  private static Subject subject(String name, LineIndex lines) {
    return Subject.of(PromptReader.read(name, lines, null));
  }

  private static TextEdit edit(Random random, String text) {
    int start = random.nextInt(text.length() + 1);
    int length = random.nextInt(3) == 0 ? random.nextInt(12) : 0;
    Span span = new Span(start, Math.min(text.length(), start + length));
    String piece = random.nextInt(4) == 0 ? "" : PIECES.get(random.nextInt(PIECES.size()));
    return new TextEdit(span, piece);
  }
}
