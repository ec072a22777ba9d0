package dev.promptls.prompt.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.syntax.Severity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is told of the reference's own samples, and that nothing is told of good prompts.
class SamplesCheckTest {
  static Stream<Fixtures> gallery() {
    return Fixtures.gallery().stream();
  }

  static Stream<Fixtures> samples() {
    return Fixtures.resources("/dotprompt/samples").stream();
  }

  @ParameterizedTest
  @MethodSource("gallery")
  void theGalleryGivesNoFindings(Fixtures fixture) {
    assertEquals(List.of(), Checks.check(PromptReader.read(fixture.name(), fixture.text())));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatCannotBeRenderedHasAnError(Fixtures fixture) {
    PromptFile file = PromptReader.read(fixture.name(), fixture.text());
    RenderOptions options = RenderOptions.DEFAULT.withPartials(partial -> "a partial");
    boolean fails = Renderer.render(file, options).failed();
    List<Finding> errors =
        Checks.check(file).stream().filter(f -> f.severity() == Severity.ERROR).toList();
    assertTrue(!fails || !errors.isEmpty(), "It fails, and nothing says so");
    boolean named = fixture.name().contains("error-");
    assertTrue(!named || !errors.isEmpty(), "Its name says that it has an error");
  }

  @Test
  void samplesShowWhatTheirNamesSay() {
    assertEquals(List.of("8: invalid-yaml"), found("error-invalid-yaml"));
    assertEquals(List.of("24: stray-braces"), found("error-unbalanced-brace"));
    assertEquals(
        List.of("11: unbalanced-block", "11: undefined-variable"), found("error-unclosed-block"));
    assertEquals(List.of("24: unbalanced-block"), found("error-unmatched-closing-block"));
    assertEquals(
        List.of("11: undefined-variable", "12: undefined-variable"),
        found("warning-undefined-variable"));
    assertEquals(List.of("8: unused-input", "9: unused-input"), found("warning-unused-variable"));
    assertEquals(List.of("11: silent-loss", "16: silent-loss"), found("valid-customer-support"));
    assertEquals(List.of(), found("editor/01-basic"));
    assertEquals(List.of(), found("editor/04-tools"));
    assertEquals(List.of(), found("editor/11-multilingual-unicode"));
  }

  private static List<String> found(String name) {
    Fixtures fixture =
        samples().filter(each -> each.name().contains(name)).findFirst().orElseThrow();
    PromptFile file = PromptReader.read(fixture.name(), fixture.text());
    return Checks.check(file).stream()
        .map(f -> (file.lines().line(f.span().start()) + 1) + ": " + f.code())
        .toList();
  }
}
