package dev.promptls.prompt.render;

/// What a prompt's settings may take from outside the file: `${env:NAME}` and `${file:path}` of
/// Prompty. Asked only when a prompt is rendered, never when it is read, and only for what it
/// names.
public interface References {
  /// Nothing is read, as while a prompt is only looked at.
  References NONE =
      new References() {
        @Override
        public Answer environment(String name) {
          return new Answer.Unread();
        }

        @Override
        public Answer file(String path) {
          return new Answer.Unread();
        }
      };

  /// The value of an environment variable, if the user allows it to be read.
  Answer environment(String name);

  /// The text of a file.
  ///
  /// @param path as written in the prompt, relative to its folder, out of which it must not lead
  Answer file(String path);

  /// What was found.
  sealed interface Answer {
    /// A value.
    record Found(String text) implements Answer {}

    /// Nobody looked.
    record Unread() implements Answer {}

    /// There is none.
    record Missing() implements Answer {}

    /// It may not be had.
    ///
    /// @param reason a clause that can stand before a full stop
    record Refused(String reason) implements Answer {}
  }
}
