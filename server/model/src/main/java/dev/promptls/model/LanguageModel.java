package dev.promptls.model;

import java.util.List;

/// A model that continues and scores text: in this process, in the child process, or behind an
/// endpoint. Safe for use by several threads; requests wait for each other by [Lane].
public interface LanguageModel extends AutoCloseable {
  ModelInfo info();

  /// Continues a text. A cancelled request gives what there is, with [Finish#CANCELLED].
  ///
  /// @throws ModelException if the model cannot answer; the next request may work
  Generation generate(GenerateRequest request, TokenSink sink, Cancellation cancellation)
      throws ModelException;

  /// Continues many texts that do not depend on each other, faster than one by one. The answers
  /// come in the order of the requests.
  List<Generation> generateAll(
      List<GenerateRequest> requests, BatchSink sink, Cancellation cancellation)
      throws ModelException;

  /// How likely each token of a text is.
  Score score(ScoreRequest request, Cancellation cancellation) throws ModelException;

  @Override
  void close();

  /// Takes the answers of a batch as each is complete.
  @FunctionalInterface
  interface BatchSink {
    BatchSink NONE = (index, generation) -> {};

    void accept(int index, Generation generation);
  }
}
