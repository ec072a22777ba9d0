package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    List<VariableUse> variables = VariableFinder.find(tags, text);
    List<MessageNode> messages =
        ShiftedList.of(cut(text, Marker.implied(parts.body()), tags, parts.body().end()));
    return file(
        name, lines, parts, messages, tags, variables, InputReader.read(parts.frontMatter()));
  }

  @Override
  public PromptFile reread(PromptFile before, TextEdit edit, LineIndex after) {
    String text = after.text();
    FrontMatterReader.Result parts = FrontMatterReader.reread(before, edit, text);
    if (parts != null
        && edit.span().end() < before.body().start()
        && parts.body().equals(before.body().shift(edit.growth()))) {
      return moved(before, edit.growth(), after, parts);
    }
    if (parts == null || parts.body().start() != before.body().start()) {
      return read(before.name(), after);
    }
    TagEdit tags = TagEdit.follow(before.tags(), before.body(), edit, text, parts.body());
    if (tags == null) {
      return read(before.name(), after);
    }
    return file(
        before.name(),
        after,
        parts,
        follow(before, tags, text, parts.body()),
        tags.after(),
        VariableFinder.follow(before.variables(), tags, text),
        before.inputs());
  }

  /// The tree after an edit before the body, which has only moved.
  private PromptFile moved(
      PromptFile before, int growth, LineIndex after, FrontMatterReader.Result parts) {
    ShiftedList<Tag> tags = ShiftedList.of(before.tags()).splice(0, 0, List.of(), growth);
    boolean follow = before.tags() instanceof ShiftedList;
    return file(
        before.name(),
        after,
        parts,
        ShiftedList.of(before.messages()).splice(0, 0, List.of(), growth),
        follow ? tags : List.copyOf(tags),
        ShiftedList.of(before.variables()).splice(0, 0, List.of(), growth),
        InputReader.read(parts.frontMatter()));
  }

  private PromptFile file(
      String name,
      LineIndex lines,
      FrontMatterReader.Result parts,
      List<MessageNode> messages,
      List<Tag> tags,
      List<VariableUse> variables,
      List<InputDeclaration> inputs) {
    return new PromptFile(
        name,
        format(),
        lines,
        parts.frontMatter(),
        parts.body(),
        parts.template(),
        messages,
        tags,
        variables,
        inputs,
        DotpromptLinks.in(parts.frontMatter()),
        parts.problems());
  }

  /// The messages after an edit of the tags: those between the last marker before it and the first
  /// one behind are cut anew.
  private static List<MessageNode> follow(PromptFile before, TagEdit edit, String text, Span body) {
    ShiftedList<MessageNode> known = ShiftedList.of(before.messages());
    ShiftedList<Tag> tags = edit.before();
    Marker first = Marker.implied(body);
    for (int i = edit.from() - 1; i >= 0; i--) {
      if (Marker.isMarker(tags.raw(i))) {
        first = Objects.requireNonNull(Marker.of(tags.get(i)));
        break;
      }
    }
    int next = edit.to();
    while (next < tags.size() && !Marker.isMarker(tags.raw(next))) {
      next++;
    }
    int stop = next < tags.size() ? tags.get(next).span().start() : Integer.MAX_VALUE;
    int end = next < tags.size() ? stop + edit.growth() : body.end();
    int from = known.firstFrom(first.span().start(), message -> message.span().start());
    int to = known.firstFrom(stop, message -> message.span().start());
    return known.splice(from, to, cut(text, first, edit.read(), end), edit.growth());
  }

  /// A stretch of the body, cut at its role and history tags. Stretches of nothing but white space
  /// are no messages.
  private static List<MessageNode> cut(String text, Marker first, List<Tag> tags, int end) {
    List<MessageNode> messages = new ArrayList<>();
    Marker marker = first;
    for (Tag tag : tags) {
      Marker next = Marker.of(tag);
      if (next != null) {
        add(messages, text, marker, tag.span().start());
        marker = next;
      }
    }
    add(messages, text, marker, end);
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
    /// What stands before the first tag is the user's.
    static Marker implied(Span body) {
      return new Marker("user", null, Span.at(body.start()));
    }

    static boolean isMarker(Tag tag) {
      boolean call = tag.kind() == Tag.Kind.EXPRESSION || tag.kind() == Tag.Kind.OPEN;
      boolean role = call && tag.name().equals("role") && !tag.arguments().isEmpty();
      return role || (tag.kind() == Tag.Kind.EXPRESSION && tag.name().equals("history"));
    }

    static @Nullable Marker of(Tag tag) {
      if (!isMarker(tag)) {
        return null;
      }
      if (tag.name().equals("history")) {
        return new Marker("model", null, tag.span());
      }
      Tag.Argument role = tag.arguments().getFirst();
      return new Marker(role.text(), role.span(), tag.span());
    }
  }
}
