package dev.promptls.lsp.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import dev.promptls.lab.ModelHandle;
import dev.promptls.lab.ModelTokens;
import dev.promptls.lab.analysis.ShotCurve;
import dev.promptls.lab.analysis.Surprisal;
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
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.shots.AskMode;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Prompts being run on models: shown as progress, stoppable, their answers kept in the session.
public final class Runs {
  private static final int SHOWN = 80;
  private static final long SHOW_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Session session;
  private final ModelDesk desk;
  private final Progress progress;
  private final Map<Cancellation, String> running = new ConcurrentHashMap<>();
  private final Map<String, String> growing = new ConcurrentHashMap<>();

  public Runs(Session session, ModelDesk desk, Progress progress) {
    this.session = session;
    this.desk = desk;
    this.progress = progress;
  }

  /// What is run, as it stood when it was asked for.
  ///
  /// @param rendering what it is rendered with
  /// @param tokens under which the client hears of the work
  /// @param request ends the run when the request for it is cancelled
  public record Order(
      Document document,
      Snapshot snapshot,
      RenderOptions rendering,
      RunOptions options,
      Tokens tokens,
      Cancellation request) {
    /// The prompt whose examples are asked: with the rows of its data file as such.
    public PromptFile asked() {
      return snapshot.filled(document);
    }
  }

  /// Under which the client hears of some work, null where it sent none.
  ///
  /// @param progress shows it
  /// @param partial takes what there is of the result before all is there: `{output}`, the text
  ///   that was added, or `{examples}`, those that were asked
  public record Tokens(@Nullable JsonElement progress, @Nullable JsonElement partial) {
    public static final Tokens NONE = new Tokens(null, null);
  }

  /// What the run of a prompt has said so far; empty if none is running.
  public Optional<String> soFar(String uri) {
    return Optional.ofNullable(growing.get(uri));
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
                  growing(order, task),
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
              asking(order, model).ask(index, AskMode.LEAVE_ONE_OUT, growing(order, task), stop);
          if (!stop.isCancelled()) {
            keep(order, result, AskMode.LEAVE_ONE_OUT);
          }
          return result;
        });
  }

  /// Finds out where the model is surprised by a prompt.
  public Surprisal surprisal(Order order) throws ModelException {
    RenderResult rendered = Renderer.render(order.document().file(), order.rendering());
    Surprisal surprisal =
        work(
            order,
            "Scoring " + order.document().name(),
            (model, _, stop) -> {
              ModelTokens tokens = desk.handle(order.snapshot(), order.document()).awaitTokens();
              Surprisal found = Surprisal.of(rendered, tokens, model, stop);
              if (!stop.isCancelled()) {
                keep(order.document(), Answer.toAll(found, all(order)), Results::withSurprisal);
              }
              return found;
            });
    session.refreshColours();
    return surprisal;
  }

  /// Finds out how accuracy grows with the examples shown.
  public ShotCurve shots(Order order, List<Integer> ks) throws ModelException {
    int questions = ks.size() * Shots.in(order.asked()).examples().size();
    return work(
        order,
        "Trying numbers of examples of " + order.document().name(),
        (model, task, stop) -> {
          var asked = new AtomicInteger();
          return ShotCurve.of(
              asking(order, model),
              ks,
              _ -> {
                int done = Math.min(questions, asked.incrementAndGet());
                task.report(
                    "%d of %d".formatted(done, questions), 100 * done / Math.max(1, questions));
              },
              stop);
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
                        task.partial(order.tokens().partial(), examples(result));
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
  /// @return how many were running and not yet told to end
  public int stop(@Nullable String uri) {
    int stopped = 0;
    for (Map.Entry<Cancellation, String> run : running.entrySet()) {
      boolean meant = uri == null || uri.equals(run.getValue());
      if (meant && run.getKey().cancel()) {
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
    try (Progress.Task task = progress.begin(title, order.tokens().progress(), stop);
        ModelDesk.Lease models = desk.lease()) {
      ModelHandle handle = models.handle(order.snapshot(), order.document());
      task.report("Loading " + handle.name(), null);
      return work.with(models.await(handle, stop), task, stop);
    } finally {
      running.remove(stop);
      growing.remove(order.document().uri());
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

  /// Lets the client see an answer grow: in the progress, as parts of the result, and in the
  /// virtual document.
  private TokenSink growing(Order order, Progress.Task task) {
    String uri = order.document().uri();
    var text = new StringBuilder();
    growing.put(uri, "");
    var shown = new AtomicLong(System.nanoTime());
    return more -> {
      text.append(more);
      int from = Math.max(0, text.length() - SHOWN);
      task.report(text.substring(from).replaceAll("\\s+", " "), null);
      var part = new JsonObject();
      part.addProperty("output", more);
      task.partial(order.tokens().partial(), part);
      long now = System.nanoTime();
      if (now - shown.get() > SHOW_EVERY_NANOS) {
        shown.set(now);
        growing.put(uri, text.toString());
        session.virtualDocuments().refresh(uri);
      }
    };
  }

  private static JsonObject examples(ExampleResult result) {
    var list = new JsonArray();
    list.add(Json.tree(result));
    var part = new JsonObject();
    part.add("examples", list);
    return part;
  }
}
