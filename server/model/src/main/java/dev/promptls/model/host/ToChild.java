package dev.promptls.model.host;

import dev.promptls.model.GenerateRequest;
import dev.promptls.model.ScoreRequest;
import java.util.List;

/// What the parent asks of the child. A request's `id` is chosen by the parent and comes back in
/// every message that belongs to it.
sealed interface ToChild {
  record Generate(long id, GenerateRequest request) implements ToChild {}

  record GenerateAll(long id, List<GenerateRequest> requests) implements ToChild {}

  record ScoreText(long id, ScoreRequest request) implements ToChild {}

  record Cancel(long id) implements ToChild {}
}
