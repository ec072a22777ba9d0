package dev.promptls.lab.run;

import dev.promptls.lab.ModelTokens;
import dev.promptls.lab.run.CountResult.ExampleCount;
import dev.promptls.lab.run.CountResult.FileCount;
import dev.promptls.lab.run.CountResult.MessageCount;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.PromptFile;
import java.util.List;

/// Counts the tokens of prompts.
public final class PromptTokens {
  private PromptTokens() {}

  /// The tokens of one prompt: of all that would be sent, of each message's content alone, and of
  /// each example's own text. They need not sum.
  ///
  /// @param path as the result shall name it
  /// @throws ModelException if the chat template refuses the messages
  public static FileCount count(
      String path, PromptFile file, RenderResult rendered, ModelTokens tokens)
      throws ModelException {
    List<MessageCount> messages =
        rendered.messages().stream()
            .map(message -> new MessageCount(message.role(), tokens.count(message.text())))
            .toList();
    List<ExampleCount> examples =
        Shots.in(file).examples().stream()
            .map(example -> new ExampleCount(example.index(), tokens.count(example.text())))
            .toList();
    int whole =
        rendered.messages().isEmpty() && !rendered.failed()
            ? 0
            : tokens.count(Conversation.of(rendered));
    return new FileCount(path, whole, messages, examples);
  }
}
