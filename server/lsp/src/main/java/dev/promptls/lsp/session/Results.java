package dev.promptls.lsp.session;

import dev.promptls.lab.analysis.Surprisal;
import dev.promptls.lab.run.ExampleResult;
import dev.promptls.lab.run.PreviewResult;
import dev.promptls.lab.run.RunResult;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.text.TextEdit;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What models answered to one prompt.
///
/// @param examples by where the example begins
public record Results(
    @Nullable Answer<RunResult> run,
    @Nullable Answer<PreviewResult> preview,
    @Nullable Answer<Surprisal> surprisal,
    SortedMap<Integer, Answer<ExampleResult>> examples) {
  public static final Results NONE = new Results(null, null, null, Collections.emptySortedMap());

  public Results {
    examples = Collections.unmodifiableSortedMap(new TreeMap<>(examples));
  }

  public boolean isEmpty() {
    return run == null && preview == null && surprisal == null && examples.isEmpty();
  }

  /// The answer to an example.
  public @Nullable Answer<ExampleResult> of(Example example) {
    return examples.get(example.range().start());
  }

  Results withRun(Answer<RunResult> answer) {
    return new Results(answer, preview, surprisal, examples);
  }

  Results withPreview(Answer<PreviewResult> answer) {
    return new Results(run, answer, surprisal, examples);
  }

  public Results withSurprisal(Answer<Surprisal> answer) {
    return new Results(run, preview, answer, examples);
  }

  Results withExample(Answer<ExampleResult> answer) {
    var more = new TreeMap<>(examples);
    more.put(answer.about().start(), answer);
    return new Results(run, preview, surprisal, more);
  }

  /// The answers after an edit of the document.
  Results after(TextEdit edit) {
    if (isEmpty()) {
      return this;
    }
    var moved = new TreeMap<Integer, Answer<ExampleResult>>();
    for (Answer<ExampleResult> each : examples.values()) {
      Answer<ExampleResult> answer = each.after(edit);
      if (answer != null) {
        moved.put(answer.about().start(), answer);
      }
    }
    return new Results(
        run == null ? null : run.after(edit),
        preview == null ? null : preview.after(edit),
        surprisal == null ? null : surprisal.after(edit),
        moved);
  }
}
