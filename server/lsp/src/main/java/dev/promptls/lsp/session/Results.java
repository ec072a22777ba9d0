package dev.promptls.lsp.session;

import dev.promptls.lab.run.ExampleResult;
import dev.promptls.lab.run.RunResult;
import dev.promptls.prompt.shots.Example;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What models answered to one prompt. Each answer knows the text it speaks of, and is stale while
/// the document says something else.
///
/// @param examples by the index that the example had when it was asked
public record Results(
    @Nullable Answer<RunResult> run, SortedMap<Integer, Answer<ExampleResult>> examples) {
  public static final Results NONE = new Results(null, Collections.emptySortedMap());

  public Results {
    examples = Collections.unmodifiableSortedMap(new TreeMap<>(examples));
  }

  /// An answer and the document that it answers.
  public record Answer<T>(T result, String text) {
    /// Whether the document has changed since.
    public boolean staleIn(Document document) {
      return !text.equals(document.text());
    }
  }

  public boolean isEmpty() {
    return run == null && examples.isEmpty();
  }

  /// The answer to an example, if the example itself is still the one that was asked.
  public @Nullable Answer<ExampleResult> of(Example example) {
    Answer<ExampleResult> answer = examples.get(example.index());
    return answer != null
            && answer.result().input().equals(example.inputs())
            && answer.result().expected().strip().equals(example.output().strip())
        ? answer
        : null;
  }

  public Results with(Answer<RunResult> answer) {
    return new Results(answer, examples);
  }

  public Results withExample(Answer<ExampleResult> answer) {
    var more = new TreeMap<>(examples);
    more.put(answer.result().index(), answer);
    return new Results(run, more);
  }
}
