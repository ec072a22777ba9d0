package dev.promptls.prompt.workspace;

import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.syntax.PromptFile;
import org.jspecify.annotations.Nullable;

/// The partials that a prompt can call, found by [PartialNames]; those that a partial calls are
/// looked for from its own folder. What is used of them is the body.
///
/// @param folder of the prompt
/// @param root above which no partial is looked for
public record Partials(String folder, String root, SourceTexts sources) implements PartialResolver {
  @Override
  public @Nullable String partial(String name) {
    String path = path(name);
    PromptFile file = path == null ? null : sources.file(path);
    return file == null ? null : file.bodyText();
  }

  /// A partial that the prompt does not get by this name goes by its path.
  @Override
  public String named(String name, String caller) {
    String from = path(caller);
    String path = from == null ? null : find(name, FileNames.folder(from));
    return path == null || path.equals(find(name, folder)) ? name : path;
  }

  private @Nullable String path(String name) {
    return PartialNames.isValid(name) || !PartialNames.isPartial(name) ? find(name, folder) : name;
  }

  private @Nullable String find(String name, String from) {
    for (String path : PartialNames.candidates(name, from, root)) {
      if (sources.file(path) != null) {
        return path;
      }
    }
    return null;
  }
}
