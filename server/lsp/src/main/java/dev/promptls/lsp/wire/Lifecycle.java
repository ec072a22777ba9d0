package dev.promptls.lsp.wire;

import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;

/// What may be asked when: `initialize` first and once, nothing after `shutdown` but `exit`.
final class Lifecycle {
  private enum State {
    NEW,
    RUNNING,
    SHUT_DOWN
  }

  private State state = State.NEW;

  /// Why a request must not be answered now; null if it may be. A request that may be moves the
  /// life on.
  @Nullable Refusal admit(String method) {
    return switch (state) {
      case NEW -> {
        if (!method.equals("initialize")) {
          yield new Refusal(
              ResponseErrorCode.ServerNotInitialized,
              "The first request must be initialize; send it before " + method + ".");
        }
        state = State.RUNNING;
        yield null;
      }
      case RUNNING -> {
        if (method.equals("initialize")) {
          yield new Refusal(
              ResponseErrorCode.InvalidRequest, "initialize was sent before; it is sent once.");
        }
        if (method.equals("shutdown")) {
          state = State.SHUT_DOWN;
        }
        yield null;
      }
      case SHUT_DOWN ->
          new Refusal(
              ResponseErrorCode.InvalidRequest,
              "After shutdown only exit is expected, not " + method + ".");
    };
  }

  /// Whether notifications are heard.
  boolean running() {
    return state == State.RUNNING;
  }

  /// What the process ends with: 0 after `shutdown`, else 1.
  int exitCode() {
    return state == State.SHUT_DOWN ? 0 : 1;
  }

  record Refusal(ResponseErrorCode code, String sentence) {}
}
