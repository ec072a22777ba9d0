package dev.promptls.model.decode;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.promptls.model.ModelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// The model thread. Of the jobs at hand it always takes a step of the one in the best lane, the
/// oldest first; a job in a better lane ends the running step, which is taken again later.
final class Scheduler implements AutoCloseable {
  /// A cancelled job goes first: it only has to say so, and its caller should not wait for anybody.
  private static final Comparator<Job<?>> FIRST =
      Comparator.<Job<?>, Boolean>comparing(job -> !job.cancellation().isCancelled())
          .thenComparing(Job::lane);

  private final List<Job<?>> jobs = new ArrayList<>();
  private final Thread thread;
  private @Nullable Step running;
  private boolean closed;

  Scheduler(String model) {
    thread = Thread.ofPlatform().daemon().name("model " + model).start(this::work);
  }

  /// A run of the graph that can be ended from outside.
  private static final class Step implements AutoCloseable {
    private final Job<?> job;
    private final RunOptions options;
    private boolean terminated;

    Step(Job<?> job) throws OrtException {
      this.job = job;
      options = new RunOptions();
    }

    void terminate() {
      try {
        terminated = true;
        options.setTerminate(true);
      } catch (OrtException e) {
        throw new IllegalStateException("A step cannot be ended.", e);
      }
    }

    @Override
    public void close() {
      options.close();
    }
  }

  /// Runs a job and waits for its result.
  <T> T run(Job<T> job) throws ModelException {
    submit(job);
    job.cancellation().onCancel(() -> cancelled(job));
    try {
      return job.result().get();
    } catch (InterruptedException e) {
      job.cancellation().cancel();
      Thread.currentThread().interrupt();
      throw new ModelException("The request was interrupted; ask again.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModelException refusal) {
        throw new ModelException(refusal.getMessage(), refusal);
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private synchronized void submit(Job<?> job) throws ModelException {
    if (closed) {
      job.release();
      throw closedModel();
    }
    jobs.add(job);
    if (running != null && job.lane().compareTo(running.job.lane()) < 0) {
      running.terminate();
    }
    notifyAll();
  }

  private synchronized void cancelled(Job<?> job) {
    if (running != null && running.job.equals(job)) {
      running.terminate();
    }
    notifyAll();
  }

  private void work() {
    while (true) {
      Step step;
      try {
        step = next();
      } catch (InterruptedException e) {
        failAll();
        return;
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime gives no run options.", e);
      }
      boolean done = take(step);
      synchronized (this) {
        running = null;
        step.close();
        if (done) {
          jobs.remove(step.job);
        }
      }
    }
  }

  private synchronized Step next() throws InterruptedException, OrtException {
    while (jobs.isEmpty() && !closed) {
      wait();
    }
    if (closed) {
      throw new InterruptedException();
    }
    running = new Step(Collections.min(jobs, FIRST));
    return running;
  }

  /// Whether the job is over, one way or the other.
  private boolean take(Step step) {
    try {
      return step.job.advance(step.options);
    } catch (OrtException e) {
      synchronized (this) {
        if (step.terminated) {
          return false;
        }
      }
      step.job.fail(
          new ModelException(
              "The model failed (%s); ask again, and pull it again if that repeats."
                  .formatted(e.getMessage()),
              e));
    } catch (ModelException e) {
      step.job.fail(e);
    } catch (RuntimeException | Error e) {
      step.job.fail(
          new ModelException("The request failed in the engine (" + e + "); ask again.", e));
    }
    return true;
  }

  private synchronized void failAll() {
    jobs.forEach(job -> job.fail(closedModel()));
    jobs.clear();
  }

  static ModelException closedModel() {
    return new ModelException("The model was closed; load it again.");
  }

  /// Ends the running step and fails all jobs.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (running != null) {
        running.terminate();
      }
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
