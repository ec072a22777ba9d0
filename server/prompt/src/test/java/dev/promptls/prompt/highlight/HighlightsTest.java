package dev.promptls.prompt.highlight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Span;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HighlightsTest {
  @Test
  void keysAndValuesOfTheFrontMatterAreColoured() {
    assertEquals(
        """
        KEY model
        STRING m
        KEY config
        KEY temperature
        NUMBER 0.5
        KEY raw
        CONSTANT true
        """,
        shown("---\nmodel: m\nconfig:\n  temperature: 0.5 # warm\nraw: true\n---\nHi\n"));
  }

  @Test
  void rolesHelpersInputsAndOtherVariablesAreToldApart() {
    assertEquals(
        """
        KEY input
        KEY schema
        KEY name
        STRING string
        HELPER role
        ROLE "system"
        HELPER if
        INPUT name
        VARIABLE other
        HELPER if
        HELPER json
        INPUT name
        NUMBER 2
        PARTIAL footer
        COMMENT {{! why }}
        """,
        shown(
            "---\ninput:\n  schema:\n    name: string\n---\n{{role \"system\"}}"
                + "{{#if name}}{{other}}{{/if}}{{json name indent=2}}{{> footer}}{{! why }}"));
  }

  @Test
  void answersOfExamplesAreColouredAndTagsInThemKeepTheirOwnColours() {
    assertEquals(
        """
        LABEL Q:
        LABEL A:
        ANSWER good
        LABEL Q:
        LABEL A:
        ANSWER very {{
        VARIABLE how
        ANSWER }} bad
        LABEL Q:
        LABEL A:
        """,
        shown("Q: a\nA: good\n\nQ: b\nA: very {{how}} bad\n\nQ: c\nA:\n"));
  }

  @Test
  void reasoningIsToldFromTheAnswerInEveryShape() {
    assertEquals("LABEL -> ANSWER b LABEL -> ANSWER d LABEL ->", inLine("a -> b\nc -> d\ne ->\n"));
    assertEquals(
        "LABEL Q: LABEL Reasoning: REASONING so LABEL A: ANSWER b"
            + " LABEL Q: LABEL Reasoning: REASONING thus LABEL A: ANSWER d",
        inLine("Q: a\nReasoning: so\nA: b\n\nQ: c\nReasoning: thus\nA: d\n"));
    assertEquals(
        "KEY input KEY default KEY examples KEY q STRING a KEY reasoning REASONING so KEY a"
            + " ANSWER b HELPER each INPUT examples VARIABLE q VARIABLE reasoning VARIABLE a HELPER each",
        inLine(
            "---\ninput:\n  default:\n    examples:\n    - q: a\n      reasoning: so\n      a: b\n---\n"
                + "{{#each examples}}{{q}} {{reasoning}} {{a}}\n{{/each}}"));
  }

  @Test
  void specialTokensInWhatIsSaidAreColouredButNotInComments() {
    assertEquals(
        "SPECIAL <|im_end|> SPECIAL <<SYS>> COMMENT {{! </s> }}",
        inLine("Say <|im_end|> <<SYS>> <| no |> [that] {{! </s> }}"));
  }

  private static String inLine(String text) {
    return shown(text).strip().replace('\n', ' ');
  }

  @Test
  void onlyWhatIsInTheRegionIsGiven() {
    String text = "{{a}} {{b}} {{c}}";
    PromptFile file = PromptReader.read("p.prompt", text);
    assertEquals(1, Highlights.of(file, Shots.in(file), new Span(8, 9)).size());
  }

  private static String shown(String text) {
    PromptFile file = PromptReader.read("p.prompt", text);
    return Highlights.of(file, Shots.in(file), new Span(0, text.length())).stream()
        .map(each -> each.kind() + " " + each.span().of(text) + "\n")
        .collect(Collectors.joining());
  }
}
