package dev.promptls.lsp.session;

import dev.promptls.lab.ModelHandle;
import dev.promptls.lab.ModelSurroundings;
import dev.promptls.lab.ModelTokens;
import dev.promptls.lab.ModelTraits;
import dev.promptls.lab.Models;
import dev.promptls.model.Cancellation;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.check.Surroundings.Miss;
import dev.promptls.prompt.shots.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way from a document to its model. Opens the models when first asked, so that nothing that
/// needs none waits for them.
public final class ModelDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelDesk.class);
  private static final long COUNT_PATIENCE_SECONDS = 10;
  private static final long NO_LIMIT = TimeUnit.DAYS.toSeconds(1);

  private final OpenModels models;
  private final Budgets budgets;
  private final Runnable ready;
  private final Consumer<String> trouble;
  private final @Nullable String preset;
  private final Predicate<String> readable;
  private final Set<CompletableFuture<?>> awaited = ConcurrentHashMap.newKeySet();

  /// What counted a document last, by URI: it goes on until another model's tokenizer is there.
  private final Map<String, ModelTokens> counted = new ConcurrentHashMap<>();

  /// Of the models that counted a document last.
  private final Map<ModelTokens, ModelTraits> traits = new ConcurrentHashMap<>();

  /// @param preset the model that the server was started with, null if none
  /// @param readable which environment variables prompts may read
  /// @param ready told each time when something has been loaded that was not there when asked for
  /// @param trouble told why a model that is wanted cannot be loaded
  public ModelDesk(
      Supplier<Models> open,
      @Nullable String preset,
      Predicate<String> readable,
      Runnable ready,
      Consumer<String> trouble) {
    this.readable = readable;
    this.trouble = trouble;
    this.preset = preset;
    this.models = new OpenModels(open);
    this.budgets = new Budgets(ready);
    this.ready = ready;
  }

  /// The model that answers for a document.
  public ModelHandle handle(Snapshot snapshot, @Nullable Document document) throws ModelException {
    return handle(models.now().models, snapshot, document);
  }

  private ModelHandle handle(Models from, Snapshot snapshot, @Nullable Document document)
      throws ModelException {
    return from.choose(asked(snapshot), declared(document));
  }

  /// The model of that name.
  public ModelHandle named(String name) throws ModelException {
    return models.now().models.choose(name, null);
  }

  /// The models of this moment for some work: they stay open until it is done, also if the settings
  /// ask for others meanwhile.
  public Lease lease() throws ModelException {
    return new Lease(models.use());
  }

  /// The use of models for some work.
  public final class Lease implements AutoCloseable {
    private final OpenModels.Kept kept;
    private final List<ModelHandle> held = new ArrayList<>();

    private Lease(OpenModels.Kept kept) {
      this.kept = kept;
    }

    /// The model that answers for a document.
    public ModelHandle handle(Snapshot snapshot, Document document) throws ModelException {
      return ModelDesk.this.handle(kept.models, snapshot, document);
    }

    /// The model ready to answer; waits until it is, or until nobody wants it any more.
    public LanguageModel await(ModelHandle handle, Cancellation cancellation)
        throws ModelException {
      held.add(handle);
      kept.held.hold(handle);
      LanguageModel model = ModelDesk.await(handle.model(), NO_LIMIT, cancellation);
      kept.answered = handle;
      return model;
    }

    /// A model that can answer at once where there is one: while another is being loaded, that
    /// which answered last. Else waits as [#await].
    public LanguageModel atHand(ModelHandle handle, Cancellation cancellation)
        throws ModelException {
      ModelHandle before = kept.answered;
      return await(before == null || handle.model().isDone() ? handle : before, cancellation);
    }

    @Override
    public void close() {
      held.forEach(kept.held::release);
      models.release(kept);
    }
  }

  /// What counts the tokens of a document. Waits while it is being loaded, which takes moments;
  /// empty if there is none or the wait is too long.
  public Optional<ModelTokens> tokens(
      Snapshot snapshot, Document document, Cancellation cancellation) {
    try {
      return Optional.of(await(counting(snapshot, document), COUNT_PATIENCE_SECONDS, cancellation));
    } catch (ModelException none) {
      return Optional.empty();
    }
  }

  /// How many tokens the model of a document can read, as far as that is known without opening it;
  /// 0 if it is not.
  public int contextWindow(Snapshot snapshot, Document document) {
    try {
      Models at = models.now().models;
      return at.chooseForCounting(asked(snapshot), declared(document)).contextWindow();
    } catch (ModelException none) {
      return 0;
    }
  }

  /// What counts the tokens of any text as a model does; empty if there is no such model.
  ///
  /// @param model its name
  public Optional<ModelTokens> tokensOf(String model, Cancellation cancellation) {
    try {
      CompletableFuture<ModelTokens> tokens =
          models.now().models.chooseForCounting(model, null).tokens();
      return Optional.of(await(tokens, COUNT_PATIENCE_SECONDS, cancellation));
    } catch (ModelException none) {
      return Optional.empty();
    }
  }

  /// The same without waiting: while it is being loaded, what counted the document before.
  public Optional<ModelTokens> tokensNow(Snapshot snapshot, Document document) {
    try {
      CompletableFuture<ModelTokens> tokens = counting(snapshot, document);
      if (!tokens.isDone() && awaited.add(tokens)) {
        var _ =
            tokens.whenCompleteAsync(
                (_, failure) -> counted(failure == null), Thread::startVirtualThread);
      }
      if (!tokens.isDone()) {
        return Optional.ofNullable(counted.get(document.uri()));
      }
      if (tokens.isCompletedExceptionally()) {
        return Optional.empty();
      }
      counted.put(document.uri(), tokens.join());
      counted.keySet().retainAll(snapshot.documents().keySet());
      return Optional.of(tokens.join());
    } catch (ModelException none) {
      return Optional.empty();
    }
  }

  private void counted(boolean loaded) {
    awaited.removeIf(CompletableFuture::isDone);
    if (loaded) {
      ready.run();
    }
  }

  /// What the files around a document, its model and the answers to it say to its rules, as far as
  /// is known without waiting.
  public Surroundings surroundings(Snapshot snapshot, Document document) {
    Optional<ModelTokens> tokens = tokensNow(snapshot, document);
    return new ModelSurroundings(
        snapshot.surroundings(document),
        readable,
        tokens.map(this::traits).orElse(null),
        tokens.map(model -> budgets.now(document, snapshot, model)).orElse(null),
        missed(document, snapshot.results(document)));
  }

  private ModelTraits traits(ModelTokens tokens) {
    traits.keySet().retainAll(counted.values());
    return traits.computeIfAbsent(tokens, ModelTraits::of);
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

  /// Begins to load what the settings ask for, so that it is there when it is needed; other models
  /// end then. A failure is told to whoever needs it.
  public void warm(Snapshot snapshot) throws ModelException {
    OpenModels.Kept kept = models.now();
    ModelHandle handle = handle(kept.models, snapshot, null);
    kept.held.want(handle, asked(snapshot) != null);
    var _ = handle.tokens().thenRunAsync(ready, Thread::startVirtualThread);
    var _ =
        handle.model().thenRunAsync(() -> kept.held.arrived(handle), Thread::startVirtualThread);
    tellFailure(handle.tokens());
    tellFailure(handle.model());
  }

  private void tellFailure(CompletableFuture<?> loading) {
    var _ =
        loading.whenComplete((_, failure) -> {
          if (failure != null) {
            tell(failure);
          }
        });
  }

  private void tell(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ModelException refusal) {
      trouble.accept(String.valueOf(refusal.getMessage()));
    } else {
      LOG.warn("A model cannot be loaded: {}", String.valueOf(cause));
    }
  }

  /// Follows a change of the settings or of the model chosen. What is asked for now is loaded
  /// beside what is there, which answers until then, and to the end what it was asked before.
  ///
  /// @param before the settings that held until now
  public void follow(Settings before, Snapshot now) throws ModelException {
    boolean same = before.runsLike(now.settings()) && !models.areChanging();
    if (same || !models.areOpen()) {
      warm(now);
      return;
    }
    Models next = models.renew();
    try {
      var _ =
          handle(next, now, null)
              .model()
              .whenCompleteAsync(
                  (_, failure) -> arrived(next, failure), Thread::startVirtualThread);
    } catch (ModelException refused) {
      models.arrived(next, false);
      throw refused;
    }
  }

  private void arrived(Models next, @Nullable Throwable failure) {
    if (models.arrived(next, failure == null)) {
      if (failure != null) {
        tell(failure);
      }
      ready.run();
    }
  }

  /// When what counts a document's tokens is loaded, which this begins.
  private CompletableFuture<ModelTokens> counting(Snapshot snapshot, Document document)
      throws ModelException {
    return models.now().models.chooseForCounting(asked(snapshot), declared(document)).tokens();
  }

  /// What was chosen while the server runs goes before what it was started with.
  private @Nullable String asked(Snapshot snapshot) {
    String selected = snapshot.selectedModel();
    return selected != null ? selected : preset != null ? preset : snapshot.settings().model();
  }

  private static @Nullable String declared(@Nullable Document document) {
    return document == null ? null : document.file().model();
  }

  private static <T> T await(CompletableFuture<T> future, long seconds, Cancellation cancellation)
      throws ModelException {
    // The future is shared: who stops waiting must not stop the others.
    CompletableFuture<T> mine = future.copy();
    cancellation.onCancel(() -> mine.cancel(false));
    try {
      return mine.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException slow) {
      throw new ModelException("The model is still being loaded; try again in a moment.", slow);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof ModelException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  @Override
  public void close() {
    models.close();
  }
}
