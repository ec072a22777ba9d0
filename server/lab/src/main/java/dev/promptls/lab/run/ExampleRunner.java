package dev.promptls.lab.run;

import dev.promptls.lab.run.PreviewResult.Accuracy;
import dev.promptls.model.Cancellation;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenSink;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.shots.AskMode;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Question;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.PromptFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Asks a model the examples of a prompt.
///
/// @param options for what the examples do not say
/// @param run how to decode
public record ExampleRunner(
    PromptFile file, RenderOptions options, RunOptions run, LanguageModel model) {
  private static final int SPARE_TOKENS = 32;

  /// Asks one example; the others that are sent with it depend on the mode.
  ///
  /// @param sink takes the answer as it grows
  /// @throws ModelException if there is no such example, or the model fails
  public ExampleResult ask(int index, AskMode mode, TokenSink sink, Cancellation cancellation)
      throws ModelException {
    Shots shots = Shots.in(file);
    if (index < 0 || index >= shots.examples().size()) {
      throw new ModelException(
          "There is no example %d in %s: it has %d, counted from 0."
              .formatted(index, file.name(), shots.examples().size()));
    }
    return answered(shots, shots.ask(index, mode, options), sink, cancellation);
  }

  /// Asks one example after some others.
  ///
  /// @param shown the indices of the others, in order
  public ExampleResult ask(int index, List<Integer> shown, Cancellation cancellation)
      throws ModelException {
    Shots shots = Shots.in(file);
    Question question = shots.ask(shots.examples().get(index), shown, options);
    return answered(shots, question, TokenSink.NONE, cancellation);
  }

  private ExampleResult answered(
      Shots shots, Question question, TokenSink sink, Cancellation cancellation)
      throws ModelException {
    GenerateRequest request = Decoding.request(question.rendered(), run, enough(shots));
    List<String> stop = new ArrayList<>(request.stop());
    stop.addAll(question.stop());
    Generation answer = model.generate(request.withStop(stop), sink, cancellation);
    String output = shots.answer(answer.text());
    return new ExampleResult(
        question.example().index(),
        question.example().inputs(),
        question.expected(),
        output,
        output.strip().equals(question.expected().strip()),
        answer.usage().promptTokens(),
        answer.usage().outputTokens(),
        answer.timing().totalMillis(),
        question.shots());
  }

  /// Tokens that suffice for the answer of any example: each is a byte or more, and an answer that
  /// is longer than every example is none of theirs. Small models seldom end by themselves.
  private static int enough(Shots shots) {
    int longest = 0;
    for (Example example : shots.examples()) {
      longest = Math.max(longest, example.text().getBytes(StandardCharsets.UTF_8).length);
    }
    return Math.min(longest + SPARE_TOKENS, Decoding.DEFAULT_MAX_TOKENS);
  }

  /// Asks every example, first with others as the mode says, then alone. A cancelled preview gives
  /// what was asked so far.
  ///
  /// @param mode [AskMode#PROGRESSIVE] or [AskMode#LEAVE_ONE_OUT]
  /// @param progress takes each result as it comes, first those with shots, then those without
  public PreviewResult preview(
      AskMode mode, Consumer<ExampleResult> progress, Cancellation cancellation)
      throws ModelException {
    List<ExampleResult> withShots = askAll(mode, progress, cancellation);
    List<ExampleResult> alone = askAll(AskMode.ALONE, progress, cancellation);
    return new PreviewResult(
        withShots, accuracy(alone), accuracy(withShots), model.info().name(), mode.word());
  }

  private List<ExampleResult> askAll(
      AskMode mode, Consumer<ExampleResult> progress, Cancellation cancellation)
      throws ModelException {
    List<ExampleResult> results = new ArrayList<>();
    int count = Shots.in(file).examples().size();
    for (int i = 0; i < count && !cancellation.isCancelled(); i++) {
      ExampleResult result = ask(i, mode, TokenSink.NONE, cancellation);
      if (!cancellation.isCancelled()) {
        results.add(result);
        progress.accept(result);
      }
    }
    return results;
  }

  private static Accuracy accuracy(List<ExampleResult> results) {
    return new Accuracy(
        results.stream().mapToInt(result -> result.pass() ? 1 : 0).average().orElse(0));
  }
}
