package dev.promptls.prompt.workspace;

import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.syntax.PromptFile;
import org.jspecify.annotations.Nullable;

/// The partials that a prompt can call, found by [PartialNames]. What is used of them is the body.
///
/// @param folder of the prompt
/// @param root above which no partial is looked for
public record Partials(String folder, String root, SourceTexts sources) implements PartialResolver {
  @Override
  public @Nullable String partial(String name) {
    for (String path : PartialNames.candidates(name, folder, root)) {
      PromptFile file = sources.file(path);
      if (file != null) {
        return file.bodyText();
      }
    }
    return null;
  }
}
