package dev.promptls.lsp.session;

import com.google.gson.JsonElement;
import dev.promptls.lab.ModelHandle;
import dev.promptls.lab.run.ExampleResult;
import dev.promptls.lab.run.ExampleRunner;
import dev.promptls.lab.run.PreviewResult;
import dev.promptls.lab.run.PromptRunner;
import dev.promptls.lab.run.RunOptions;
import dev.promptls.lab.run.RunResult;
import dev.promptls.model.Cancellation;
import dev.promptls.model.Finish;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenSink;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.shots.AskMode;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Prompts being run on models: shown as progress, stoppable, their answers kept in the session.
public final class Runs {
  private static final int SHOWN = 80;

  private final Session session;
  private final ModelDesk desk;
  private final Progress progress;
  private final Map<Cancellation, String> running = new ConcurrentHashMap<>();

  public Runs(Session session, ModelDesk desk, Progress progress) {
    this.session = session;
    this.desk = desk;
    this.progress = progress;
  }

  /// What is run, as it stood when it was asked for.
  ///
  /// @param rendering what it is rendered with
  /// @param token under which the client shows the work, null if it sent none
  /// @param request ends the run when the request for it is cancelled
  public record Order(
      Document document,
      Snapshot snapshot,
      RenderOptions rendering,
      RunOptions options,
      @Nullable JsonElement token,
      Cancellation request) {
    /// The prompt whose examples are asked: with the rows of its data file as such.
    PromptFile asked() {
      return snapshot.filled(document);
    }
  }

  /// Runs a prompt once.
  public RunResult run(Order order) throws ModelException {
    return work(
        order,
        "Running " + order.document().name(),
        (model, task, stop) -> {
          RunResult result =
              PromptRunner.run(
                  Renderer.render(order.document().file(), order.rendering()),
                  order.options(),
                  model,
                  growing(task),
                  stop);
          if (result.finish() != Finish.CANCELLED) {
            keep(order.document(), Answer.toAll(result, all(order)), Results::withRun);
          }
          return result;
        });
  }

  /// Asks one example, all others shown to the model.
  public ExampleResult runExample(Order order, int index) throws ModelException {
    return work(
        order,
        "Asking example %d of %s".formatted(index + 1, order.document().name()),
        (model, task, stop) -> {
          ExampleResult result =
              asking(order, model).ask(index, AskMode.LEAVE_ONE_OUT, growing(task), stop);
          if (!stop.isCancelled()) {
            keep(order, result, AskMode.LEAVE_ONE_OUT);
          }
          return result;
        });
  }

  /// Asks all examples.
  public PreviewResult preview(Order order, AskMode mode) throws ModelException {
    int questions = 2 * Shots.in(order.asked()).examples().size();
    return work(
        order,
        "Previewing " + order.document().name(),
        (model, task, stop) -> {
          var asked = new int[1];
          PreviewResult preview =
              asking(order, model)
                  .preview(
                      mode,
                      result -> {
                        if (asked[0] < questions / 2) {
                          keep(order, result, mode);
                        }
                        asked[0]++;
                        task.report(
                            "%d of %d".formatted(asked[0], questions),
                            100 * asked[0] / Math.max(1, questions));
                      },
                      stop);
          if (!stop.isCancelled()) {
            keep(order.document(), Answer.toAll(preview, all(order)), Results::withPreview);
          }
          return preview;
        });
  }

  /// Ends the runs of one document, or all.
  ///
  /// @return how many were running
  public int stop(@Nullable String uri) {
    int stopped = 0;
    for (Map.Entry<Cancellation, String> run : running.entrySet()) {
      if (uri == null || uri.equals(run.getValue())) {
        run.getKey().cancel();
        stopped++;
      }
    }
    return stopped;
  }

  @FunctionalInterface
  private interface Work<T> {
    T with(LanguageModel model, Progress.Task task, Cancellation stop) throws ModelException;
  }

  private <T> T work(Order order, String title, Work<T> work) throws ModelException {
    var stop = new Cancellation();
    order.request().onCancel(stop::cancel);
    running.put(stop, order.document().uri());
    try (Progress.Task task = progress.begin(title, order.token(), stop)) {
      ModelHandle handle = desk.handle(order.snapshot(), order.document());
      task.report("Loading " + handle.name(), null);
      return work.with(desk.await(handle, stop), task, stop);
    } finally {
      running.remove(stop);
    }
  }

  private static ExampleRunner asking(Order order, LanguageModel model) {
    return new ExampleRunner(order.asked(), order.rendering(), order.options(), model);
  }

  private static Span all(Order order) {
    return new Span(0, order.document().text().length());
  }

  /// Keeps an answer to an example, unless that is a row of a data file, which has no place in the
  /// document. An answer in a progressive preview does not know of the examples below.
  private void keep(Order order, ExampleResult result, AskMode mode) {
    List<Example> examples = order.document().shots().examples();
    if (result.index() < examples.size()) {
      Span about = examples.get(result.index()).range();
      Span unseen =
          mode == AskMode.PROGRESSIVE
              ? new Span(about.end(), examples.getLast().range().end())
              : Span.at(about.end());
      keep(order.document(), new Answer<>(result, about, unseen, false), Results::withExample);
    }
  }

  /// Keeps an answer to the document as it was when it was asked; it may have changed meanwhile.
  private <T> void keep(
      Document asked, Answer<T> answer, BiFunction<Results, Answer<T>, Results> into) {
    session.keep(
        asked.uri(),
        (now, results) -> {
          Answer<T> current =
              asked.text().equals(now.text())
                  ? answer
                  : answer.after(TextEdit.between(asked.text(), now.text()));
          return current == null ? results : into.apply(results, current);
        });
  }

  private static TokenSink growing(Progress.Task task) {
    var text = new StringBuilder();
    return more -> {
      text.append(more);
      int from = Math.max(0, text.length() - SHOWN);
      task.report(text.substring(from).replaceAll("\\s+", " "), null);
    };
  }
}
