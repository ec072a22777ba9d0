package dev.promptls.model.host;

import dev.promptls.model.Generation;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.Score;
import java.util.List;

/// What the child tells the parent.
sealed interface ToParent {
  /// The model is loaded; sent once, before anything else.
  record Ready(ModelInfo info) implements ToParent {}

  /// The model cannot be loaded; the child ends.
  record Refused(String sentence) implements ToParent {}

  /// About one request.
  sealed interface Reply extends ToParent {
    long id();
  }

  /// More of an answer.
  record Text(long id, String text) implements Reply {}

  /// One answer of a batch is complete.
  record Item(long id, int index, Generation generation) implements Reply {}

  /// The last message of a request.
  sealed interface Last extends Reply {}

  record Generated(long id, Generation generation) implements Last {}

  record GeneratedAll(long id, List<Generation> generations) implements Last {}

  record Scored(long id, Score score) implements Last {}

  record Failed(long id, String sentence) implements Last {}
}
