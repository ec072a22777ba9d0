package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;

/// A prompt as it would be after some edits. Origins in its rendering are those of the edited text.
final class EditedPrompt {
  private EditedPrompt() {}

  static RenderResult render(PromptFile file, List<TextEdit> edits, RenderOptions options) {
    if (edits.isEmpty()) {
      return Renderer.render(file, options);
    }
    LineIndex text = LineIndex.of(Edits.apply(file.text(), edits));
    return Renderer.render(PromptReader.read(file.name(), text, file.format()), options);
  }
}
