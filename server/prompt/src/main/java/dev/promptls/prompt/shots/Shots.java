package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The examples of a prompt: what they are, and what to send to have the model answer one.
public final class Shots {
  private final PromptFile file;
  private final @Nullable Layout layout;

  /// Of all the text; null where other shapes were found before these were asked for.
  private final @Nullable Labels labels;

  /// Null unless the file holds many conversations.
  private final @Nullable Rows rows;

  private Shots(PromptFile file, @Nullable Layout layout, @Nullable Labels labels) {
    this(file, layout, labels, null);
  }

  private Shots(
      PromptFile file, @Nullable Layout layout, @Nullable Labels labels, @Nullable Rows rows) {
    this.file = file;
    this.layout = layout;
    this.labels = labels;
    this.rows = rows;
  }

  /// Recognises the examples of a file.
  public static Shots in(PromptFile file) {
    Rows rows = Rows.find(file);
    if (rows != null) {
      return new Shots(file, null, null, rows);
    }
    Layout layout = LoopLayout.find(file);
    if (layout == null && EmptyLoop.writer(file) != null) {
      return new Shots(file, null, null);
    }
    if (layout == null) {
      layout = MessagesLayout.find(file);
    }
    if (layout != null) {
      return new Shots(file, layout, null);
    }
    Labels labels = Labels.of(file.lines());
    return new Shots(file, orCoded(BlocksLayout.find(file, labels), file), labels);
  }

  /// Recognises the examples of a file after an edit: equal to what [#in] gives for it, made from
  /// the examples before the edit where that is cheaper.
  public static Shots after(Shots before, TextEdit edit, PromptFile file) {
    Rows rows = Rows.follow(before.rows, edit, file);
    if (rows != null) {
      return new Shots(file, null, null, rows);
    }
    Layout known = before.layout;
    LoopLayout loop = known instanceof LoopLayout found ? found : null;
    Layout layout = LoopLayout.follow(loop, edit, file);
    if (layout == null && EmptyLoop.writer(file) != null) {
      return new Shots(file, null, null);
    }
    if (layout == null) {
      MessagesLayout turns = known instanceof MessagesLayout messages ? messages : null;
      layout = MessagesLayout.follow(turns, edit, file);
    }
    if (layout != null) {
      return new Shots(file, layout, null);
    }
    Labels labels =
        before.labels == null
            ? Labels.of(file.lines())
            : before.labels.after(edit, before.file.lines(), file.lines());
    BlocksLayout blocks = known instanceof BlocksLayout found ? found : null;
    return new Shots(file, orCoded(BlocksLayout.follow(blocks, edit, file, labels), file), labels);
  }

  private static @Nullable Layout orCoded(@Nullable BlocksLayout blocks, PromptFile file) {
    return blocks == null ? CodedLayout.find(file) : blocks;
  }

  @Nullable Layout layout() {
    return layout;
  }

  @Nullable Rows rows() {
    return rows;
  }

  public Shape shape() {
    boolean turns = rows != null && !rows.examples().isEmpty();
    return layout != null ? layout.shape() : turns ? Shape.MESSAGES : Shape.NONE;
  }

  /// In source order; empty if there are none.
  public List<Example> examples() {
    if (rows != null) {
      return rows.examples();
    }
    return layout == null ? List.of() : layout.examples();
  }

  /// What begins like the examples around it and lacks an answer or a label, in source order.
  public List<Unfinished> unfinished() {
    LabelledBlocks.Found found = layout instanceof BlocksLayout blocks ? blocks.labelled() : null;
    return found == null ? List.of() : found.unfinished();
  }

  /// Labels, reasoning and answers of the examples, and the labels of the question, as far as they
  /// reach into a stretch of the file.
  public List<ExamplePart> parts(Span region) {
    if (rows != null) {
      return rows.parts(region);
    }
    return layout == null ? List.of() : layout.parts(region);
  }

  /// What stands between two examples; empty where messages part them.
  public String separator() {
    return layout == null ? "" : layout.separator();
  }

  /// Where an answer ends; empty where the end of the message ends it.
  public List<String> stop() {
    return layout == null ? List.of() : layout.stop();
  }

  /// Whether the examples reason before they answer (chain of thought).
  public boolean reasoned() {
    return examples().stream().anyMatch(Example::hasReasoning);
  }

  /// What to send to have the model answer one example.
  ///
  /// @param options for what the examples do not say
  /// @throws IndexOutOfBoundsException if there is no such example
  public Question ask(int index, AskMode mode, RenderOptions options) {
    Example asked = examples().get(index);
    List<Integer> shown =
        switch (mode) {
          case LEAVE_ONE_OUT ->
              IntStream.range(0, examples().size()).filter(i -> i != index).boxed().toList();
          case PROGRESSIVE -> IntStream.range(0, index).boxed().toList();
          case ALONE -> List.of();
        };
    return ask(asked, shown, options);
  }

  /// What to send to have the model answer one example after some others.
  ///
  /// @param shown the indices of the others, in order
  public Question ask(Example asked, List<Integer> shown, RenderOptions options) {
    if (rows != null) {
      RenderResult rendered = rows.render(shown, asked);
      return new Question(asked, rendered, asked.output(), List.of(), shown.size());
    }
    if (layout == null) {
      throw new IndexOutOfBoundsException("There is no example in " + file.name());
    }
    RenderResult rendered = layout.render(shown, asked, options);
    return new Question(asked, rendered, asked.output(), layout.stop(), shown.size());
  }

  /// The prompt with its first `count` examples only.
  public RenderResult limited(int count, RenderOptions options) {
    if (rows != null && count < examples().size()) {
      return rows.render(IntStream.range(0, Math.max(0, count)).boxed().toList(), null);
    }
    if (layout == null || count >= examples().size()) {
      return Renderer.render(file, options);
    }
    return layout.render(IntStream.range(0, Math.max(0, count)).boxed().toList(), null, options);
  }

  /// The answer in what a model said, trimmed: what follows the reasoning, if the examples reason.
  public String answer(String said) {
    if (!reasoned()) {
      return said.strip();
    }
    return Reasoning.split(said, new Span(0, said.length())).answer().of(said);
  }

  /// As [#ask(int, AskMode, RenderOptions)], for a single example of a file.
  public static Question ask(PromptFile file, int index, AskMode mode, RenderOptions options) {
    return in(file).ask(index, mode, options);
  }

  /// As [#limited(int, RenderOptions)], for a file.
  public static RenderResult limited(PromptFile file, int count, RenderOptions options) {
    return in(file).limited(count, options);
  }
}
