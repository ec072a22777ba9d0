package dev.promptls.prompt.render;

import dev.promptls.template.Fuel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How to render.
///
/// @param options laid over the front matter, as dotprompt's `options`; only `input.default` takes
///   part in rendering, all of it in the metadata
/// @param partials by name; asked only for names used
/// @param schemas JSON schemas by name, for Picoschema that refers to them
/// @param tools tool definitions by name
/// @param references what a Prompty file's settings may take from outside it
public record RenderOptions(
    Data data,
    Map<String, ? extends @Nullable Object> options,
    PartialResolver partials,
    Map<String, ? extends @Nullable Object> schemas,
    Map<String, ? extends @Nullable Object> tools,
    Fuel fuel,
    References references) {
  /// Nothing from outside the file.
  public RenderOptions(
      Data data,
      Map<String, ? extends @Nullable Object> options,
      PartialResolver partials,
      Map<String, ? extends @Nullable Object> schemas,
      Map<String, ? extends @Nullable Object> tools,
      Fuel fuel) {
    this(data, options, partials, schemas, tools, fuel, References.NONE);
  }

  public static final RenderOptions DEFAULT = of(Data.NONE);

  public static RenderOptions of(Data data) {
    return new RenderOptions(
        data, Map.of(), PartialResolver.NONE, Map.of(), Map.of(), Fuel.DEFAULT);
  }

  /// With the time for what somebody waits for.
  public RenderOptions patient() {
    Fuel more = fuel.withTime(Fuel.PATIENT);
    return new RenderOptions(data, options, partials, schemas, tools, more, references);
  }

  public RenderOptions withData(Data value) {
    return new RenderOptions(value, options, partials, schemas, tools, fuel, references);
  }

  public RenderOptions withPartials(PartialResolver value) {
    return new RenderOptions(data, options, value, schemas, tools, fuel, references);
  }

  public RenderOptions withOptions(Map<String, ? extends @Nullable Object> value) {
    return new RenderOptions(data, value, partials, schemas, tools, fuel, references);
  }

  public RenderOptions withReferences(References value) {
    return new RenderOptions(data, options, partials, schemas, tools, fuel, value);
  }
}
