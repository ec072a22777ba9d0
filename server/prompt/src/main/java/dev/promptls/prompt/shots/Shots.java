package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.PromptFile;
import java.util.List;

/// The examples of a prompt.
///
/// @param separator between two examples; empty for messages
/// @param stop where an answer ends; empty if the message ends it
public record Shots(Shape shape, List<Example> examples, String separator, List<String> stop) {
  private static final Shots NONE = new Shots(Shape.NONE, List.of(), "", List.of());

  public Shots {
    examples = List.copyOf(examples);
    stop = List.copyOf(stop);
  }

  /// Recognises the examples of a file.
  public static Shots in(PromptFile file) {
    return NONE;
  }

  /// What to send to have the model answer one example.
  ///
  /// @param options for what the examples do not say
  public static Question ask(PromptFile file, int index, AskMode mode, RenderOptions options) {
    Shots shots = in(file);
    Example example = shots.examples().get(index);
    return new Question(example, Renderer.render(file, options), example.output(), shots.stop(), 0);
  }

  /// The prompt with its first `count` examples only.
  public static RenderResult limited(PromptFile file, int count, RenderOptions options) {
    return Renderer.render(file, options);
  }

  /// The answer in what a model said: what follows the reasoning, if the examples reason.
  public String answer(String said) {
    return said.strip();
  }
}
