package dev.promptls.template.handlebars;

import dev.promptls.template.javascript.JavaScript;
import dev.promptls.template.run.Output;
import dev.promptls.template.run.Undefined;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call of a helper.
///
/// @param given positional arguments, undefined ones included
/// @param named the hash, undefined values included
record HelperCall(
    String name,
    List<@Nullable Object> given,
    Map<String, @Nullable Object> named,
    HandlebarsNode.@Nullable Block node,
    Frame frame,
    Interpreter interpreter)
    implements Handlebars.Call {
  @Override
  public List<@Nullable Object> arguments() {
    return given.stream().<@Nullable Object>map(HelperCall::plain).toList();
  }

  @Override
  public @Nullable Object argument(int index) {
    return index < given.size() ? plain(given.get(index)) : null;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Undefined u -> null;
      case Fragment f -> f.toString();
      case null, default -> value;
    };
  }

  @Override
  public boolean isUndefined(int index) {
    return index >= given.size() || given.get(index) instanceof Undefined;
  }

  @Override
  public String text(int index) {
    return interpreter.string(index < given.size() ? given.get(index) : named);
  }

  @Override
  public String text(String name) {
    return interpreter.string(named.getOrDefault(name, JavaScript.UNDEFINED));
  }

  @Override
  public Map<String, @Nullable Object> hash() {
    Map<String, @Nullable Object> hash = new LinkedHashMap<>();
    named.forEach((key, value) -> {
      if (!(value instanceof Undefined)) {
        hash.put(key, plain(value));
      }
    });
    return hash;
  }

  @Override
  public @Nullable Object context() {
    return plain(frame.context());
  }

  @Override
  public @Nullable Object data(String name) {
    return plain(frame.data().get(name));
  }

  @Override
  public boolean isBlock() {
    return node != null;
  }

  @Override
  public Object block() {
    return inside(frame, List.of());
  }

  @Override
  public Object block(@Nullable Object context, Map<String, ? extends @Nullable Object> data) {
    return inside(frame.with(context).withData(data), List.of());
  }

  @Override
  public Object inverse() {
    return node == null ? "" : interpreter.fragment(node.inverse(), frame, List.of());
  }

  /// The block's inside.
  ///
  /// @param parameters the values of its block parameters
  Object inside(Frame inner, List<@Nullable Object> parameters) {
    return node == null ? "" : interpreter.fragment(node.program(), inner, parameters);
  }

  /// Adds the block's inside to an output.
  ///
  /// @param parameters the values of its block parameters
  void print(Frame inner, List<@Nullable Object> parameters, Output out) {
    if (node != null) {
      interpreter.print(node.program(), inner, parameters, out);
    }
  }
}
