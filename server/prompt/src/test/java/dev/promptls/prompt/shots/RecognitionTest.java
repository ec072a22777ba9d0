package dev.promptls.prompt.shots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.promptls.prompt.RecognisedTexts;
import dev.promptls.prompt.RecognisedTexts.Case;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is taken for an example: the texts of `recognised.txt`, which tells how it is written.
class RecognitionTest {
  static List<Case> cases() {
    return RecognisedTexts.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isRecognised(Case one) {
    PromptFile file = PromptReader.read(one.name(), one.text());
    Shots shots = Shots.in(file);
    List<String> found = new ArrayList<>();
    shots.examples().forEach(example -> found.add(line(example)));
    Blocks blocks =
        switch (shots.layout()) {
          case BlocksLayout layout -> layout.blocks();
          case CodedLayout coded -> coded.said().blocks();
          case null, default -> null;
        };
    if (blocks != null && blocks.query() != null) {
      found.add("?");
    }
    assertEquals(one.expected(), found.isEmpty() ? List.of("none") : found);
  }

  private static String line(Example example) {
    List<String> inputs = new ArrayList<>();
    example.inputs().forEach((label, value) -> inputs.add(label + ": " + plain(value)));
    String thought = example.reasoning();
    String reasoning = thought == null ? "" : "[" + plain(thought) + "] ";
    return String.join(" | ", inputs) + " => " + reasoning + plain(example.output());
  }

  private static String plain(String value) {
    return value.replace("\r\n", "\n").replace("\n", "\\n");
  }
}
