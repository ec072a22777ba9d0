package dev.promptls.lsp.session;

import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import dev.promptls.lsp.convert.Places;
import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.text.Encoding;
import dev.promptls.prompt.text.TextEdit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.jspecify.annotations.Nullable;

/// Everything that an answer depends on, at one moment. Immutable.
///
/// @param documents the open ones, by URI
/// @param selectedModel what was chosen with `promptls.selectModel`, null if nothing was
/// @param results what models answered, by URI
/// @param inputs the input that a prompt is tried with, by URI, where one was chosen
public record Snapshot(
    Encoding encoding,
    Settings settings,
    @Nullable String selectedModel,
    Map<String, Document> documents,
    Map<String, Results> results,
    Map<String, JsonObject> inputs) {
  public static final Snapshot EMPTY =
      new Snapshot(Encoding.UTF16, Settings.DEFAULT, null, Map.of(), Map.of(), Map.of());

  public Snapshot {
    documents = Map.copyOf(documents);
    results = Map.copyOf(results);
    inputs = Map.copyOf(inputs);
  }

  /// The document of that name; null if it is not open.
  public @Nullable Document document(@Nullable TextDocumentIdentifier id) {
    return id == null || id.getUri() == null ? null : documents.get(id.getUri());
  }

  /// How to render a document: with the input chosen for it and the partials around it.
  public RenderOptions renderOptions(Document document) {
    JsonObject input = inputs.get(document.uri());
    Data data =
        input != null && Json.plain(input) instanceof Map<?, ?> values
            ? Data.input(named(values))
            : Data.NONE;
    return RenderOptions.of(data).withPartials(new Partials(this, document));
  }

  private static Map<String, @Nullable Object> named(Map<?, ?> values) {
    var named = new LinkedHashMap<String, @Nullable Object>();
    values.forEach((name, value) -> named.put(String.valueOf(name), value));
    return named;
  }

  public Places places(Document document) {
    return new Places(document.lines(), encoding);
  }

  /// What models answered to a document; empty if nothing was asked.
  public Results results(Document document) {
    return Objects.requireNonNullElse(results.get(document.uri()), Results.NONE);
  }

  Snapshot with(Encoding value) {
    return new Snapshot(value, settings, selectedModel, documents, results, inputs);
  }

  public Snapshot with(Settings value) {
    return new Snapshot(encoding, value, selectedModel, documents, results, inputs);
  }

  /// The same with another model for whatever needs one.
  public Snapshot selecting(String model) {
    return new Snapshot(encoding, settings, model, documents, results, inputs);
  }

  Snapshot with(Document document) {
    return new Snapshot(
        encoding,
        settings,
        selectedModel,
        put(documents, document.uri(), document),
        results,
        inputs);
  }

  /// The same after edits of a document, which the answers to it follow.
  Snapshot with(Document document, List<TextEdit> edits) {
    Results after = results(document);
    for (TextEdit edit : edits) {
      after = after.after(edit);
    }
    return with(document).with(document.uri(), after.isEmpty() ? null : after);
  }

  Snapshot without(String uri) {
    return new Snapshot(
        encoding,
        settings,
        selectedModel,
        put(documents, uri, null),
        put(results, uri, null),
        inputs);
  }

  Snapshot with(String uri, @Nullable Results value) {
    return new Snapshot(
        encoding, settings, selectedModel, documents, put(results, uri, value), inputs);
  }

  Snapshot with(String uri, JsonObject input) {
    return new Snapshot(
        encoding, settings, selectedModel, documents, results, put(inputs, uri, input));
  }

  private static <T> Map<String, T> put(Map<String, T> map, String key, @Nullable T value) {
    var copy = new HashMap<>(map);
    if (value == null) {
      copy.remove(key);
    } else {
      copy.put(key, value);
    }
    return copy;
  }
}
