package dev.promptls.prompt.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.promptls.prompt.syntax.PromptReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownRendererTest {
  private static final String FILE =
      """
      ---
      description: Explain
      mode: ask
      ---
      Explain ${selection} of ${file} for ${input:who:For whom?}, ${input:who}; {{mustaches}} stay.
      """;

  @Test
  void variablesWithAValueGiveWayToIt() {
    Data data =
        new Data(
            Map.of("who", "a ${file}", "selection", List.of(1L)),
            null,
            Map.of("file", "a.ts", "who", "nobody"));
    assertEquals(
        "Explain [1] of a.ts for a ${file}, a ${file}; {{mustaches}} stay.\n", text(FILE, data));
  }

  @Test
  void variablesWithoutAValueStay() {
    assertEquals(FILE.substring(FILE.indexOf("Explain $")), text(FILE, Data.NONE));
  }

  @Test
  void metadataIsTheFrontMatter() {
    RenderResult result = render("x.prompt.md", FILE, Data.NONE);
    assertEquals(Map.of("description", "Explain", "mode", "ask"), result.metadata());
  }

  @Test
  void instructionsAreTheSystems() {
    RenderResult result = render("x.instructions.md", FILE, Data.NONE);
    assertEquals("system", result.messages().getFirst().role());
  }

  @Test
  void anEmptyBodySaysNothing() {
    assertEquals(List.of(), render("x.prompt.md", "---\nname: x\n---\n", Data.NONE).messages());
  }

  private static String text(String file, Data data) {
    return render("x.prompt.md", file, data).messages().getFirst().text();
  }

  private static RenderResult render(String name, String file, Data data) {
    return Renderer.render(PromptReader.read(name, file), RenderOptions.of(data));
  }
}
