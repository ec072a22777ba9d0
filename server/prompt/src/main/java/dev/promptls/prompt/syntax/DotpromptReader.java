package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads dotprompt: YAML front matter and a Handlebars body.
final class DotpromptReader implements FormatReader {
  @Override
  public Format format() {
    return Format.DOTPROMPT;
  }

  @Override
  public boolean claimsContent(String name, String text) {
    boolean open = name.endsWith(".prompt") || name.endsWith(".txt") || name.indexOf('.') < 0;
    return open && (text.contains("{{role ") || text.contains("{{history}}"));
  }

  @Override
  public boolean claimsName(String name) {
    return name.endsWith(".prompt");
  }

  @Override
  public PromptFile read(String name, LineIndex lines) {
    String text = lines.text();
    FrontMatterReader.Result parts = FrontMatterReader.read(text);
    List<Tag> tags = TagScanner.scan(text, parts.body());
    return new PromptFile(
        name,
        format(),
        lines,
        parts.frontMatter(),
        parts.body(),
        parts.template(),
        messages(text, parts.body(), tags),
        tags,
        VariableFinder.find(tags),
        InputReader.read(parts.frontMatter()),
        parts.problems());
  }

  /// The body, cut at its role and history tags. Stretches of nothing but white space are none.
  private static List<MessageNode> messages(String text, Span body, List<Tag> tags) {
    List<MessageNode> messages = new ArrayList<>();
    Marker marker = new Marker("user", null, Span.at(body.start()));
    for (Tag tag : tags) {
      Marker next = Marker.of(tag);
      if (next != null) {
        add(messages, text, marker, tag.span().start());
        marker = next;
      }
    }
    add(messages, text, marker, body.end());
    return messages;
  }

  private static void add(List<MessageNode> messages, String text, Marker marker, int end) {
    Span content = new Span(marker.span().end(), end);
    if (marker.roleSpan() != null || !content.strip(text).isEmpty()) {
      Span whole = new Span(marker.span().start(), end);
      messages.add(new MessageNode(marker.role(), marker.roleSpan(), whole, content));
    }
  }

  /// What begins a message.
  private record Marker(String role, @Nullable Span roleSpan, Span span) {
    static @Nullable Marker of(Tag tag) {
      boolean call = tag.kind() == Tag.Kind.EXPRESSION || tag.kind() == Tag.Kind.OPEN;
      if (call && tag.name().equals("role") && !tag.arguments().isEmpty()) {
        Tag.Argument role = tag.arguments().getFirst();
        return new Marker(role.text(), role.span(), tag.span());
      }
      if (tag.kind() == Tag.Kind.EXPRESSION && tag.name().equals("history")) {
        return new Marker("model", null, tag.span());
      }
      return null;
    }
  }
}
