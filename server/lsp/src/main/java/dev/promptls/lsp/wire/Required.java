package dev.promptls.lsp.wire;

import com.google.gson.JsonParseException;
import org.eclipse.lsp4j.jsonrpc.MessageIssueException;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.validation.ReflectiveMessageValidator;

/// Tells whether a request lacked what the protocol requires of it. Looked at only after its answer
/// has failed: to look is slow, and most clients are right.
final class Required {
  private static final ReflectiveMessageValidator VALIDATOR =
      new ReflectiveMessageValidator(_ -> {});

  private Required() {}

  /// The answer, whose failure is the client's where its parameters were at fault.
  static Routes.Answer of(Routes.Answer answer, String method, Object params) {
    return cancellation -> {
      try {
        return answer.give(cancellation);
      } catch (JsonParseException misfit) {
        throw refusal(method, misfit);
      } catch (NullPointerException | ClassCastException failed) {
        throw isMissingIn(method, params) ? refusal(method, failed) : failed;
      }
    };
  }

  private static ResponseErrorException refusal(String method, RuntimeException cause) {
    var refusal = new ResponseErrorException(misfit(method));
    refusal.initCause(cause);
    return refusal;
  }

  static ResponseError misfit(String method) {
    return Connection.error(
        ResponseErrorCode.InvalidParams, "The parameters do not fit " + method + ".");
  }

  private static boolean isMissingIn(String method, Object params) {
    var request = new RequestMessage();
    request.setId(0);
    request.setMethod(method);
    request.setParams(params);
    try {
      VALIDATOR.consume(request);
      return false;
    } catch (MessageIssueException issues) {
      return true;
    }
  }
}
