package dev.promptls.prompt.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.text.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownReaderTest {
  private static final String FILE =
      """
      ---
      description: Review a file
      agent: 'agent'
      tools: ['search', 'edit']
      model: [GPT-5, Claude]
      argument-hint: what to look for
      ---

      Review ${file} and ${selection} in ${input:language:Which language?} and ${input:language}.
      Follow [our rules](../rules/style.md#naming "Rules") and #file:src/a.ts, with #tool:search/codebase.
      In a shell, ${HOME} stays.
      """;

  @Test
  void theBodyIsOneMessageAndTheFrontMatterIsRead() {
    PromptFile file = PromptReader.read("review.prompt.md", FILE);
    assertEquals(Format.MARKDOWN, file.format());
    assertEquals(List.of(), file.problems());
    assertEquals("user", file.messages().getFirst().role());
    assertTrue(file.bodyText().startsWith("\nReview"));
    assertTrue(file.bodyText().endsWith("stays.\n"));
    assertEquals(List.of("search", "edit"), file.metadata().get("tools"));
    assertEquals(List.of("GPT-5", "Claude"), file.metadata().get("model"));
  }

  @Test
  void whatIsSaidBeforeTheConversationIsTheSystems() {
    for (String name : List.of("a.instructions.md", "x/b.agent.md", "c.chatmode.md")) {
      PromptFile file = PromptReader.read(name, "Be brief.");
      assertEquals("system", file.messages().getFirst().role(), name);
    }
    assertEquals("user", PromptReader.read("SKILL.md", "Do.").messages().getFirst().role());
  }

  @Test
  void variablesOfTheEditorAndOfTheUserKnowTheirPlace() {
    PromptFile file = PromptReader.read("review.prompt.md", FILE);
    assertEquals(
        List.of("@file file", "@selection selection", "language language", "language language"),
        file.variables().stream().map(use -> use.name() + " " + use.span().of(FILE)).toList());
    InputDeclaration language = file.input("language");
    assertNotNull(language);
    assertEquals("Which language?", language.description());
    assertEquals(1, file.inputs().size());
  }

  @Test
  void linksKnowTheirTargets() {
    PromptFile file = PromptReader.read("review.prompt.md", FILE);
    assertEquals(
        List.of("FILE ../rules/style.md#naming", "FILE src/a.ts", "TOOL search/codebase"),
        file.links().stream().map(link -> link.kind() + " " + link.target()).toList());
    for (Link link : file.links()) {
      assertEquals(link.target(), link.span().of(FILE));
    }
    assertEquals("../rules/style.md", file.links().getFirst().path());
  }

  @Test
  void markdownIsReadAsMarkdown() {
    String text =
        """
        ![shot](img/a.png) [b](<with blank.md>) [c](https://x.org/y) <https://z.org> [](#here)
        [d](e_(f).md "t") [![g](h.png)](i.md) `[no](no.md)` ``[`no`](no.md)`` \\[no](no.md) [o](p.md)
        ```
        [no](no.md) #file:no.md
        ~~~
        ```
        [q]: r.md 'title'
        [s](unclosed
        #file:t.md. (#file:u.md)
        C:\\x.md [v](C:/w.md) [mail](mailto:a@b.c)
        """;
    assertEquals(
        List.of(
            "MEDIA img/a.png",
            "FILE with blank.md",
            "ADDRESS https://x.org/y",
            "ADDRESS https://z.org",
            "FILE e_(f).md",
            "MEDIA h.png",
            "FILE i.md",
            "FILE p.md",
            "FILE r.md",
            "FILE t.md",
            "FILE u.md",
            "FILE C:/w.md",
            "ADDRESS mailto:a@b.c"),
        PromptReader.read("a.prompt.md", text).links().stream()
            .map(link -> link.kind() + " " + link.target())
            .toList());
  }

  @Test
  void frontMatterBeginsInTheFirstLineOnly() {
    assertNull(PromptReader.read("a.prompt.md", "\n---\na: b\n---\n").frontMatter());
    PromptFile empty = PromptReader.read("a.prompt.md", "---\r\n---\r\nHi\r\n");
    assertNotNull(empty.frontMatter());
    assertEquals("Hi\r\n", empty.bodyText());
    PromptFile marked = PromptReader.read("a.prompt.md", "\uFEFF---\nname: x\n--- \nHi");
    assertEquals("x", marked.metadata().get("name"));
    assertEquals("Hi", marked.bodyText());
  }

  @Test
  void mistakesInTheFrontMatterCostNothingElse() {
    String text = "---\nname: \"x\ndescription: y\ntools: [a\nmodel: z\n---\nHi ${input:a}";
    PromptFile file = PromptReader.read("a.prompt.md", text);
    assertEquals(2, file.problems().size());
    assertEquals("y", file.metadata().get("description"));
    assertEquals("z", file.metadata().get("model"));
    assertEquals("Hi ${input:a}", file.bodyText());
    assertEquals("a", file.variables().getFirst().name());
  }

  @Test
  void frontMatterThatIsNotClosedIsAllThereIs() {
    PromptFile file = PromptReader.read("a.prompt.md", "---\nname: x\nBody");
    assertEquals("front-matter-unclosed", file.problems().getLast().code());
    assertEquals(List.of(), file.messages());
  }

  @Test
  void hostileTextsAreReadInOneGo() {
    for (String piece :
        List.of("[", "[]( ", "`", "``` ", "${", "${input:", "#file:", "![", "<http")) {
      String text = piece.repeat(200_000);
      PromptFile file = PromptReader.read("a.prompt.md", text);
      assertEquals(new Span(0, text.length()), file.body());
    }
    StringBuilder runs = new StringBuilder();
    for (int i = 1; i < 600; i++) {
      runs.append("`".repeat(i)).append(' ');
    }
    assertEquals(List.of(), PromptReader.read("a.prompt.md", runs.toString()).links());
  }
}
