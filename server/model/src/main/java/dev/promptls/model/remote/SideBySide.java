package dev.promptls.model.remote;

import dev.promptls.model.Cancellation;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Many requests at once, but not more than a server likes.
final class SideBySide {
  private static final int MOST = 8;

  private final LanguageModel model;
  private final LanguageModel.BatchSink sink;

  SideBySide(LanguageModel model, LanguageModel.BatchSink sink) {
    this.model = model;
    this.sink = sink;
  }

  /// The answers in the order of the requests. When one fails the others are stopped.
  List<Generation> run(List<GenerateRequest> requests, Cancellation cancellation)
      throws ModelException {
    Cancellation all = new Cancellation();
    cancellation.onCancel(all::cancel);
    try (ExecutorService threads =
        Executors.newFixedThreadPool(MOST, Thread.ofVirtual().factory())) {
      List<Future<Generation>> futures = new ArrayList<>();
      for (int i = 0; i < requests.size(); i++) {
        int index = i;
        futures.add(threads.submit(() -> one(index, requests.get(index), all)));
      }
      List<Generation> answers = new ArrayList<>();
      for (Future<Generation> future : futures) {
        answers.add(await(future, all));
      }
      return List.copyOf(answers);
    }
  }

  private Generation one(int index, GenerateRequest request, Cancellation all)
      throws ModelException {
    try {
      Generation generation = model.generate(request, TokenSink.NONE, all);
      synchronized (sink) {
        sink.accept(index, generation);
      }
      return generation;
    } catch (ModelException | RuntimeException e) {
      all.cancel();
      throw e;
    }
  }

  private static Generation await(Future<Generation> future, Cancellation all)
      throws ModelException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      all.cancel();
      Thread.currentThread().interrupt();
      throw new ModelException("The requests were interrupted: start them again.", e);
    } catch (ExecutionException e) {
      all.cancel();
      switch (e.getCause()) {
        case ModelException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
