package dev.promptls.prompt.shots;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Examples that a prompt takes from a data file beside it: the key `promptls.examples` names the
/// file, and its rows fill the first loop that no default fills. A row is an item of the loop's
/// list, or `{input, expected}` as test rows are, with `expected` for the field of the answer.
public final class DataExamples {
  /// The key of the front matter that names the file.
  public static final String KEY = "promptls.examples";

  /// Loops that are looked into.
  private static final int MAX_TRIES = 8;

  private final String list;
  private final LoopFields fields;

  private DataExamples(String list, LoopFields fields) {
    this.list = list;
    this.fields = fields;
  }

  /// Finds the text of a data file; never outside the prompt's workspace.
  @FunctionalInterface
  public interface Source {
    /// @param path as the prompt names it
    /// @return null if there is no such file that may be read
    @Nullable String text(String path);
  }

  /// The data file that a prompt names.
  public static @Nullable String file(PromptFile file) {
    YamlNode named = file.at(KEY);
    return named == null ? null : named.string();
  }

  /// Where the data file is named.
  public static @Nullable Span place(PromptFile file) {
    YamlNode named = file.at(KEY);
    return named == null ? null : named.span();
  }

  /// The loop of a prompt that rows would fill; null if there is none.
  static @Nullable DataExamples of(PromptFile file) {
    int tries = 0;
    for (Tag tag : file.tags()) {
      boolean loop = LoopList.isLoop(tag) && tries++ < MAX_TRIES;
      YamlNode.Sequence items = LoopList.items(file, tag.first());
      boolean filled = items != null && !items.items().isEmpty();
      LoopBody body = loop && !filled ? LoopBody.of(file, tag) : null;
      if (body != null && body.fields().size() >= 2) {
        LoopFields fields = LoopFields.of(body.fields(), LoopLayout.queryVariables(file, body));
        return new DataExamples(body.list(), fields);
      }
    }
    return null;
  }

  /// The input that the rows of a prompt's data file are: one list, for its loop. Empty if the
  /// prompt names no file.
  ///
  /// @throws DataRows.UnreadableException if the file cannot be used
  public static Map<String, @Nullable Object> input(PromptFile file, Source source)
      throws DataRows.UnreadableException {
    String name = file(file);
    if (name == null) {
      return Map.of();
    }
    DataExamples loop = of(file);
    if (loop == null) {
      throw new DataRows.UnreadableException(
          KEY + " names " + name + ", but the prompt has no loop over a list for its rows.");
    }
    List<@Nullable Object> items = new ArrayList<>(loop.items(rows(name, source)));
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    input.put(loop.list, items);
    return input;
  }

  /// The rows of the data file that a prompt names; none if it names no file.
  ///
  /// @throws DataRows.UnreadableException if the file cannot be used
  public static List<Map<String, @Nullable Object>> rows(PromptFile file, Source source)
      throws DataRows.UnreadableException {
    String name = file(file);
    return name == null ? List.of() : rows(name, source);
  }

  private static List<Map<String, @Nullable Object>> rows(String name, Source source)
      throws DataRows.UnreadableException {
    String text = source.text(name);
    if (text == null) {
      throw new DataRows.UnreadableException(
          "There is no file " + name + " beside the prompt, which " + KEY + " names.");
    }
    return DataRows.read(name, text);
  }

  /// A prompt with the rows of its data file written into it, so that each is an example like
  /// others. The prompt as it is if it names no file, or its rows cannot be written so.
  public static PromptFile filled(PromptFile file, Source source) {
    if (file(file) == null) {
      return file;
    }
    try {
      LineIndex text = LineIndex.of(Extraction.inline(file, rows(file, source)));
      return PromptReader.read(file.name(), text, file.format());
    } catch (DataRows.UnreadableException | UnwritableException e) {
      // Whoever renders the prompt is told; it is not this one's to say.
      return file;
    }
  }

  String list() {
    return list;
  }

  /// Rows as items of the list.
  List<Map<String, @Nullable Object>> items(
      List<? extends Map<String, ? extends @Nullable Object>> rows) {
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    for (Map<String, ? extends @Nullable Object> row : rows) {
      items.add(item(row));
    }
    return items;
  }

  private Map<String, @Nullable Object> item(Map<String, ? extends @Nullable Object> row) {
    String expected = row.containsKey("expected") ? "expected" : "output";
    if (!row.containsKey("input")
        || !row.containsKey(expected)
        || (fields.inputs().contains("input") && !(row.get("input") instanceof Map))) {
      return new LinkedHashMap<>(row);
    }
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    if (row.get("input") instanceof Map<?, ?> inputs) {
      inputs.forEach((name, value) -> item.put(String.valueOf(name), value));
    } else {
      item.put(fields.inputs().isEmpty() ? "input" : fields.inputs().getFirst(), row.get("input"));
    }
    if (!fields.reasoning().isEmpty() && row.containsKey("reasoning")) {
      item.put(fields.reasoning().getFirst(), row.get("reasoning"));
    }
    item.put(fields.answer().getFirst(), row.get(expected));
    return item;
  }

  /// An item of a list as a row `{id, input, expected}`; as it is where it does not fit that.
  static Map<String, @Nullable Object> row(
      int number, LoopFields fields, Map<String, @Nullable Object> item) {
    List<String> known = new ArrayList<>(fields.inputs());
    known.addAll(fields.reasoning());
    known.addAll(fields.answer());
    boolean fits =
        fields.answer().size() == 1
            && fields.reasoning().size() <= 1
            && known.containsAll(item.keySet())
            && item.keySet().containsAll(known);
    if (!fits) {
      return item;
    }
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    fields.inputs().forEach(field -> input.put(field, item.get(field)));
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("id", Integer.toString(number));
    row.put("input", input);
    fields.reasoning().forEach(field -> row.put("reasoning", item.get(field)));
    row.put("expected", item.get(fields.answer().getFirst()));
    return row;
  }
}
