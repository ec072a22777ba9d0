package dev.promptls.prompt.highlight;

import dev.promptls.prompt.text.Span;

/// A stretch of a file that means something.
public record Highlight(Span span, Kind kind) {
  /// What it is.
  public enum Kind {
    /// A key of the front matter, or of a file that is all YAML.
    KEY,
    STRING,
    NUMBER,
    /// `true`, `false`, `null`.
    CONSTANT,
    /// Who speaks: `system`, `user`.
    ROLE,
    /// A template's function or block.
    HELPER,
    PARTIAL,
    /// A variable of the template that the file declares as an input.
    INPUT,
    /// Any other variable.
    VARIABLE,
    COMMENT,
    /// What a part of an example begins with: `Review:`.
    LABEL,
    /// The answer of an example.
    ANSWER,
    /// What an example says before it answers.
    REASONING,
    /// A special token of a model, typed in the text: `<|im_end|>`.
    SPECIAL
  }
}
