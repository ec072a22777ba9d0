package dev.promptls.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.bombs.BombTable;
import dev.promptls.bombs.PromptBomb;
import dev.promptls.prompt.check.Finding;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.convert.ConversionException;
import dev.promptls.prompt.convert.Converter;
import dev.promptls.prompt.format.Formatter;
import dev.promptls.prompt.highlight.Highlights;
import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.workspace.FactReader;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Hostile prompts: each is read, checked, rendered, laid out, converted and coloured without an
/// exception, and what is wrong with it is told. How long that takes is for `server/bench/run
/// bombs` to say.
class BombTest {
  /// What a list of findings may hold, that of the suppressions and of what was too much included.
  private static final int MOST_FOUND = 1_100;

  @TestFactory
  Stream<DynamicTest> ends() throws IOException {
    BombTable<PromptBomb> table = BombTable.prompts();
    return table.bombs().stream()
        .map(bomb -> DynamicTest.dynamicTest(bomb.name(), () -> ends(bomb, table::partial)));
  }

  private static void ends(PromptBomb bomb, PartialResolver partials) {
    Surroundings surroundings =
        new Surroundings() {
          @Override
          public @Nullable PartialResolver partials() {
            return partials;
          }
        };
    String text = bomb.text();
    Analysis analysis = Analysis.of(bomb.file(), LineIndex.of(text), null);
    PromptFile file = analysis.file();
    Set<String> told = new TreeSet<>();
    for (Finding finding : analysis.checked(surroundings).findings()) {
      assertTrue(finding.span().end() <= text.length(), finding::toString);
      told.add(finding.code());
    }
    assertTrue(analysis.checked(surroundings).findings().size() <= MOST_FOUND);
    RenderResult rendered = Renderer.render(file, RenderOptions.DEFAULT.withPartials(partials));
    rendered.problems().forEach(problem -> told.add(problem.code()));
    Set<String> missing = new TreeSet<>(bomb.finds());
    missing.removeAll(told);
    assertEquals(Set.of(), missing, () -> "told: " + told);
    derive(analysis, partials);
  }

  /// What editors ask for beside findings and messages.
  private static void derive(Analysis analysis, PartialResolver partials) {
    PromptFile file = analysis.file();
    Formatter.format(file);
    FactReader.read("/prompts/" + file.name(), file);
    Highlights.of(file, analysis.shots(), new Span(0, file.text().length()));
    try {
      Converter.convert(
          file, file.format() == Format.DOTPROMPT ? Format.PROMPTY : Format.DOTPROMPT, partials);
    } catch (ConversionException refused) {
      String sentence = String.valueOf(refused.getMessage());
      assertTrue(sentence.endsWith("."), sentence);
    }
  }
}
