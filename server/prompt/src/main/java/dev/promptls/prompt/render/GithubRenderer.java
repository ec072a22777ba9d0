package dev.promptls.prompt.render;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.Placeholders;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Renders GitHub Models prompts as `gh models run` does (github/gh-models, `pkg/prompt`): the
/// exact text `{{name}}` gives way to the value of that name, everything else stays. The test data
/// takes no part. Values are put in once, from left to right; the reference goes through its
/// variables in no order, so that a value which holds `{{other}}` may or may not be filled in
/// there.
final class GithubRenderer implements FormatRenderer {
  @Override
  public boolean renders(Format format) {
    return format == Format.GITHUB;
  }

  /// All keys but `messages`, as YAML reads them.
  @Override
  public Map<String, @Nullable Object> metadata(
      PromptFile file, RenderOptions options, Consumer<Problem> problems) {
    file.problems().stream().filter(p -> p.severity() == Severity.ERROR).forEach(problems);
    Map<String, @Nullable Object> metadata = Metadata.copy(file.metadata());
    metadata.remove("messages");
    metadata.putAll(options.options());
    return metadata;
  }

  @Override
  public List<Message> messages(
      PromptFile file,
      RenderOptions options,
      Map<String, ? extends @Nullable Object> metadata,
      Consumer<Problem> problems) {
    Map<String, ? extends @Nullable Object> input = options.data().input();
    long left = options.fuel().outputChars();
    List<Message> messages = new ArrayList<>();
    for (MessageNode node : file.messages()) {
      SaidText text = new SaidText(node, file.text());
      fill(text, node, input, left);
      left -= text.length();
      if (left < 0) {
        String message =
            "The messages grow longer than " + options.fuel().outputChars() + " characters.";
        problems.accept(new Problem("template-failed", node.span(), Severity.ERROR, message));
        return List.of();
      }
      messages.add(new Message(node.role(), List.of(text.part()), null));
    }
    return messages;
  }

  /// Stops a little after the text is too long.
  private static void fill(
      SaidText text,
      MessageNode node,
      Map<String, ? extends @Nullable Object> input,
      long longest) {
    int done = 0;
    for (Span name : Placeholders.names(text.said(), input.keySet())) {
      String key = name.of(text.said());
      if (input.containsKey(key) && text.length() <= longest) {
        Span braces = new Span(name.start() - 2, name.end() + 2);
        Object value = input.get(key);
        text.copy(done, braces.start());
        text.replace(braces, value instanceof String string ? string : GoText.of(value), node);
        done = braces.end();
      }
    }
    text.copy(done, text.said().length());
  }
}
