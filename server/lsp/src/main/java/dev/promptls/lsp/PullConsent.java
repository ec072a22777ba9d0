package dev.promptls.lsp;

/// The question before a model is downloaded.
@FunctionalInterface
public interface PullConsent {
  /// Asks the person at the editor, once for each model, and waits for the answer. Without a client
  /// that could ask, and when nobody answers, the answer is no.
  ///
  /// @param model as it is called
  /// @param bytes of the download
  boolean mayPull(String model, long bytes);
}
