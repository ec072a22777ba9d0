package dev.promptls.lsp.session;

import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import dev.promptls.lab.files.DiskTexts;
import dev.promptls.lab.files.FileSurroundings;
import dev.promptls.lab.files.Roots;
import dev.promptls.lab.files.RowTexts;
import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.convert.Uris;
import dev.promptls.model.Cancellation;
import dev.promptls.prompt.check.LintSettings;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.shots.DataExamples;
import dev.promptls.prompt.shots.DataRows;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.Encoding;
import dev.promptls.prompt.text.TextEdit;
import dev.promptls.prompt.workspace.SourceTexts;
import dev.promptls.prompt.workspace.Workspace;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.jspecify.annotations.Nullable;

/// Everything that an answer depends on, at one moment. Immutable.
///
/// @param documents the open ones, by URI
/// @param selectedModel what was chosen with `promptls.selectModel`, null if nothing was
/// @param results what models answered, by URI
/// @param inputs the input that a prompt is tried with, by URI, where one was chosen
/// @param index of the files on the disk
public record Snapshot(
    Encoding encoding,
    Settings settings,
    @Nullable String selectedModel,
    Map<String, Document> documents,
    Map<String, Results> results,
    Map<String, JsonObject> inputs,
    FileIndex index) {
  public static final Snapshot EMPTY =
      new Snapshot(
          Encoding.UTF16, Settings.DEFAULT, null, Map.of(), Map.of(), Map.of(), FileIndex.EMPTY);

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
    return renderOptions(document, sources(document));
  }

  /// The same with other files as some texts have them.
  RenderOptions renderOptions(Document document, SourceTexts texts) {
    JsonObject input = inputs.get(document.uri());
    Data data =
        input != null && Json.plain(input) instanceof Map<?, ?> values
            ? Data.input(named(values))
            : Data.NONE;
    return RenderOptions.of(Data.input(rows(document, texts)).with(data.input()))
        .withPartials(partials(document, texts));
  }

  /// The input that the rows of a document's data file are.
  private static Map<String, @Nullable Object> rows(Document document, SourceTexts texts) {
    try {
      return DataExamples.input(document.file(), rowTexts(document, texts));
    } catch (DataRows.UnreadableException e) {
      // Shown without them: whoever runs the prompt is told.
      return Map.of();
    }
  }

  /// The data files that a document can name.
  public DataExamples.Source rowTexts(Document document) {
    return rowTexts(document, sources(document));
  }

  private static DataExamples.Source rowTexts(Document document, SourceTexts texts) {
    String path = document.path();
    return path == null ? name -> null : new RowTexts(path, texts);
  }

  /// A document with the rows of its data file as examples.
  public PromptFile filled(Document document) {
    return DataExamples.filled(document.file(), rowTexts(document));
  }

  /// The partials that a document can call.
  private PartialResolver partials(Document document, SourceTexts texts) {
    String path = document.path();
    return path == null ? PartialResolver.NONE : index.indexed().partials(path, texts);
  }

  /// The texts that a document can name.
  SourceTexts sources(Document document) {
    String path = document.path();
    return path == null ? SourceTexts.NONE : sources(path);
  }

  /// The texts of files as they are now, for questions about one of them. Where that lies outside
  /// the workspace, its own folder may be read.
  public SourceTexts sources(String path) {
    return new OpenTexts(documents, disk(path));
  }

  /// The folders that may be read for a file.
  public Roots roots(String path) {
    return disk(path).roots();
  }

  private DiskTexts disk(String path) {
    Roots roots = index.disk().roots();
    Path folder = Path.of(path).getParent();
    return folder == null || roots.contains(folder)
        ? index.disk()
        : new DiskTexts(Roots.of(List.of(folder)));
  }

  /// The client's name of a file: as it opened it, else the usual one.
  public String uri(String path) {
    for (Document document : documents.values()) {
      if (path.equals(document.path())) {
        return document.uri();
      }
    }
    return Uris.uri(path);
  }

  /// Whether there is a file inside the workspace, or open.
  public boolean exists(String path) {
    boolean open = documents.values().stream().anyMatch(each -> path.equals(each.path()));
    try {
      return open || index.disk().roots().resolve(Path.of(path)) != null;
    } catch (InvalidPathException noFileIsCalledThat) {
      return false;
    }
  }

  /// What the files around a document say to its rules.
  public Surroundings surroundings(Document document) {
    String path = document.path();
    var lint = new LintSettings(settings.lint());
    return path == null
        ? new Outside(lint)
        : new FileSurroundings(
            path,
            document.file(),
            index.indexed().rootOf(path),
            sources(path),
            roots(path),
            lint,
            around(document));
  }

  /// What stands in other files: equal as long as nothing has changed there.
  Object around(Document document) {
    return around(document, _ -> true);
  }

  /// What stands in those other files whose paths are meant.
  Object around(Document document, Predicate<String> paths) {
    var others = new HashMap<String, Object>();
    for (Document other : documents.values()) {
      if (other.path() != null && paths.test(other.path())) {
        others.put(other.uri(), other.edition());
      }
    }
    others.remove(document.uri());
    return List.of(others, index.revision());
  }

  /// The surroundings of what lies in no file.
  private record Outside(LintSettings settings) implements Surroundings {}

  /// All files that are known by now, those that are open as they are in the editor.
  public Workspace workspace() {
    return workspaceWithout("");
  }

  /// The same, but waits while the files of the disk are still being looked at. For answers that
  /// would be wrong if a file were missing.
  public Workspace wholeWorkspace(Cancellation cancellation) {
    return overlaid(index.awaited(cancellation), "");
  }

  /// The same without regard to what has been done to one document.
  Workspace workspaceWithout(String uri) {
    return overlaid(index.indexed(), uri);
  }

  private Workspace overlaid(Workspace indexed, String uri) {
    Workspace all = indexed;
    for (Document document : documents.values()) {
      if (document.path() != null && !document.uri().equals(uri)) {
        all = all.with(document.facts());
      }
    }
    return all;
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
    return new Snapshot(value, settings, selectedModel, documents, results, inputs, index);
  }

  Snapshot with(FileIndex value) {
    return new Snapshot(encoding, settings, selectedModel, documents, results, inputs, value);
  }

  public Snapshot with(Settings value) {
    return new Snapshot(encoding, value, selectedModel, documents, results, inputs, index);
  }

  /// The same with another model for whatever needs one.
  public Snapshot selecting(String model) {
    return new Snapshot(encoding, settings, model, documents, results, inputs, index);
  }

  Snapshot with(Document document) {
    return new Snapshot(
        encoding,
        settings,
        selectedModel,
        put(documents, document.uri(), document),
        results,
        inputs,
        index);
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
        inputs,
        index);
  }

  Snapshot with(String uri, @Nullable Results value) {
    return new Snapshot(
        encoding, settings, selectedModel, documents, put(results, uri, value), inputs, index);
  }

  Snapshot with(String uri, JsonObject input) {
    return new Snapshot(
        encoding, settings, selectedModel, documents, results, put(inputs, uri, input), index);
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
