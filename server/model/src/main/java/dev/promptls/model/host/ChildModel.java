package dev.promptls.model.host;

import dev.promptls.model.Cancellation;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.Score;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.TokenSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A model in a child process, which is started again when it dies. A request in flight at that
/// moment fails with a sentence; a model that crashed two children is refused from then on.
public final class ChildModel implements LanguageModel {
  private static final Logger LOG = LoggerFactory.getLogger(ChildModel.class);
  private static final int LOAD_SECONDS = 300;

  /// How long a cancelled request may take to end before the child counts as stuck.
  private static final int CANCEL_SECONDS = 10;

  private final HostSettings settings;
  private final ChildCommand command;
  private final CrashRecord crashes;
  private final AtomicLong ids = new AtomicLong();
  private final ModelInfo info;
  private @Nullable ChildProcess child;
  private boolean closed;

  private ChildModel(HostSettings settings, ChildCommand command) throws ModelException {
    this.settings = settings;
    this.command = command;
    this.crashes = new CrashRecord(settings.home());
    this.info = awaitReady(start());
  }

  /// Starts a child and waits until it has loaded the model.
  ///
  /// @throws ModelException if the model is refused or crashes the child
  public static ChildModel open(HostSettings settings, ChildCommand command) throws ModelException {
    return new ChildModel(settings, command);
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  /// The process id of the child that is running now, for those who watch its memory.
  public synchronized long pid() {
    return child == null ? -1 : child.pid();
  }

  @Override
  public Generation generate(GenerateRequest request, TokenSink sink, Cancellation cancellation)
      throws ModelException {
    ToParent.Last last =
        ask(
            id -> new ToChild.Generate(id, request),
            reply -> {
              if (reply instanceof ToParent.Text text) {
                sink.accept(text.text());
              }
            },
            cancellation);
    if (last instanceof ToParent.Generated generated) {
      return generated.generation();
    }
    throw refusal(last);
  }

  @Override
  public List<Generation> generateAll(
      List<GenerateRequest> requests, BatchSink sink, Cancellation cancellation)
      throws ModelException {
    ToParent.Last last =
        ask(
            id -> new ToChild.GenerateAll(id, requests),
            reply -> {
              if (reply instanceof ToParent.Item item) {
                sink.accept(item.index(), item.generation());
              }
            },
            cancellation);
    if (last instanceof ToParent.GeneratedAll all) {
      return all.generations();
    }
    throw refusal(last);
  }

  @Override
  public Score score(ScoreRequest request, Cancellation cancellation) throws ModelException {
    ToParent.Last last = ask(id -> new ToChild.ScoreText(id, request), reply -> {}, cancellation);
    if (last instanceof ToParent.Scored scored) {
      return scored.score();
    }
    throw refusal(last);
  }

  @Override
  public void close() {
    ChildProcess running;
    synchronized (this) {
      closed = true;
      running = child;
    }
    if (running != null) {
      running.kill();
    }
  }

  private ToParent.Last ask(
      LongFunction<ToChild> request, Consumer<ToParent.Reply> progress, Cancellation cancellation)
      throws ModelException {
    ChildProcess running = running();
    awaitReady(running);
    long id = ids.incrementAndGet();
    CompletableFuture<ToParent.Last> answer = running.ask(id, request.apply(id), progress);
    cancellation.onCancel(() -> {
      if (!answer.isDone()) {
        running.send(new ToChild.Cancel(id));
        var _ = answer.orTimeout(CANCEL_SECONDS, TimeUnit.SECONDS);
      }
    });
    try {
      return answer.get();
    } catch (InterruptedException e) {
      running.send(new ToChild.Cancel(id));
      Thread.currentThread().interrupt();
      throw new ModelException("Interrupted while the model was answering.", e);
    } catch (ExecutionException e) {
      throw failure(running, e);
    }
  }

  private synchronized ChildProcess running() throws ModelException {
    return child != null && child.isAlive() ? child : start();
  }

  private synchronized ChildProcess start() throws ModelException {
    if (closed) {
      throw new ModelException("The model " + settings.name() + " was closed; ask again.");
    }
    if (child != null) {
      child.ended().join();
    }
    crashes.check(settings);
    ChildProcess started =
        ChildProcess.start(settings.name(), command.line(settings), this::record);
    child = started;
    var _ = started.ready().orTimeout(LOAD_SECONDS, TimeUnit.SECONDS);
    var _ = started.ended().thenRun(() -> restartAfter(started));
    return started;
  }

  private void record(Ending ending) {
    if (ending.isCrash()) {
      crashes.add(settings.sha256());
    }
  }

  /// Ready before the next request comes, unless the child died before it was of any use.
  private void restartAfter(ChildProcess gone) {
    if (gone.hasAnswered()) {
      Thread.ofVirtual().start(this::restart);
    }
  }

  private void restart() {
    try {
      synchronized (this) {
        if (!closed) {
          running();
        }
      }
    } catch (ModelException e) {
      LOG.debug("the model is not started anew", e);
    }
  }

  private ModelInfo awaitReady(ChildProcess starting) throws ModelException {
    try {
      return starting.ready().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("Interrupted while the model was loading.", e);
    } catch (ExecutionException e) {
      throw failure(starting, e);
    }
  }

  private ModelException failure(ChildProcess of, ExecutionException e) {
    if (e.getCause() instanceof ModelException refusal) {
      return new ModelException(refusal.getMessage(), refusal);
    }
    of.kill();
    return new ModelException(
        "The process of the model " + settings.name() + " does not answer; ask again.", e);
  }

  private static ModelException refusal(ToParent.Last last) {
    if (last instanceof ToParent.Failed failed) {
      return new ModelException(failed.sentence());
    }
    throw new IllegalStateException("the child answered what was not asked: " + last);
  }
}
