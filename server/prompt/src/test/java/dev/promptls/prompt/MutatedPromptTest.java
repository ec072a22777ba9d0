package dev.promptls.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.promptls.prompt.check.Checks;
import dev.promptls.prompt.check.Finding;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.shots.AskMode;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.text.Span;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a file holds, it is read, checked and rendered without an exception, and every span
/// lies inside it.
class MutatedPromptTest {
  private static final String[] NAMES = {"a.prompt", "a.txt", "a.prompty", "a.prompt.yml", "a.md"};

  private static final String[] PIECES = {
    "---\n",
    "{{",
    "}}",
    "{{#each examples}}",
    "{{/each}}",
    "{{role \"user\"}}",
    "{{history}}",
    "\"",
    "\r\n",
    "\r",
    "Q: x\nA: y\n\n",
    "a -> b\n",
    ":",
    "- ",
    "[",
    "}",
    "&a ",
    "*a ",
    "\uFEFF",
    "\uD800",
    "😀",
    "{{!--",
    "--}}",
    "|",
    "  ",
    "\t",
    "#",
    "{{> p}}",
    "{{media url=x}}",
    "\u0000"
  };

  private static final String GOOD =
      """
      # comment

      ---
      model: x
      input:
        schema:
          q(object): {a?: string}
          "tags(array)": integer
        default:
          examples:
            - {q: one, a: 1}
            - q: two
              a: 2
      my.key: &a [1, *a]
      ---
      {{role "system"}}
      Q: a
      A: b
      {{#each examples as |e|}}
      Q: {{e.q}}
      A: {{json e.a indent=2}}
      {{/each}}
      {{role "user"}}Q: {{q}} {{#if x}}{{else}}{{/if}}
      A:
      """;

  @Test
  void nothingThatIsTypedMakesTheReaderFail() {
    long first = Seeds.first();
    for (long seed = first; seed < first + 500; seed++) {
      Random random = new Random(seed);
      String text = mutated(random);
      try {
        check(PromptReader.read(NAMES[random.nextInt(NAMES.length)], text));
      } catch (RuntimeException | AssertionError e) {
        fail("seed " + seed + ": " + text, e);
      }
    }
  }

  private static void check(PromptFile file) {
    Renderer.render(file, RenderOptions.DEFAULT);
    Shots shots = Shots.in(file);
    for (Example example : shots.examples()) {
      inside(file, example.range());
      inside(file, example.outputRange());
      for (AskMode mode : AskMode.values()) {
        assertEquals(
            example.index(),
            shots.ask(example.index(), mode, RenderOptions.DEFAULT).example().index());
      }
    }
    shots.limited(1, RenderOptions.DEFAULT);
    for (Finding problem : Checks.check(file)) {
      inside(file, problem.span());
    }
    for (Tag tag : file.tags()) {
      inside(file, tag.span());
      inside(file, tag.nameSpan());
      tag.arguments().forEach(argument -> inside(file, argument.span()));
    }
    for (VariableUse use : file.variables()) {
      inside(file, use.span());
    }
    for (MessageNode message : file.messages()) {
      inside(file, message.span());
      assertTrue(message.span().contains(message.content()));
    }
    FrontMatter frontMatter = file.frontMatter();
    if (frontMatter != null && frontMatter.root() != null) {
      frontMatter.root().entries().forEach(entry -> inside(file, entry.span()));
    }
  }

  private static void inside(PromptFile file, Span span) {
    assertTrue(span.end() <= file.text().length(), span::toString);
  }

  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "" : GOOD);
    for (int i = random.nextInt(12); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      if (random.nextBoolean()) {
        text.insert(at, PIECES[random.nextInt(PIECES.length)]);
      } else {
        text.delete(at, Math.min(text.length(), at + random.nextInt(30)));
      }
    }
    return text.toString();
  }
}
