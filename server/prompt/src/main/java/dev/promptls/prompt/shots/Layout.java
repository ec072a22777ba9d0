package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one prompt writes its examples, and how to render it with others. To add a shape: write one,
/// and name it in [Shots].
sealed interface Layout permits LoopLayout, MessagesLayout, BlocksLayout, CodedLayout {
  Shape shape();

  List<Example> examples();

  /// The parts of the examples, and the labels of the question, as far as they reach into a stretch
  /// of the file.
  List<ExamplePart> parts(Span region);

  /// Between two examples; empty where messages part them.
  String separator();

  /// Where an answer ends; empty where the end of the message ends it.
  List<String> stop();

  /// The prompt with some of its examples.
  ///
  /// @param shown indices in order
  /// @param asked the example put in the place of the query; null to leave the query as it is
  RenderResult render(List<Integer> shown, @Nullable Example asked, RenderOptions options);
}
