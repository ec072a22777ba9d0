package dev.promptls.prompt.shots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConversionTest {
  static Stream<String> prompts() {
    return Stream.of(
        ShotTexts.LOOP,
        ShotTexts.FLOW,
        ShotTexts.SCALARS,
        ShotTexts.MESSAGES,
        ShotTexts.IMPLIED,
        ShotTexts.BLOCKS,
        ShotTexts.REASONED,
        ShotTexts.REASONED_MESSAGES);
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void everyShapeKeepsWhatTheExamplesSay(String text) {
    ShotEdits before = edits(text);
    for (Shape shape : List.of(Shape.LOOP, Shape.MESSAGES, Shape.BLOCKS)) {
      if (before.shape() != shape) {
        String after = apply(text, before.convert(shape));
        assertEquals(shape, edits(after).shape());
        assertEquals(outputs(text), outputs(after));
        assertEquals(before.rows().size(), edits(after).rows().size());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void aLoopSaysTheSameAsWhatItWasMadeOf(String text) {
    if (edits(text).shape() != Shape.LOOP) {
      String loop = apply(text, edits(text).convert(Shape.LOOP));
      assertEquals(messages(text), messages(loop));
      String back = apply(loop, edits(loop).convert(edits(text).shape()));
      assertEquals(messages(text), messages(back));
    }
  }

  @Test
  void aLoopRendersToTheLetterWhatItWasMadeOf() {
    String text = ShotTexts.REASONED_MESSAGES.strip();
    String loop = apply(text, edits(text).convert(Shape.LOOP));
    assertEquals(rendered(text), rendered(loop));
    assertEquals(rendered(text), rendered(apply(loop, edits(loop).convert(Shape.MESSAGES))));
  }

  @Test
  void messagesBecomeALoopAsTheGalleryWritesIt() {
    assertEquals(
        """
        ---
        model: x
        input:
          default:
            examples:
              - review: I loved it.
                output: positive
              - review: I hated it.
                output: negative
              - review: I would go again.
                output: positive
        ---
        {{role "system"~}}
        Classify.
        {{~#each examples}}
        {{~role "user"~}}
        {{review}}
        {{~role "model"~}}
        {{output}}
        {{~/each}}
        {{~role "user"~}}
        {{review}}
        """,
        apply(ShotTexts.MESSAGES, edits(ShotTexts.MESSAGES).convert(Shape.LOOP)));
  }

  @Test
  void blocksBecomeMessages() {
    assertEquals(
        """
        {{role "system"~}}
        Answer.
        {{~role "user"~}}
        What is the capital of France?
        {{~role "model"~}}
        Paris
        {{~role "user"~}}
        How many legs does a spider have?
        {{~role "model"~}}
        eight
        {{~role "user"~}}
        Who wrote Hamlet?
        {{~role "model"~}}
        Shakespeare
        {{~role "user"~}}
        {{question}}
        """,
        apply(ShotTexts.BLOCKS, edits(ShotTexts.BLOCKS).convert(Shape.MESSAGES)));
  }

  @Test
  void whatOnlyAListCanHoldStaysInIt() {
    String text = ShotTexts.LOOP.replace("great film", "\"a {{tag}} here\"");
    assertInstanceOf(ShotEdit.Refused.class, edits(text).convert(Shape.BLOCKS));
  }

  @Test
  void theSameShapeIsRefusedInASentence() {
    for (Shape shape : Shape.values()) {
      assertInstanceOf(ShotEdit.Refused.class, edits("Hello {{name}}\n").convert(shape));
    }
    assertInstanceOf(ShotEdit.Refused.class, edits(ShotTexts.BLOCKS).convert(Shape.BLOCKS));
  }

  private static List<String> outputs(String text) {
    return edits(text).rows().stream().map(row -> row.output() + "|" + row.reasoning()).toList();
  }

  private static List<List<String>> messages(String text) {
    PromptFile file = PromptReader.read("a.prompt", text);
    List<Message> messages = Renderer.render(file, RenderOptions.DEFAULT).messages();
    return messages.stream().map(m -> List.of(m.role(), m.text().strip())).toList();
  }

  private static Object rendered(String text) {
    PromptFile file = PromptReader.read("a.prompt", text);
    return Renderer.render(file, RenderOptions.DEFAULT).messages().stream()
        .map(message -> List.of(message.role(), message.text()))
        .toList();
  }

  private static ShotEdits edits(String text) {
    return ShotEdits.of(PromptReader.read("a.prompt", text));
  }

  private static String apply(String text, ShotEdit edit) {
    return switch (edit) {
      case ShotEdit.Change change -> Edits.apply(text, change.edits());
      case ShotEdit.Refused(String sentence) -> throw new AssertionError(sentence);
    };
  }
}
