package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads Prompty: YAML front matter and a body whose messages begin with a line `role:`.
final class PromptyReader implements FormatReader {
  private static final Pattern ROLE =
      Pattern.compile(
          "(?im)^[ \\t]*#?[ \\t]*(system|user|assistant|developer)(?:\\[[^\\]\\n]*])?[ \\t]*:[ \\t]*$");

  @Override
  public Format format() {
    return Format.PROMPTY;
  }

  @Override
  public boolean claimsContent(String name, String text) {
    return name.endsWith(".prompt")
        && text.startsWith("---")
        && !text.contains("{{role ")
        && ROLE.matcher(text).find();
  }

  @Override
  public boolean claimsName(String name) {
    return name.endsWith(".prompty");
  }

  @Override
  public PromptFile read(String name, LineIndex lines) {
    FrontMatterReader.Result parts = FrontMatterReader.read(lines.text());
    List<MessageNode> messages = messages(lines.text(), parts.body());
    return WholeText.read(format(), name, lines, parts, messages);
  }

  private static List<MessageNode> messages(String text, Span body) {
    List<MessageNode> messages = new ArrayList<>();
    Matcher marker = ROLE.matcher(text).region(body.start(), body.end());
    String role = "system";
    Span roleSpan = null;
    int start = body.start();
    int content = body.start();
    boolean more = true;
    while (more) {
      more = marker.find();
      int end = more ? marker.start() : body.end();
      Span said = new Span(content, end);
      if (roleSpan != null || !said.strip(text).isEmpty()) {
        messages.add(new MessageNode(role, roleSpan, new Span(start, end), said));
      }
      if (more) {
        role = marker.group(1).toLowerCase(Locale.ROOT);
        roleSpan = new Span(marker.start(1), marker.end(1));
        start = marker.start();
        content = marker.end();
      }
    }
    return messages;
  }
}
