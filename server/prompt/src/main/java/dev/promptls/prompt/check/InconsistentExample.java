package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Shape;
import dev.promptls.prompt.shots.Unfinished;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An example that is written otherwise than its siblings: another label, another separator, a
/// block of which a part is missing. Models follow the form of examples as much as their content
/// (Sclar et al. 2024, "Quantifying Language Models' Sensitivity to Spurious Features").
final class InconsistentExample implements FileRule {
  private static final int MIN_SIBLINGS = 3;

  @Override
  public String code() {
    return "inconsistent-example";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "An example that is written otherwise than its siblings.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Example> examples = subject.examples();
    if (examples.isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    if (examples.getFirst().shape() == Shape.BLOCKS) {
      if (examples.size() >= MIN_SIBLINGS) {
        frames(subject, findings);
        separators(subject, findings);
      }
      strays(subject, findings);
    } else if (examples.size() >= MIN_SIBLINGS && examples.getFirst().shape() == Shape.LOOP) {
      fields(examples, findings);
    }
    return findings;
  }

  /// Labels that differ from those of most examples.
  private void frames(Subject subject, List<Finding> findings) {
    List<ExampleFacts> facts = subject.facts();
    Map<String, Integer> counts = new HashMap<>();
    facts.forEach(each -> counts.merge(each.frame(), 1, Integer::sum));
    String usual = usual(counts, facts.size());
    if (usual == null || counts.size() == 1 || counts.containsKey("")) {
      return;
    }
    Example model = null;
    for (int i = 0; i < facts.size() && model == null; i++) {
      model = facts.get(i).frame().equals(usual) ? subject.examples().get(i) : null;
    }
    for (int i = 0; i < facts.size(); i++) {
      if (!facts.get(i).frame().equals(usual) && model != null) {
        findings.add(frame(subject.examples().get(i), model, subject.text()));
      }
    }
  }

  private Finding frame(Example example, Example model, String text) {
    List<Span> pieces = ExampleFacts.pieces(example, text);
    List<Span> usual = ExampleFacts.pieces(model, text);
    String message =
        "This example is written otherwise than most; give it the same labels and spaces as example %d."
            .formatted(model.index() + 1);
    Finding finding =
        finding(different(pieces, usual, text, example.range()), message)
            .related(model.range(), "Most examples are written like this.");
    if (pieces.size() != usual.size()) {
      return finding;
    }
    List<TextEdit> edits = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      String wanted = usual.get(i).of(text);
      if (!pieces.get(i).of(text).equals(wanted) && wanted.chars().noneMatch(Character::isDigit)) {
        edits.add(new TextEdit(pieces.get(i), wanted));
      }
    }
    return edits.isEmpty()
        ? finding
        : finding.fix(new Fix("Write it like the others", edits, false));
  }

  /// The first part that differs.
  private static Span different(List<Span> pieces, List<Span> usual, String text, Span whole) {
    for (int i = 0; i < Math.min(pieces.size(), usual.size()); i++) {
      if (!pieces.get(i).of(text).equals(usual.get(i).of(text)) && !pieces.get(i).isEmpty()) {
        return pieces.get(i);
      }
    }
    return whole;
  }

  /// Blank and ruled lines between two examples that differ from those between most.
  private void separators(Subject subject, List<Finding> findings) {
    List<Example> examples = subject.examples();
    Map<String, Integer> counts = new HashMap<>();
    String[] gaps = new String[examples.size()];
    int total = 0;
    for (int i = 1; i < gaps.length; i++) {
      String gap = gap(subject.text(), examples.get(i - 1), examples.get(i));
      gaps[i] = gap;
      if (gap != null) {
        counts.merge(gap, 1, Integer::sum);
        total++;
      }
    }
    String usual = usual(counts, total);
    if (usual == null || counts.size() == 1) {
      return;
    }
    for (int i = 1; i < gaps.length; i++) {
      if (gaps[i] != null && !gaps[i].equals(usual)) {
        int from = examples.get(i - 1).range().end();
        int to = examples.get(i).range().start();
        Span gap = new Span(from, to);
        String message =
            "What parts example %d from the one before differs from the others; separate all in the same way."
                .formatted(i + 1);
        findings.add(
            finding(gap.isEmpty() ? examples.get(i).range() : gap, message)
                .fixChangingRendering("Separate it like the others", new TextEdit(gap, usual)));
      }
    }
  }

  /// What parts two examples; null if text stands between them.
  private static @Nullable String gap(String text, Example one, Example other) {
    int start = one.range().end();
    int end = other.range().start();
    if (start > end || end - start > 200) {
      return null;
    }
    for (int i = start; i < end; i++) {
      if (Character.isLetterOrDigit(text.charAt(i))) {
        return null;
      }
    }
    return text.substring(start, end);
  }

  /// What begins like an example and is none: a label is missing or misspelt.
  private void strays(Subject subject, List<Finding> findings) {
    for (Unfinished block : subject.shots().unfinished()) {
      if (!block.labelled()) {
        String message =
            "This begins like an example but lacks a label of the others; correct the label or complete it.";
        findings.add(
            finding(block.range(), message)
                .related(
                    subject.examples().getFirst().range(), "The others are written like this."));
      }
    }
  }

  /// Fields that most items have and this one lacks.
  private void fields(List<Example> examples, List<Finding> findings) {
    Map<Set<String>, Integer> counts = new HashMap<>();
    examples.forEach(example -> counts.merge(example.inputs().keySet(), 1, Integer::sum));
    Set<String> usual = null;
    for (Map.Entry<Set<String>, Integer> each : counts.entrySet()) {
      usual = 3 * each.getValue() >= 2 * examples.size() ? each.getKey() : usual;
    }
    if (usual == null || counts.size() == 1) {
      return;
    }
    for (Example example : examples) {
      for (String name : usual) {
        if (!example.inputs().containsKey(name)) {
          String message =
              "This example has no %s as the others do; add it.".formatted(Names.shown(name));
          findings.add(finding(example.range(), message));
        }
      }
    }
  }

  /// What at least two thirds have; null if nothing is that frequent.
  private static @Nullable String usual(Map<String, Integer> counts, int total) {
    for (Map.Entry<String, Integer> each : counts.entrySet()) {
      if (3 * each.getValue() >= 2 * total && total >= MIN_SIBLINGS - 1) {
        return each.getKey();
      }
    }
    return null;
  }
}
