package dev.promptls.lab;

import dev.promptls.prompt.check.LintSettings;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.check.TokenBudget;
import dev.promptls.prompt.render.PartialResolver;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the files around a prompt, its model and the user's settings say to its rules.
///
/// @param files what the files say
/// @param readable which environment variables a prompt may read; the same object for as long as
///   that does not change
/// @param model null if it is not known
/// @param budget null if it is not known
/// @param missed the examples that the model answered otherwise
public record ModelSurroundings(
    Surroundings files,
    Predicate<String> readable,
    @Nullable ModelTraits model,
    @Nullable TokenBudget budget,
    List<Miss> missed)
    implements Surroundings {
  public ModelSurroundings {
    missed = List.copyOf(missed);
  }

  @Override
  public @Nullable PartialResolver partials() {
    return files.partials();
  }

  @Override
  public Presence file(String path) {
    return files.file(path);
  }

  @Override
  public List<TestRow> testRows() {
    return files.testRows();
  }

  @Override
  public LintSettings settings() {
    return files.settings();
  }

  @Override
  public Presence environment(String name) {
    return readable.test(name) ? Presence.PRESENT : Presence.ABSENT;
  }

  @Override
  public Set<String> specialTokens() {
    return model == null ? Set.of() : model.specialTokens();
  }

  @Override
  public @Nullable ChatRoles chatRoles() {
    return model == null ? null : model.chatRoles();
  }
}
