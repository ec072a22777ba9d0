package dev.promptls.prompt.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.promptls.prompt.PromptFixtures;
import dev.promptls.prompt.Seeds;
import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What formatting promises, for every file: the same messages, the same settings, all comments,
/// and nothing left to do the second time.
class FormatterLawsTest {
  private static final String[] PIECES = {
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "\r\n",
    "#c",
    " # c",
    "- ",
    "-   ",
    ":",
    ": ",
    "a: ",
    "{{ ",
    " }}",
    "{{",
    "}}",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    ",",
    " ,",
    "&a ",
    "*a ",
    "!!str ",
    "|\n",
    ">-\n",
    "|+\n",
    "? ",
    "---\n",
    "\\",
    "~",
    "😀",
    "\uFEFF",
    "\u2028",
    "(",
    ")",
    "=",
    "{{#if x }}",
    "{{/if}}",
    "else"
  };

  @Test
  void every_fixture_keeps_its_meaning() {
    List<PromptFile> files = PromptFixtures.all();
    assertTrue(files.size() > 100, () -> files.size() + " files");
    for (PromptFile file : files) {
      check(file);
    }
  }

  @Test
  void whatever_is_typed_keeps_its_meaning() {
    List<PromptFile> files = PromptFixtures.all();
    long first = Seeds.first();
    for (long seed = first; seed < first + 400; seed++) {
      Random random = new Random(seed);
      PromptFile file = files.get(random.nextInt(files.size()));
      StringBuilder text = new StringBuilder(file.text());
      for (int i = random.nextInt(6); i >= 0; i--) {
        int at = random.nextInt(text.length() + 1);
        if (random.nextInt(3) > 0) {
          text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        } else {
          text.delete(at, Math.min(text.length(), at + random.nextInt(10)));
        }
      }
      try {
        PromptFile mutated = read(file, text.toString());
        check(mutated);
        range(mutated, random);
      } catch (RuntimeException | AssertionError e) {
        fail("seed " + seed + ", " + file.name() + ":\n" + text, e);
      }
    }
  }

  private static void check(PromptFile file) {
    Formatted formatted = Formatter.format(file);
    assertNull(formatted.refusal(), () -> formatted.refusal() + "\n" + file.text());
    PromptFile after = read(file, Edits.apply(file.text(), formatted.edits()));
    assertEquals(bare(file.text()), bare(after.text()), file.name());
    assertEquals(rendered(file), rendered(after), () -> file.name() + "\n" + after.text());
    Formatted again = Formatter.format(after);
    assertEquals(
        after.text(), Edits.apply(after.text(), again.edits()), () -> file.name() + " again");
  }

  private static void range(PromptFile file, Random random) {
    int start = random.nextInt(file.text().length() + 1);
    int end = start + random.nextInt(file.text().length() + 1 - start);
    Formatted formatted = Formatter.format(file, new Span(start, end));
    assertNull(formatted.refusal());
    PromptFile after = read(file, Edits.apply(file.text(), formatted.edits()));
    assertEquals(rendered(file), rendered(after), file::name);
  }

  private static PromptFile read(PromptFile like, String text) {
    return PromptReader.read(like.name(), LineIndex.of(text), like.format());
  }

  /// A text without its white space.
  private static String bare(String text) {
    StringBuilder out = new StringBuilder();
    text.chars().filter(c -> !Blanks.isBlank((char) c)).forEach(c -> out.append((char) c));
    return out.toString();
  }

  /// The settings; of a template among them, whose tags are laid out, all but its white space.
  private static Map<String, ?> settings(Map<String, ?> metadata) {
    Map<String, Object> settings = new LinkedHashMap<>(metadata);
    settings.computeIfPresent(
        "instructions", (name, text) -> text instanceof String s ? bare(s) : text);
    return settings;
  }

  /// Messages and settings; of a template that fails, that it does.
  private static List<?> rendered(PromptFile file) {
    RenderResult result =
        Renderer.render(file, RenderOptions.DEFAULT.withPartials(name -> "a {{x}}\n b\n"));
    return List.of(
        result.messages().stream().map(Message::toMap).toList(),
        file.format() == Format.GITHUB ? file.metadata() : settings(result.metadata()),
        result.problems().stream().map(problem -> problem.code()).toList());
  }
}
