package dev.promptls.lsp.feature;

import org.jspecify.annotations.Nullable;

/// The answer to one method of the protocol.
///
/// @param <P> its parameters, a type of lsp4j
@FunctionalInterface
public interface Feature<P> {
  /// @return an object of lsp4j, a list of such, a JSON tree, or null
  /// @throws Exception with the sentence for the client, if it is a
  ///   [org.eclipse.lsp4j.jsonrpc.ResponseErrorException]
  @Nullable Object answer(P params, Moment moment) throws Exception;
}
