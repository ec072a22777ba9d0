package dev.promptls.app;

import com.google.gson.JsonParseException;
import dev.promptls.lab.Json;
import dev.promptls.lab.run.DataDocument;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.Inputs;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.schema.InputSchema;
import dev.promptls.prompt.schema.SchemaException;
import dev.promptls.prompt.shots.DataExamples;
import dev.promptls.prompt.shots.DataRows;
import dev.promptls.prompt.syntax.PromptFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags of a command that renders a prompt.
final class DataFlags {
  @Option(
      names = "--input",
      paramLabel = "NAME=VALUE",
      description = "An input of the prompt; parsed by its schema, else a string. May be repeated.")
  Map<String, String> inputs = Map.of();

  @Option(
      names = "--data",
      paramLabel = "FILE.json",
      description = "A JSON file {input, messages?, context?}.")
  @Nullable Path data;

  /// How to render a prompt that lies in a file.
  ///
  /// @throws ModelException if the data file or the user's settings cannot be used
  RenderOptions options(Workbench bench, Path path, PromptFile file) throws ModelException {
    Data read = data == null ? Data.NONE : read(data);
    Data given = read.with(Inputs.parse(file, inputs));
    if (!given.input().isEmpty()) {
      tellMisfits(bench.console(), file, given.input());
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>(rows(path, file));
    all.putAll(given.input());
    return RenderOptions.of(given.with(all))
        .patient()
        .withPartials(PromptSource.partials(path))
        .withReferences(bench.references(path.toAbsolutePath().getParent()));
  }

  /// Says which inputs do not fit the prompt's schema. It is rendered all the same: the reference
  /// implementations check nothing, and what they render must not depend on who renders it.
  private static void tellMisfits(
      Console console, PromptFile file, Map<String, ? extends @Nullable Object> given) {
    try {
      InputSchema schema = InputSchema.of(file, Map.of());
      if (schema != null) {
        schema.values(given).forEach(misfit -> console.note("warning: " + misfit.sentence()));
      }
    } catch (SchemaException e) {
      // Rendering reads the schema too, and says what is wrong with it.
      return;
    }
  }

  /// The examples that the prompt takes from a data file beside it.
  private static Map<String, @Nullable Object> rows(Path path, PromptFile file)
      throws ModelException {
    try {
      return DataExamples.input(file, PromptSource.rows(path));
    } catch (DataRows.UnreadableException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Data read(Path path) throws ModelException {
    try {
      return DataDocument.read(Json.plain(Json.parse(PromptSource.text(path))));
    } catch (JsonParseException e) {
      throw new ModelException(path + " is not a JSON document: correct it or leave it out.", e);
    } catch (IllegalArgumentException e) {
      throw new ModelException(path + " cannot be used as data: " + e.getMessage(), e);
    }
  }
}
