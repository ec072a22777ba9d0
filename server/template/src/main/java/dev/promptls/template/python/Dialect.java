package dev.promptls.template.python;

/// Which Jinja a template is written for.
public enum Dialect {
  /// Python's Jinja2 in its plain environment.
  PYTHON,
  /// Jinja2 as the `transformers` library sets it up for the chat templates of models: values
  /// cannot be changed, `tojson` is plain `json.dumps`, and there are `break`, `continue` and
  /// `generation`.
  CHAT,
  /// The Prompty Jinja Subset, which also leaves line breaks alone: booleans print in lower case,
  /// null prints nothing, an integral float prints without fraction, a list prints its items
  /// joined, and what is missing may be looked into.
  PROMPTY
}
