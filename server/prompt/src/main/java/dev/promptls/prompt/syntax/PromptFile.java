package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A prompt file as read: an immutable tree with ranges. A file with mistakes has a tree too; the
/// mistakes are [#problems].
///
/// @param name file name or path, used for messages and to tell formats apart
/// @param frontMatter null if there is none
/// @param body what becomes messages
/// @param template what the template language gets: the body, or the whole file where the reference
///   does not see front matter that the author meant
/// @param messages in source order
/// @param tags the template tags of the body in source order; empty for formats without templates
/// @param links what the file names outside itself, in source order
/// @param problems of reading only; `check` finds more
public record PromptFile(
    String name,
    Format format,
    LineIndex lines,
    @Nullable FrontMatter frontMatter,
    Span body,
    Span template,
    List<MessageNode> messages,
    List<Tag> tags,
    List<VariableUse> variables,
    List<InputDeclaration> inputs,
    List<Link> links,
    List<Problem> problems) {
  /// Where the model's name stands: as such, or, in Prompty, among what else is said of it.
  private static final List<String[]> MODEL_NAMES =
      List.of(
          new String[] {"model"},
          new String[] {"model", "id"},
          new String[] {"model", "configuration", "azure_deployment"},
          new String[] {"model", "configuration", "name"},
          new String[] {"model", "configuration", "model"});

  /// Where the most tokens of an answer stand.
  private static final List<String[]> OUTPUT_TOKENS =
      List.of(
          new String[] {"config", "maxOutputTokens"},
          new String[] {"modelParameters", "maxCompletionTokens"},
          new String[] {"modelParameters", "maxTokens"},
          new String[] {"modelParameters", "max_tokens"},
          new String[] {"model", "options", "maxOutputTokens"},
          new String[] {"model", "parameters", "max_completion_tokens"},
          new String[] {"model", "parameters", "max_tokens"});

  public PromptFile {
    messages = ShiftedList.frozen(messages);
    tags = ShiftedList.frozen(tags);
    variables = ShiftedList.frozen(variables);
    inputs = List.copyOf(inputs);
    links = List.copyOf(links);
    problems = List.copyOf(problems);
  }

  /// A file that names nothing outside itself.
  public PromptFile(
      String name,
      Format format,
      LineIndex lines,
      @Nullable FrontMatter frontMatter,
      Span body,
      Span template,
      List<MessageNode> messages,
      List<Tag> tags,
      List<VariableUse> variables,
      List<InputDeclaration> inputs,
      List<Problem> problems) {
    this(
        name,
        format,
        lines,
        frontMatter,
        body,
        template,
        messages,
        tags,
        variables,
        inputs,
        List.of(),
        problems);
  }

  public String text() {
    return lines.text();
  }

  public String bodyText() {
    return body.of(text());
  }

  /// The front matter's values; empty if there is none.
  public Map<String, @Nullable Object> metadata() {
    return frontMatter == null ? Map.of() : frontMatter.values();
  }

  /// The model that the file asks for.
  public @Nullable String model() {
    for (String[] path : MODEL_NAMES) {
      YamlNode node = at(path);
      String name = node == null ? null : node.string();
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  /// The most tokens that an answer may have, as the file asks for it; 0 if it does not.
  public int maxOutputTokens() {
    for (String[] path : OUTPUT_TOKENS) {
      YamlNode node = at(path);
      if (node != null && node.value() instanceof Number number) {
        return Math.clamp(number.longValue(), 0, Integer.MAX_VALUE);
      }
    }
    return 0;
  }

  /// Whether a key's value names a model.
  ///
  /// @param path the keys from the top, joined by dots
  public static boolean isModelName(String path) {
    return MODEL_NAMES.stream().anyMatch(keys -> String.join(".", keys).equals(path));
  }

  /// The node of the front matter below some keys.
  public @Nullable YamlNode at(String... path) {
    return frontMatter == null ? null : frontMatter.at(path);
  }

  /// The input declared under a name.
  public @Nullable InputDeclaration input(String name) {
    for (InputDeclaration input : inputs) {
      if (input.name().equals(name)) {
        return input;
      }
    }
    return null;
  }

  /// The message at an offset of the body.
  public @Nullable MessageNode messageAt(int offset) {
    int first = InOrder.firstEndingFrom(messages, offset, MessageNode::span);
    return first < messages.size() && messages.get(first).span().touches(offset)
        ? messages.get(first)
        : null;
  }
}
