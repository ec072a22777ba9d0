package dev.promptls.prompt.shots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LabelRenameTest {
  @Test
  void allExamplesAndTheOpenBlockGetTheName() {
    assertEquals(
        "Judge.\n\nQ: A: b\nVerdict: c\n\nQ: A\nVerdict: d\n\nQ: e\nVerdict:",
        renamed("Judge.\n\nQ: A: b\n$0A: c\n\nQ: A\nA: d\n\nQ: e\nA:", "Verdict"));
    assertEquals(
        "**Question1:** A\n**A1:** B\n\n**Question2:** C\n**A2:** D\n\n**Question3:** E\n**A3:**",
        renamed(
            "**Q1:** A\n**A1:** B\n\n**Q$02:** C\n**A2:** D\n\n**Q3:** E\n**A3:**", "Question"));
  }

  @Test
  void tagsAreRenamedWhereTheyClose() {
    assertEquals(
        "<q>1</q>\n<reply>2</reply>\n\n<q>3</q>\n<reply>4</reply>\n",
        renamed("<q>1</q>\n<a>2</a>\n\n<q>3</q>\n<$0a>4</a>\n", "reply"));
  }

  @Test
  void whatWouldNotBeRecognisedIsRefused() {
    String text = "Q: a\nA: b\n\nQ: c\nA: d\n";
    LabelRename label = at(text, 0);
    assertNotNull(label);
    assertInstanceOf(ShotEdit.Refused.class, label.to("A"));
    assertInstanceOf(ShotEdit.Refused.class, label.to("{{x}}"));
    assertInstanceOf(ShotEdit.Refused.class, label.to(""));
    assertNull(at(text, 4));
    assertNull(at("sea -> mer\nsky -> ciel\n", 5));
  }

  private static @Nullable LabelRename at(String text, int offset) {
    PromptFile file = PromptReader.read("a.txt", text);
    return LabelRename.at(file, Shots.in(file), offset);
  }

  private static String renamed(String marked, String name) {
    String text = marked.replace("$0", "");
    LabelRename label = at(text, marked.indexOf("$0"));
    assertNotNull(label);
    ShotEdit edit = label.to(name);
    return edit instanceof ShotEdit.Change change
        ? Edits.apply(text, change.edits())
        : edit.toString();
  }
}
