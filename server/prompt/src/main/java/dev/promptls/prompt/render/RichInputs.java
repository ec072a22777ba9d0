package dev.promptls.prompt.render;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The inputs of a Prompty file in which conversations and media are replaced by markers, since
/// they are no text (§5.2 and §5.3 of its specification). A marker cannot be guessed, so that no
/// value can forge one.
///
/// @param inputs what the template gets
/// @param marked what each marker stands for
record RichInputs(Map<String, @Nullable Object> inputs, Map<String, Value> marked) {
  static final String PREFIX = "__PROMPTY_THREAD_";

  private static final Set<String> KINDS = Set.of("thread", "image", "file", "audio");
  private static final SecureRandom RANDOM = new SecureRandom();

  /// @param kind `thread`, `image`, `file` or `audio`
  record Value(String kind, @Nullable Object value) {
    /// The messages of a conversation; none if it is no list.
    List<Message> messages() {
      Object list = value instanceof Map<?, ?> map ? map.get("messages") : value;
      List<Message> messages = new ArrayList<>();
      if (list instanceof List<?> items) {
        for (Object item : items) {
          if (item instanceof Map<?, ?>) {
            messages.add(PromptyThread.message(Metadata.copy(item)));
          } else if (item instanceof Message message) {
            messages.add(message);
          }
        }
      }
      return messages;
    }
  }

  /// @param metadata which declares the inputs
  /// @param history stands for a conversation that is not given
  static RichInputs of(
      Map<String, ? extends @Nullable Object> metadata,
      Map<String, ? extends @Nullable Object> given,
      @Nullable List<Message> history) {
    Map<String, @Nullable Object> inputs = new LinkedHashMap<>(given);
    Map<String, Value> marked = new LinkedHashMap<>();
    Map<String, String> kinds = kinds(metadata, given);
    kinds.forEach((name, kind) -> {
      Object value = given.get(name);
      String marker = PREFIX + HexFormat.of().toHexDigits(RANDOM.nextInt()) + "_" + name + "__";
      boolean open = value == null && kind.equals("thread");
      marked.put(marker, new Value(kind, open ? history : value));
      inputs.put(name, marker);
    });
    return new RichInputs(inputs, marked);
  }

  private static Map<String, String> kinds(
      Map<String, ? extends @Nullable Object> metadata,
      Map<String, ? extends @Nullable Object> given) {
    Map<String, String> kinds = new LinkedHashMap<>();
    if (metadata.get("inputs") instanceof List<?> declared) {
      for (Object input : declared) {
        Map<String, @Nullable Object> property = Metadata.copy(input);
        if (property.get("kind") instanceof String kind && KINDS.contains(kind)) {
          kinds.put(String.valueOf(property.get("name")), kind);
        }
      }
    }
    given.forEach((name, value) -> {
      if (value instanceof Map<?, ?> map && "thread".equals(map.get("_kind"))) {
        kinds.put(name, "thread");
      }
    });
    return kinds;
  }
}
