package dev.promptls.prompt.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.Part;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Fixes are safe: none breaks a file that could be rendered, and those that promise it leave what
/// is sent as it is.
class FixesTest {
  private static final RenderOptions OPTIONS =
      RenderOptions.DEFAULT.withPartials(partial -> "a partial");

  static Stream<Fixtures> fixtures() {
    return Fixtures.all().stream();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void fixesKeepTheirPromises(Fixtures fixture) {
    check(fixture.name(), fixture.text());
    // Broken variants of the file, which have more to fix.
    Random random = new Random(fixture.name().hashCode());
    for (int i = 0; i < 60; i++) {
      check(fixture.name(), broken(random, fixture.text()));
    }
  }

  private static String broken(Random random, String text) {
    String result = text;
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(result.length() + 1);
      int end = Math.min(result.length(), at + random.nextInt(2));
      List<String> pieces = List.of("", "x", "{{nam}}", " ", "{{/if}}", "{{#if a}}", "e");
      TextEdit edit = new TextEdit(new Span(at, end), pieces.get(random.nextInt(pieces.size())));
      result = Edits.apply(result, List.of(edit));
    }
    return result;
  }

  private static void check(String name, String text) {
    PromptFile file = PromptReader.read(name, text);
    List<Finding> findings = Checks.check(file);
    for (Finding finding : findings) {
      for (Fix fix : finding.fixes()) {
        compare(file, fix.edits(), fix.keepsRendering(), finding.code() + ": " + fix.title());
      }
    }
    for (Finding finding : findings) {
      Silence.of(file, finding).ifPresent(fix -> silence(file, finding, fix));
    }
    compare(file, Fixes.all(findings, true), true, "all that keep the rendering");
    compare(file, Fixes.all(findings, false), false, "all");
  }

  private static void silence(PromptFile file, Finding finding, Fix fix) {
    compare(file, fix.edits(), fix.keepsRendering(), fix.title());
    if (Checks.rule(finding.code()) instanceof ReportedRule) {
      return;
    }
    String silenced = Edits.apply(file.text(), fix.edits());
    LineIndex lines = LineIndex.of(silenced);
    int line = file.lines().line(finding.span().start()) + 1;
    List<Finding> left = Checks.check(PromptReader.read(file.name(), lines, file.format()));
    assertTrue(
        left.stream()
            .noneMatch(
                f -> f.code().equals(finding.code()) && lines.line(f.span().start()) == line),
        () -> finding + " stays in\n" + silenced);
  }

  private static void compare(PromptFile file, List<TextEdit> edits, boolean keeps, String what) {
    RenderResult before = Renderer.render(file, OPTIONS);
    String fixed = Edits.apply(file.text(), edits);
    PromptFile after = PromptReader.read(file.name(), LineIndex.of(fixed), file.format());
    RenderResult now = Renderer.render(after, OPTIONS);
    String where = what + " in\n" + file.text() + "\ngives\n" + fixed;
    if (!before.failed()) {
      // A key that means something again may hold a schema that was never read before.
      Set<String> known = before.problems().stream().map(Problem::code).collect(Collectors.toSet());
      known.add("invalid-schema");
      boolean schema = now.problems().stream().allMatch(p -> known.contains(p.code()));
      assertTrue(schema && !(keeps && now.failed()), () -> now.problems() + " after " + where);
      assertTrue(after.problems().size() <= file.problems().size(), where);
    }
    if (keeps && !before.failed()) {
      assertEquals(said(before), said(now), where);
    }
  }

  private static List<String> said(RenderResult result) {
    List<String> said = new ArrayList<>();
    for (Message message : result.messages()) {
      StringBuilder text = new StringBuilder(message.role()).append(": ");
      for (Part part : message.content()) {
        text.append(part instanceof Part.Text words ? words.text() : part.toString());
      }
      said.add(text.toString());
    }
    return said;
  }

  @Test
  void fixesThatTouchEachOtherAreNotAppliedTogether() {
    Finding one = finding(0, 3).fixKeepingRendering("a", new TextEdit(new Span(0, 3), "x"));
    Finding two = finding(3, 5).fixKeepingRendering("b", new TextEdit(new Span(3, 5), "y"));
    Finding three = finding(6, 7).fixChangingRendering("c", new TextEdit(new Span(6, 7), "z"));
    List<Finding> findings = List.of(one, two, three);
    assertEquals(one.fixes().getFirst().edits(), Fixes.all(findings, true));
    assertEquals(2, Fixes.all(findings, false).size());
  }

  private static Finding finding(int start, int end) {
    return new UnknownKey().finding(new Span(start, end), "A sentence.");
  }
}
