package dev.promptls.prompt.render;

import dev.promptls.prompt.schema.SchemaException;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.template.TemplateException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Renders the files of one format, or of a few. To add a format: write one, and name it in
/// [Renderer].
interface FormatRenderer {
  boolean renders(Format format);

  /// The front matter as the format's reference loads it; as YAML reads it where that is the same.
  ///
  /// @param problems takes what else keeps the file from being loaded
  /// @throws SchemaException if a schema in it cannot be read
  default Map<String, @Nullable Object> metadata(
      PromptFile file, RenderOptions options, Consumer<Problem> problems) throws SchemaException {
    Map<String, @Nullable Object> metadata = Metadata.copy(file.metadata());
    metadata.putAll(options.options());
    return metadata;
  }

  /// What would be sent.
  ///
  /// @param metadata what [#metadata] gave
  /// @param problems takes what else keeps the file from being rendered
  /// @throws TemplateException if the template is wrong or fails, with offsets in `file.template()`
  List<Message> messages(
      PromptFile file,
      RenderOptions options,
      Map<String, ? extends @Nullable Object> metadata,
      Consumer<Problem> problems)
      throws TemplateException, SchemaException;
}
