package dev.promptls.prompt.render;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.JsonRecords;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Renders training data and transcripts: one of the file's conversations, the first unless the
/// input `row` says which, counted from 0. Roles are those of chat models: `system`, `user`,
/// `assistant`, `tool`.
final class RecordRenderer implements FormatRenderer {
  /// The input that chooses the record.
  private static final String ROW = "row";

  /// What a record says in its messages.
  private static final Set<String> SAID =
      Set.of("messages", "conversations", "instruction", "input", "output", "history");

  /// What a message says in its role and parts.
  private static final Set<String> TOLD = Set.of("role", "content", "from", "value");

  @Override
  public boolean renders(Format format) {
    return format == Format.OPENAI || format == Format.ALPACA || format == Format.SHAREGPT;
  }

  /// The fields of the record beside its messages: `tools` and the like.
  @Override
  public Map<String, @Nullable Object> metadata(
      PromptFile file, RenderOptions options, Consumer<Problem> problems) {
    JsonRecords.Row record = JsonRecords.at(file.text(), row(options), SAID::contains);
    if (record == null) {
      String message = "There is no record " + row(options) + " in this file.";
      Span start = Span.at(0);
      problems.accept(new Problem("missing-record", start, Severity.ERROR, message));
      return Map.of();
    }
    for (Problem problem : file.problems()) {
      boolean inside = record.span().contains(problem.span()) || problem.equals(record.problem());
      if (inside && problem.severity() == Severity.ERROR) {
        problems.accept(problem);
      }
    }
    YamlNode value = record.value();
    Map<String, @Nullable Object> metadata = Metadata.copy(value == null ? null : value.value());
    metadata.keySet().removeAll(SAID);
    if (file.format() != Format.OPENAI) {
      metadata.remove("system");
    }
    return metadata;
  }

  @Override
  public List<Message> messages(
      PromptFile file,
      RenderOptions options,
      Map<String, ? extends @Nullable Object> metadata,
      Consumer<Problem> problems) {
    int row = row(options);
    List<Message> messages = new ArrayList<>();
    for (MessageNode node : file.messages()) {
      if (node.row() == row) {
        messages.add(message(file, node));
      }
    }
    return messages;
  }

  private static Message message(PromptFile file, MessageNode node) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    List<?> parts = null;
    boolean object = file.text().startsWith("{", node.span().start());
    YamlNode value = object ? JsonRecords.value(file.text(), node.span()) : null;
    if (value instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Entry entry : mapping.entries()) {
        String key = entry.key().text();
        if (key.equals("content")) {
          parts = entry.value().value() instanceof List<?> list ? list : null;
        } else if (!TOLD.contains(key)) {
          fields.put(key, entry.value().value());
        }
      }
    }
    List<Part> content = parts == null ? List.of(text(file, node)) : parts(parts);
    return new Message(node.role(), content, fields.isEmpty() ? null : fields);
  }

  private static Part text(PromptFile file, MessageNode node) {
    SaidText text = new SaidText(node, file.text());
    text.copy(0, text.said().length());
    return text.part();
  }

  private static List<Part> parts(List<?> data) {
    List<Part> parts = new ArrayList<>();
    data.forEach(part -> parts.add(part(part)));
    return parts;
  }

  /// A part of a message in OpenAI's form.
  private static Part part(@Nullable Object data) {
    if (data instanceof Map<?, ?> map) {
      if (map.get("text") instanceof String text) {
        return new Part.Text(text);
      }
      Object image = map.get("image_url");
      Object url = image instanceof Map<?, ?> fields ? fields.get("url") : image;
      if (url instanceof String address) {
        return new Part.Media(address, contentType(address));
      }
    }
    return Part.of(data);
  }

  /// What a data URL says of itself.
  private static @Nullable String contentType(String url) {
    int end = url.startsWith("data:") ? url.indexOf(';') : -1;
    return end > 5 ? url.substring(5, end) : null;
  }

  /// The first record if the input says nothing that is a number from 0.
  private static int row(RenderOptions options) {
    Object given = options.data().input().get(ROW);
    try {
      return given == null ? 0 : Math.max(0, new BigDecimal(given.toString()).intValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return 0;
    }
  }
}
