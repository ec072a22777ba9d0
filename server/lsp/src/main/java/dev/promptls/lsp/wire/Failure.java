package dev.promptls.lsp.wire;

import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is said of something that went wrong: to the client one sentence without stack or text of a
/// document, to the log the kind and the places, never the message, which may quote a document.
final class Failure {
  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);
  private static final int FRAMES = 12;

  private Failure() {}

  static ResponseError error(String method, Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof ResponseErrorException refused) {
      return refused.getResponseError();
    }
    LOG.warn("{} failed: {}", method, describe(cause));
    return Connection.error(
        ResponseErrorCode.InternalError,
        "%s failed inside the server (%s); its log on stderr says where."
            .formatted(method, cause.getClass().getSimpleName()));
  }

  static String describe(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .limit(FRAMES)
        .map(frame -> "\n  at " + frame)
        .collect(Collectors.joining("", thrown.getClass().getName(), ""));
  }
}
