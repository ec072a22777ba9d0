package dev.promptls.lsp.feature;

import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/// Errors with a sentence for the person at the editor.
final class Refusals {
  private Refusals() {}

  static ResponseErrorException invalid(String sentence) {
    return of(ResponseErrorCode.InvalidParams, sentence);
  }

  static ResponseErrorException failed(String sentence) {
    return of(ResponseErrorCode.RequestFailed, sentence);
  }

  /// The text has changed while the answer was worked out.
  static ResponseErrorException outdated() {
    return of(ResponseErrorCode.ContentModified, "The text has changed since.");
  }

  private static ResponseErrorException of(ResponseErrorCode code, String sentence) {
    return new ResponseErrorException(new ResponseError(code, sentence, null));
  }
}
