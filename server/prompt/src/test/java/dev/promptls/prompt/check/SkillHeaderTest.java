package dev.promptls.prompt.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.promptls.prompt.syntax.PromptReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkillHeaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"pdf-forms/SKILL.md", "SKILL.md", ".claude/SKILL.md", "x\\pdf-forms\\SKILL.md"})
  void aSkillThatFollowsTheSpecificationIsFine(String path) {
    String text = "---\nname: pdf-forms\ndescription: Fills in PDF forms.\n---\nDo.\n";
    assertEquals(List.of(), codes(path, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PDF", "pdf--forms", "-pdf", "pdf-", "pdf_forms", "a/b", "a:b", "größe", "p q"})
  void aNameOfOtherLettersIsTold(String name) {
    String text = "---\nname: \"" + name + "\"\ndescription: x\n---\nDo.\n";
    Finding finding = findings("SKILL.md", text).getFirst();
    assertEquals("\"" + name + "\"", finding.span().of(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "'' ¦ 2",
        "---⏎license: MIT⏎---⏎ ¦ 2",
        "---⏎name:⏎description: ''⏎---⏎ ¦ 2",
        "---⏎name: other⏎description: x⏎---⏎ ¦ 1",
        "---⏎name: 42⏎description: x⏎---⏎ ¦ 0",
        "---⏎name: [⏎---⏎ ¦ 0",
      })
  void whatIsMissingIsToldAtTheTop(String text, int found) {
    String path = text.contains("42") ? "42/SKILL.md" : "pdf-forms/SKILL.md";
    assertEquals(found, findings(path, text.replace('⏎', '\n') + "Do.\n").size());
  }

  @Test
  void lengthsAreCountedInCharacters() {
    String smile = "\uD83D\uDE00";
    String text = "---\nname: %s\ndescription: %s\ncompatibility: %s\n---\nDo.\n";
    String most = text.formatted("a".repeat(64), smile.repeat(1024), smile.repeat(500));
    assertEquals(List.of(), codes("SKILL.md", most));
    String more = text.formatted("a".repeat(65), smile.repeat(1025), smile.repeat(501));
    assertEquals(3, findings("SKILL.md", more).size());
  }

  @Test
  void otherFilesNeedNoName() {
    assertEquals(List.of(), codes("a.prompt.md", "Do.\n"));
    assertEquals(List.of(), codes("a.agent.md", "---\nname: A B\n---\nDo.\n"));
  }

  private static List<Finding> findings(String path, String text) {
    return Checks.check(PromptReader.read(path, text)).stream()
        .filter(finding -> finding.code().equals("skill-header"))
        .toList();
  }

  private static List<String> codes(String path, String text) {
    return findings(path, text).stream().map(Finding::code).toList();
  }
}
