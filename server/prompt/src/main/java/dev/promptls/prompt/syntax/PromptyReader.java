package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads Prompty, both versions: YAML front matter and a Jinja or Mustache body whose messages
/// begin with a [RoleLine].
public final class PromptyReader implements FormatReader {
  @Override
  public Format format() {
    return Format.PROMPTY;
  }

  @Override
  public boolean claimsContent(String name, String text) {
    return name.endsWith(".prompt")
        && text.startsWith("---")
        && !text.contains("{{role ")
        && hasRoleLine(text);
  }

  @Override
  public boolean claimsName(String name) {
    return name.endsWith(".prompty");
  }

  @Override
  public PromptFile read(String name, LineIndex lines) {
    String text = lines.text();
    FrontMatterReader.Result parts = PromptyParts.read(text);
    FrontMatter settings = parts.frontMatter();
    JinjaTags.Result found =
        isMustache(settings) ? mustache(text, parts.body()) : JinjaTags.scan(text, parts.body());
    return new PromptFile(
        name,
        format(),
        lines,
        settings,
        parts.body(),
        parts.template(),
        messages(text, parts.body(), found.tags()),
        found.tags(),
        found.variables(),
        PromptyInputs.read(settings),
        links(text, settings),
        parts.problems());
  }

  private static JinjaTags.Result mustache(String text, Span body) {
    List<Tag> tags = TagScanner.scan(text, body);
    return new JinjaTags.Result(tags, VariableFinder.find(tags, text));
  }

  /// Whether the template is written in Mustache rather than in Jinja.
  public static boolean isMustache(@Nullable FrontMatter settings) {
    return "mustache".equals(engine(settings));
  }

  /// The template engine that the settings name, null if they name none.
  private static @Nullable String engine(@Nullable FrontMatter settings) {
    YamlNode template = settings == null ? null : settings.at("template");
    if (template instanceof YamlNode.Scalar) {
      return template.string();
    }
    YamlNode format = settings == null ? null : settings.at("template", "format");
    YamlNode kind = format == null ? null : format.get("kind");
    YamlNode named = kind == null ? format : kind;
    YamlNode old = settings == null ? null : settings.at("template", "type");
    return named != null ? named.string() : old == null ? null : old.string();
  }

  /// Whether a role line stands behind the front matter, in which `user:` is a key like any other.
  private static boolean hasRoleLine(String text) {
    int fence = text.indexOf("\n---", 3);
    int at = fence < 0 ? 0 : fence + 1;
    while (at < text.length()) {
      if (RoleLine.of(text, new Span(at, PromptyParts.lineEnd(text, at, false))) != null) {
        return true;
      }
      at = PromptyParts.lineEnd(text, at, true);
    }
    return false;
  }

  /// The body cut at its role lines. A role that is directly followed by another, or by the end,
  /// begins no message; neither does white space before the first.
  private static List<MessageNode> messages(String text, Span body, List<Tag> tags) {
    List<MessageNode> messages = new ArrayList<>();
    RoleLine role = null;
    int start = body.start();
    int content = body.start();
    int tag = 0;
    for (int at = body.start(); at < body.end(); ) {
      int lineEnd = Math.min(body.end(), PromptyParts.lineEnd(text, at, false));
      int next = Math.min(body.end(), PromptyParts.lineEnd(text, at, true));
      while (tag < tags.size() && tags.get(tag).span().end() <= at) {
        tag++;
      }
      // A line inside a tag, such as a comment of several lines, is never seen by the reference.
      boolean inTag = tag < tags.size() && tags.get(tag).span().start() < at;
      RoleLine marker = inTag ? null : RoleLine.of(text, new Span(at, lineEnd));
      if (marker != null) {
        add(messages, text, role, new Span(start, at), content);
        role = marker;
        start = at;
        content = lineEnd;
      }
      at = next;
    }
    add(messages, text, role, new Span(start, body.end()), content);
    return messages;
  }

  private static void add(
      List<MessageNode> messages, String text, @Nullable RoleLine role, Span span, int content) {
    if (role == null && !Blanks.isBlank(text, span.start(), span.end())) {
      messages.add(new MessageNode("system", null, span, span));
    }
    if (role != null && PromptyParts.lineEnd(text, content, true) < span.end()) {
      messages.add(
          new MessageNode(
              role.role(),
              role.roleSpan(),
              span,
              new Span(content, span.end()),
              null,
              0,
              role.attributesSpan()));
    }
  }

  /// The files that the settings refer to.
  private static List<Link> links(String text, @Nullable FrontMatter settings) {
    List<Link> links = new ArrayList<>();
    if (settings != null && settings.root() != null) {
      links(text, settings.root(), links);
    }
    return links;
  }

  private static void links(String text, YamlNode node, List<Link> links) {
    switch (node) {
      case YamlNode.Mapping mapping ->
          mapping.entries().forEach(entry -> links(text, entry.value(), links));
      case YamlNode.Sequence sequence -> sequence.items().forEach(item -> links(text, item, links));
      case YamlNode.Scalar scalar -> {
        String path = PromptyReference.file(scalar.string());
        int at = path == null ? -1 : text.indexOf(path, scalar.span().start());
        if (path != null && at >= 0 && at + path.length() <= scalar.span().end()) {
          links.add(new Link(Link.Kind.FILE, path, new Span(at, at + path.length())));
        }
      }
    }
  }
}
