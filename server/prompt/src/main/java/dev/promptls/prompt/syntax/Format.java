package dev.promptls.prompt.syntax;

/// The kinds of prompt files.
public enum Format {
  DOTPROMPT("dotprompt", "promptls"),
  PROMPTY("prompty", "prompty"),
  GITHUB("github", "promptls-github"),
  MARKDOWN("markdown", "promptls-markdown"),
  TEXT("text", "promptls-text"),
  OPENAI("openai", "jsonl"),
  ALPACA("alpaca", "jsonl"),
  SHAREGPT("sharegpt", "jsonl"),
  POML("poml", "poml");

  private final String label;
  private final String languageId;

  Format(String label, String languageId) {
    this.label = label;
    this.languageId = languageId;
  }

  /// The name used on the command line and in JSON.
  public String label() {
    return label;
  }

  /// The language id that editors send.
  public String languageId() {
    return languageId;
  }
}
