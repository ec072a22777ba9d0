package dev.promptls.prompt.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FormatTest {
  @Test
  void formatsAreFoundByContentThenByName() {
    assertEquals(Format.DOTPROMPT, PromptReader.formatOf("dir/a.prompt", "Hello {{name}}"));
    assertEquals(Format.DOTPROMPT, PromptReader.formatOf("untitled", "{{role \"user\"}}Hello"));
    assertEquals(Format.PROMPTY, PromptReader.formatOf("a.prompty", "---\nname: x\n---\nHi"));
    assertEquals(Format.PROMPTY, PromptReader.formatOf("a.prompt", "---\nx: 1\n---\nuser:\nHi\n"));
    assertEquals(
        Format.DOTPROMPT,
        PromptReader.formatOf("a.prompt", "---\ninput:\n  schema:\n    user:\n---\nHi\n"));
    assertEquals(Format.GITHUB, PromptReader.formatOf("a.prompt.yml", "name: x"));
    assertEquals(
        Format.GITHUB,
        PromptReader.formatOf("a.yaml", "messages:\n  - role: user\n    content: x"));
    assertEquals(Format.MARKDOWN, PromptReader.formatOf("x/SKILL.md", "{{role \"user\"}}"));
    assertEquals(Format.OPENAI, PromptReader.formatOf("a.jsonl", "{\"messages\": []}\n"));
    assertEquals(Format.SHAREGPT, PromptReader.formatOf("a.jsonl", "{\"conversations\": []}"));
    assertEquals(Format.ALPACA, PromptReader.formatOf("a.json", "\n{\"instruction\": \"x\"}"));
    assertEquals(Format.POML, PromptReader.formatOf("a.prompt", "<poml></poml>"));
    assertEquals(Format.TEXT, PromptReader.formatOf("a.log", "anything"));
    assertEquals(Format.TEXT, PromptReader.formatOf("a.txt", ""));
  }

  @Test
  void githubMessagesHaveTheirDecodedText() {
    String text = "messages:\n  - role: system\n    content: |\n      Be\n      brief.\n";
    PromptFile file = PromptReader.read("a.prompt.yml", text);
    assertEquals("Be\nbrief.\n", file.messages().getFirst().decoded());
  }

  @Test
  void promptyMessagesBeginAtRoleLines() {
    String text = "---\nname: x\n---\nsystem:\nBe brief.\n\n# User[name=a]:\nHi\n";
    PromptFile file = PromptReader.read("a.prompty", text);
    assertEquals(List.of("system", "user"), file.messages().stream().map(m -> m.role()).toList());
    assertEquals("Hi", file.messages().getLast().content().strip(text).of(text));
  }
}
