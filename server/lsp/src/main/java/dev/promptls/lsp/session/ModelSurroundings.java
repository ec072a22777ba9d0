package dev.promptls.lsp.session;

import dev.promptls.lab.ModelTraits;
import dev.promptls.prompt.check.LintSettings;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.check.TokenBudget;
import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.shots.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the files around a document and its model say to its rules.
///
/// @param files the surroundings without a model
/// @param model null while its tokenizer is not at hand
record ModelSurroundings(
    Surroundings files,
    @Nullable ModelTraits model,
    @Nullable TokenBudget budget,
    List<Miss> missed)
    implements Surroundings {
  static ModelSurroundings of(Document document, Snapshot snapshot, ModelDesk desk) {
    return new ModelSurroundings(
        snapshot.surroundings(document),
        desk.traitsNow(snapshot, document).orElse(null),
        desk.budgetNow(snapshot, document).orElse(null),
        missed(document, snapshot.results(document)));
  }

  private static List<Miss> missed(Document document, Results results) {
    if (results.examples().isEmpty()) {
      return List.of();
    }
    List<Miss> missed = new ArrayList<>();
    for (Example example : document.shots().examples()) {
      var answer = results.of(example);
      if (answer != null && !answer.result().pass() && !answer.stale()) {
        missed.add(new Miss(example.index(), answer.result().output()));
      }
    }
    return missed;
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
  public Set<String> specialTokens() {
    return model == null ? Set.of() : model.specialTokens();
  }

  @Override
  public @Nullable ChatRoles chatRoles() {
    return model == null ? null : model.chatRoles();
  }
}
