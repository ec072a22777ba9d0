package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A prompt that wants JSON but shows neither a schema nor an example of it, so that every answer
/// has other keys.
final class FormatNotShown implements FileRule {
  // Words begin with a look behind and not with \b, which goes back over all marks on a letter.
  private static final Pattern DEMAND =
      Pattern.compile(
          "(?i)(?<!\\w)(?:as|in|return|output|respond with|reply with|answer with|give|produce|generate)\\s+(?:only\\s+|just\\s+)?(?:an?\\s+|the\\s+|valid\\s+|a valid\\s+)?(JSON)\\b(?! schema)");

  @Override
  public String code() {
    return "format-not-shown";
  }

  @Override
  public Severity severity() {
    return Severity.INFORMATION;
  }

  @Override
  public String summary() {
    return "A format that is demanded of the answer, but shown nowhere.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    PromptFile file = subject.file();
    boolean declared =
        file.at("output", "schema") != null
            || file.at("jsonSchema") != null
            || file.at("outputs") != null
            || file.at("tools") != null;
    if (declared || subject.examples().stream().limit(3).anyMatch(FormatNotShown::isJson)) {
      return List.of();
    }
    YamlNode format = file.at("output", "format");
    Span demand = format != null && "json".equals(format.string()) ? format.span() : null;
    for (Span span : Instructions.of(subject)) {
      String text = subject.text();
      if (shows(text, span)) {
        return List.of();
      }
      Matcher matcher = DEMAND.matcher(text).region(span.start(), span.end());
      if (demand == null && matcher.find()) {
        demand = new Span(matcher.start(1), matcher.end(1));
      }
    }
    if (demand == null || !Partials.tags(subject).isEmpty()) {
      return List.of();
    }
    String message =
        "JSON is asked for, but its keys are shown nowhere; give a schema or an example of the answer.";
    return List.of(finding(demand, message));
  }

  private static boolean isJson(Example example) {
    String output = example.output();
    return output.contains("{") || output.contains("[");
  }

  /// Whether a text shows JSON, names keys in quotes or code marks, or lists them.
  private static boolean shows(String text, Span span) {
    boolean inTag = false;
    for (int i = span.start(); i < span.end(); i++) {
      char c = text.charAt(i);
      boolean pair = i + 1 < span.end() && text.charAt(i + 1) == c;
      if (c == '{' && (pair || (i + 1 < span.end() && text.charAt(i + 1) == '%'))) {
        inTag = true;
        i++;
      } else if (c == '}' && pair) {
        inTag = false;
        i++;
      } else if (!inTag && (c == '{' || c == '`' || c == '[' || c == '"')) {
        return true;
      } else if (!inTag && c == '\n' && startsList(text, i + 1, span.end())) {
        return true;
      }
    }
    Matcher keys = KEYS.matcher(text).region(span.start(), span.end());
    return keys.find();
  }

  private static final Pattern KEYS =
      Pattern.compile(
          "(?i)(?<!\\w)(?:keys?|fields?|properties|attributes|schema|with (?:the )?\\w+,)\\b");

  private static boolean startsList(String text, int from, int end) {
    int at = from;
    while (at < end && text.charAt(at) == ' ') {
      at++;
    }
    return at + 1 < end && (text.charAt(at) == '-' || text.charAt(at) == '*');
  }
}
