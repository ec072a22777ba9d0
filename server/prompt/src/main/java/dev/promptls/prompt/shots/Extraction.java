package dev.promptls.prompt.shots;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.LineIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Moves examples between a prompt and a data file beside it.
final class Extraction {
  private Extraction() {}

  /// A prompt without its examples, and what the data file is to hold.
  record Result(String prompt, String rows) {}

  /// Takes the examples out; other shapes than a loop become one first.
  static Result extract(PromptFile file, Shots shots, String name) throws UnwritableException {
    if (!(shots.layout() instanceof LoopLayout loop)) {
      PromptFile looped = read(file, new Conversion(file, shots).to(Shape.LOOP));
      return extract(looped, Shots.in(looped), name);
    }
    if (DataExamples.file(file) != null) {
      throw new UnwritableException(
          "The prompt names a data file already; remove " + DataExamples.KEY + " first.");
    }
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (YamlNode.Mapping item : loop.mappings()) {
      rows.add(DataExamples.row(rows.size() + 1, loop.fields(), item.value()));
    }
    String named = new SettingsText(file).withValue(DataExamples.KEY, name).apply(file.text());
    PromptFile after = read(file, named);
    var gone = new SettingsText(after).without(loop.body().list(file));
    if (gone == null) {
      throw new UnwritableException(
          "The list stands in braces with other values; write it as a block of its own lines.");
    }
    String prompt = gone.apply(named);
    if (DataExamples.of(read(file, prompt)) == null
        || read(file, prompt).at(DataExamples.KEY) == null) {
      throw new UnwritableException("Read again, the prompt would not find its rows.");
    }
    return new Result(prompt, DataRows.write(rows));
  }

  /// Writes rows into the front matter, for the loop that they filled.
  static String inline(
      PromptFile file, List<? extends Map<String, ? extends @Nullable Object>> rows)
      throws UnwritableException {
    DataExamples loop = DataExamples.of(file);
    if (loop == null) {
      throw new UnwritableException(
          "The prompt has no loop over a list that these rows could fill.");
    }
    if (rows.isEmpty()) {
      throw new UnwritableException("There are no rows to write into the prompt.");
    }
    SettingsText settings = new SettingsText(file);
    var unnamed = settings.without(DataExamples.KEY);
    LoopList empty = LoopList.of(file, loop.list());
    PromptFile bare = file;
    if (empty != null) {
      var gone = settings.without(empty.path().toArray(new String[0]));
      bare = gone == null ? file : read(file, gone.apply(file.text()));
    }
    String listed =
        new SettingsText(bare).withList(loop.list(), loop.items(rows)).apply(bare.text());
    PromptFile filled = read(file, listed);
    var now = new SettingsText(filled).without(DataExamples.KEY);
    String text = unnamed == null || now == null ? listed : now.apply(listed);
    PromptFile after = read(file, text);
    if (Shots.in(after).examples().size() != rows.size()
        || after.problems().size() > file.problems().size()) {
      throw new UnwritableException(
          "Not every row has what the loop prints; compare their fields with the loop's.");
    }
    return text;
  }

  private static PromptFile read(PromptFile like, String text) {
    return PromptReader.read(like.name(), LineIndex.of(text), like.format());
  }
}
