package dev.promptls.template;

/// A template that cannot be parsed or rendered. The message is one sentence.
public class TemplateException extends Exception {
  private final String template;
  private final int start;
  private final int end;

  /// @param template the name of the partial at fault, empty for the template itself
  /// @param start of the construct at fault, in UTF-16 units of its template
  /// @param end exclusive
  public TemplateException(String sentence, String template, int start, int end) {
    super(sentence);
    this.template = template;
    this.start = start;
    this.end = end;
  }

  public String template() {
    return template;
  }

  public int start() {
    return start;
  }

  public int end() {
    return end;
  }
}
