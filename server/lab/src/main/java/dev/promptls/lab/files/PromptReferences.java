package dev.promptls.lab.files;

import dev.promptls.model.ModelException;
import dev.promptls.prompt.render.References;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a prompt that the user renders may take from this machine: the environment variables that
/// the user allows, and the files in the prompt's own folder, links resolved.
public final class PromptReferences implements References {
  private static final long MOST_BYTES = 1 << 20;

  private final @Nullable Path folder;
  private final Set<String> allowed;
  private final Map<String, String> environment;

  /// @param folder of the prompt; null if it lies in none, and then no files are read
  /// @param allowed names of the variables that prompts may read, from the user's own settings
  /// @param environment variables by name
  public PromptReferences(
      @Nullable Path folder, Set<String> allowed, Map<String, String> environment) {
    this.folder = folder == null ? null : folder.toAbsolutePath().normalize();
    this.allowed = Set.copyOf(allowed);
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Answer environment(String name) {
    if (!allowed.contains(name)) {
      return new Answer.Refused(
          "prompts may not read it; add it to allowedEnvironment in your settings.json to allow it");
    }
    String value = environment.get(name);
    return value == null ? new Answer.Missing() : new Answer.Found(value);
  }

  @Override
  public Answer file(String path) {
    if (folder == null) {
      return new Answer.Refused("this prompt lies in no folder");
    }
    try {
      Path file = folder.resolve(path).normalize();
      if (!file.startsWith(folder)) {
        return outside();
      }
      Path real = Roots.real(file);
      if (real == null) {
        return new Answer.Missing();
      }
      return Roots.of(List.of(folder)).contains(real)
          ? new Answer.Found(TextFile.read(real, MOST_BYTES))
          : outside();
    } catch (InvalidPathException e) {
      return new Answer.Missing();
    } catch (ModelException e) {
      String sentence = String.valueOf(e.getMessage());
      boolean stop = sentence.endsWith(".");
      return new Answer.Refused(stop ? sentence.substring(0, sentence.length() - 1) : sentence);
    }
  }

  private static Answer outside() {
    return new Answer.Refused(
        "it resolves outside allowed roots, which are the folder of the prompt and what is below");
  }
}
