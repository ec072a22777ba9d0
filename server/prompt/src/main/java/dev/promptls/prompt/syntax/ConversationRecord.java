package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Records that hold a list of messages: OpenAI's `messages: [{role, content}]` and ShareGPT's
/// `conversations: [{from, value}]`.
///
/// @param list the key of the list
/// @param role the keys that may name the speaker, the usual one first
/// @param content the keys that may hold what is said, the usual one first
/// @param speakers what names of the format mean; others stay as they are
record ConversationRecord(
    String list, List<String> role, List<String> content, Map<String, String> speakers)
    implements RecordReader {
  static final ConversationRecord OPENAI =
      new ConversationRecord("messages", List.of("role"), List.of("content"), Map.of());

  /// With the names that are in use beside the first three.
  static final ConversationRecord SHAREGPT =
      new ConversationRecord(
          "conversations",
          List.of("from", "role"),
          List.of("value", "content"),
          Map.ofEntries(
              Map.entry("human", "user"),
              Map.entry("gpt", "assistant"),
              Map.entry("system", "system"),
              Map.entry("chatgpt", "assistant"),
              Map.entry("bing", "assistant"),
              Map.entry("bard", "assistant"),
              Map.entry("model", "assistant"),
              Map.entry("function_call", "assistant"),
              Map.entry("observation", "tool"),
              Map.entry("function_response", "tool")));

  @Override
  public boolean claims(YamlNode.Mapping record) {
    return record.get(list) != null;
  }

  @Override
  public void read(YamlNode.Mapping record, RecordParts parts) {
    YamlNode found = record.get(list);
    if (found == null) {
      parts.problem("missing-field", record.span(), "This record has no list '" + list + "'.");
    } else if (!(found instanceof YamlNode.Sequence messages)) {
      parts.problem("wrong-type", found.span(), "'" + list + "' must be a list of messages.");
    } else {
      if (messages.items().isEmpty()) {
        parts.problem("empty-conversation", found.span(), "This conversation has no messages.");
      }
      YamlNode system = list.equals("messages") ? null : record.get("system");
      if (system instanceof YamlNode.Scalar said && !said.text().isEmpty()) {
        parts.message("system", null, said.span(), said);
      }
      messages.items().forEach(message -> message(message, parts));
    }
  }

  private void message(YamlNode node, RecordParts parts) {
    if (!(node instanceof YamlNode.Mapping message)) {
      String shape = "{\"" + role.getFirst() + "\", \"" + content.getFirst() + "\"}";
      parts.problem("wrong-type", node.span(), "A message must be an object " + shape + ".");
      return;
    }
    YamlNode.Entry entry = first(message, role);
    YamlNode speaker = entry == null ? null : entry.value();
    String name = speaker == null ? null : speaker.string();
    if (name == null) {
      Span span = speaker == null ? message.span() : speaker.span();
      parts.problem("missing-role", span, "This message has no '" + role.getFirst() + "'.");
    }
    String means = name == null ? "user" : speakers.getOrDefault(name, name);
    Span roleSpan = speaker instanceof YamlNode.Scalar scalar ? RecordParts.inside(scalar) : null;
    said(message, first(message, content), means, roleSpan, parts);
  }

  private void said(
      YamlNode.Mapping message,
      YamlNode.@Nullable Entry said,
      String speaker,
      @Nullable Span roleSpan,
      RecordParts parts) {
    boolean calls = message.get("tool_calls") != null || message.get("function_call") != null;
    YamlNode value = said == null ? null : said.value();
    boolean silent = value == null || (value instanceof YamlNode.Scalar && value.value() == null);
    if (silent && !calls) {
      String text = "This message has no '" + content.getFirst() + "'.";
      parts.problem("missing-content", message.span(), text);
    }
    switch (value) {
      case YamlNode.Scalar scalar when scalar.value() instanceof String ->
          parts.message(speaker, roleSpan, message.span(), scalar);
      case YamlNode.Sequence list -> list(list, message, speaker, roleSpan, parts);
      case null, default -> {
        Span span = value == null ? Span.at(message.span().end()) : value.span();
        if (!silent) {
          String text = "'" + content.getFirst() + "' must be a string or a list of parts.";
          parts.problem("wrong-type", span, text);
        }
        Decoded nothing = Decoded.opaque("", span.length());
        parts.message(speaker, roleSpan, message.span(), span, nothing);
      }
    }
  }

  /// Content in parts: the texts are what is said, pictures and the like become links.
  private static void list(
      YamlNode.Sequence list,
      YamlNode.Mapping message,
      String speaker,
      @Nullable Span roleSpan,
      RecordParts parts) {
    List<YamlNode.Scalar> texts = new ArrayList<>();
    for (YamlNode part : list.items()) {
      YamlNode text = part instanceof YamlNode.Scalar ? part : part.get("text");
      YamlNode url = part.at("image_url", "url");
      url = url == null && part.get("image_url") instanceof YamlNode.Scalar given ? given : url;
      if (text instanceof YamlNode.Scalar scalar && text.value() instanceof String) {
        texts.add(scalar);
      } else if (url instanceof YamlNode.Scalar address && url.value() instanceof String target) {
        if (!target.startsWith("data:")) {
          parts.links.add(new Link(Link.Kind.MEDIA, target, RecordParts.inside(address)));
        }
      } else if (!(part.get("type") instanceof YamlNode.Scalar)) {
        String wrong = "A part of a message needs a 'type', as text or image_url.";
        parts.problem("wrong-type", part.span(), wrong);
      }
    }
    Decoded coding = parts.join(texts, "", list.span());
    parts.message(speaker, roleSpan, message.span(), list.span(), coding);
  }

  private static YamlNode.@Nullable Entry first(YamlNode.Mapping message, List<String> keys) {
    for (String key : keys) {
      YamlNode.Entry entry = message.entry(key);
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }
}
