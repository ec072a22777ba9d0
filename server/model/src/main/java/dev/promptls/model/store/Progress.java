package dev.promptls.model.store;

/// Is told how far a pull or an import is. Called often and from the working thread: it must not
/// block.
@FunctionalInterface
public interface Progress {
  Progress NONE = (phase, done, total) -> {};

  /// How far a phase is.
  ///
  /// @param done bytes so far
  /// @param total bytes in all; -1 if unknown
  void report(Phase phase, long done, long total);

  /// Something worth a line, such as a source that did not work while another is tried: one
  /// sentence.
  default void note(String sentence) {}

  /// What is being done.
  enum Phase {
    /// Another process writes the same thing.
    WAITING,
    CONNECTING,
    DOWNLOADING,
    /// Taken out of an archive.
    EXTRACTING,
    COPYING,
    VERIFYING
  }
}
