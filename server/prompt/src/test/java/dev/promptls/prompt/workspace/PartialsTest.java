package dev.promptls.prompt.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.syntax.VariableUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Rendering and the index mean the same files by the same names.
class PartialsTest {
  private static final Map<String, String> FILES =
      Map.of(
          "/ws/sub/ask.prompt", "{{> shared/outer}} {{> note}}",
          "/ws/sub/_note.prompt", "near",
          "/ws/_note.prompt", "top",
          "/ws/shared/_outer.prompt", "outer({{> inner}} {{> note}} {{> shared/inner}})",
          "/ws/shared/_inner.prompt", "inner");

  @Test
  void aPartialCallsWhatIsInItsOwnFolderOrAbove() {
    RenderResult rendered = render("/ws/sub/ask.prompt");
    assertTrue(rendered.problems().isEmpty(), () -> rendered.problems().toString());
    assertEquals("outer(inner top inner) near", rendered.messages().getFirst().text());
  }

  @Test
  void theIndexMeansTheSameFiles() {
    Workspace workspace = Workspace.EMPTY.within(List.of("/ws"));
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      PromptFile read = PromptReader.read(file.getKey(), file.getValue());
      workspace = workspace.with(FactReader.read(file.getKey(), read));
    }
    Map<String, @Nullable String> meant = new LinkedHashMap<>();
    for (String name : List.of("inner", "note", "shared/inner")) {
      meant.put(name, workspace.partial(name, "/ws/shared/_outer.prompt"));
    }
    assertEquals(
        Map.of(
            "inner", "/ws/shared/_inner.prompt",
            "note", "/ws/_note.prompt",
            "shared/inner", "/ws/shared/_inner.prompt"),
        meant);
    assertEquals("/ws/sub/_note.prompt", workspace.partial("note", "/ws/sub/ask.prompt"));
  }

  @Test
  void aPartialWithADefaultIsNoVariable() {
    PromptFile file =
        PromptReader.read(
            "a.prompt", "{{#> card title=name}}{{text}}{{/card}} {{#list}}x{{/list}}");
    assertEquals(
        List.of("name", "text", "list"), file.variables().stream().map(VariableUse::name).toList());
    assertTrue(file.variables().stream().allMatch(use -> use.scope().isEmpty()));
  }

  private static RenderResult render(String path) {
    SourceTexts sources = FILES::get;
    PromptFile file = PromptReader.read(path, String.valueOf(FILES.get(path)));
    return Renderer.render(
        file,
        RenderOptions.DEFAULT.withPartials(new Partials(FileNames.folder(path), "/ws", sources)));
  }
}
