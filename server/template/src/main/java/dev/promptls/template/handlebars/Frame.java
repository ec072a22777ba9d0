package dev.promptls.template.handlebars;

import dev.promptls.template.javascript.JavaScript;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a rendering stands: the context, those around it, `@` variables and block parameters.
///
/// @param outer the frame of the context that `..` means, null for none
/// @param data the nearest `@` variables
/// @param parameters the nearest block parameters, null for none
/// @param scope names and sources that this place belongs to
record Frame(
    @Nullable Object context,
    @Nullable Frame outer,
    Data data,
    @Nullable Parameters parameters,
    Scope scope) {
  /// `@` variables over those of the blocks around.
  record Data(Map<String, @Nullable Object> own, @Nullable Data outer) {
    @Nullable Object get(String name) {
      for (Data data = this; data != null; data = data.outer) {
        if (data.own.containsKey(name)) {
          return data.own.get(name);
        }
      }
      return JavaScript.UNDEFINED;
    }

    /// The same in a round of a loop.
    Data inLoop(Object key, long index, boolean first, boolean last) {
      return new Data(Map.of("key", key, "index", index, "first", first, "last", last), this);
    }
  }

  /// Block parameters over those of the blocks around.
  record Parameters(
      List<String> names, List<@Nullable Object> values, @Nullable Parameters outer) {}

  /// What belongs to one template: its name and source, the inline partials it sees, and the block
  /// it was called with.
  record Scope(
      String template,
      String source,
      Map<String, Snippet> inline,
      @Nullable Snippet partialBlock) {}

  /// A part of a template to be rendered elsewhere.
  record Snippet(HandlebarsNode.Program program, Frame frame) {}

  /// This place with another context; `..` then means this one.
  Frame with(@Nullable Object inner) {
    return same(inner, context) ? this : new Frame(inner, this, data, parameters, scope);
  }

  @SuppressWarnings("ReferenceEquality") // A map or a list is the same context only as itself.
  private static boolean same(@Nullable Object a, @Nullable Object b) {
    return a == b || (a != null && !(a instanceof Map) && !(a instanceof List) && a.equals(b));
  }

  Frame withData(Map<String, ? extends @Nullable Object> more) {
    if (more.isEmpty()) {
      return this;
    }
    return withData(new Data(new HashMap<>(more), data));
  }

  Frame withData(Data inner) {
    return new Frame(context, outer, inner, parameters, scope);
  }

  Frame withParameters(List<String> names, List<@Nullable Object> values) {
    if (names.isEmpty()) {
      return this;
    }
    Parameters inner = new Parameters(names, values, parameters);
    return new Frame(context, outer, data, inner, scope);
  }

  Frame withScope(Scope inner) {
    return new Frame(context, outer, data, parameters, inner);
  }

  /// The context `depth` steps out, undefined when there are not so many.
  @Nullable Object context(int depth) {
    Frame frame = this;
    for (int i = 0; i < depth && frame != null; i++) {
      frame = frame.outer;
    }
    return frame == null ? JavaScript.UNDEFINED : frame.context;
  }
}
