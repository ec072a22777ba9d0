package dev.promptls.prompt.render;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a prompt is rendered with. Values are maps, lists, strings, numbers, booleans and null.
///
/// @param messages the conversation so far, null if not given
/// @param context the `@` variables
/// @param docs retrieved documents, seen as `@metadata.docs`; null if not given
public record Data(
    Map<String, ? extends @Nullable Object> input,
    @Nullable List<Message> messages,
    Map<String, ? extends @Nullable Object> context,
    @Nullable List<? extends @Nullable Object> docs) {
  public Data(
      Map<String, ? extends @Nullable Object> input,
      @Nullable List<Message> messages,
      Map<String, ? extends @Nullable Object> context) {
    this(input, messages, context, null);
  }

  public static final Data NONE = new Data(Map.of(), null, Map.of());

  public static Data input(Map<String, ? extends @Nullable Object> input) {
    return new Data(input, null, Map.of());
  }

  /// This data with some inputs put over its own.
  public Data with(Map<String, ? extends @Nullable Object> more) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(input);
    all.putAll(more);
    return new Data(Collections.unmodifiableMap(all), messages, context, docs);
  }
}
