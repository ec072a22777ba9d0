package dev.promptls.prompt.render;

import dev.promptls.prompt.syntax.EditorVariables;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Renders VS Code's Markdown files: the body as it stands, but for the variables that have a
/// value, in the data's `input`, or for what the editor knows in its `context`.
final class MarkdownRenderer implements FormatRenderer {
  @Override
  public boolean renders(Format format) {
    return format == Format.MARKDOWN;
  }

  @Override
  public List<Message> messages(
      PromptFile file,
      RenderOptions options,
      Map<String, ? extends @Nullable Object> metadata,
      Consumer<Problem> problems) {
    if (file.messages().isEmpty()) {
      return List.of();
    }
    MessageNode node = file.messages().getFirst();
    SaidText text = new SaidText(node, file.text());
    int base = node.content().start();
    int limit = Math.toIntExact(options.fuel().outputChars());
    int done = 0;
    for (EditorVariables.Variable variable : EditorVariables.find(file.text(), node.content())) {
      String value = value(variable, options.data(), limit);
      if (value != null && text.length() <= limit) {
        Span place = variable.span().shift(-base);
        text.copy(done, place.start());
        text.replace(place, value, node);
        done = place.end();
      }
    }
    text.copy(done, text.said().length());
    if (text.length() > limit) {
      String message = "The message grows longer than " + limit + " characters.";
      problems.accept(new Problem("template-failed", node.span(), Severity.ERROR, message));
      return List.of();
    }
    return List.of(new Message(node.role(), List.of(text.part()), null));
  }

  /// Null if there is none, so that the variable stays as it is.
  private static @Nullable String value(EditorVariables.Variable variable, Data data, int limit) {
    String name = variable.name();
    Object value = data.input().get(name);
    if (value == null && !variable.input()) {
      value = data.context().get(name);
    }
    return value == null || value instanceof String
        ? (String) value
        : JsonPrinter.print(value, "", limit);
  }
}
