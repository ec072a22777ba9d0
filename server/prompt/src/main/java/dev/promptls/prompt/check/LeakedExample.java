package dev.promptls.prompt.check;

import dev.promptls.prompt.check.Surroundings.TestRow;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An example that is also a row of the test data: the model is asked what it was just told, and
/// the score says nothing.
final class LeakedExample implements FileRule {
  @Override
  public String code() {
    return "leaked-example";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "An example that is also a row of the test data.";
  }

  @Override
  public boolean asksSurroundings() {
    return true;
  }

  @Override
  public List<Finding> check(Subject subject) {
    if (subject.examples().isEmpty()) {
      return List.of();
    }
    List<TestRow> rows = new ArrayList<>(subject.surroundings().testRows());
    rows.addAll(own(subject.file().at("testData")));
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<String, List<TestRow>> byValue = new HashMap<>();
    for (TestRow row : rows) {
      for (Object value : row.input().values()) {
        if (value != null) {
          byValue.computeIfAbsent(plain(value), _ -> new ArrayList<>(1)).add(row);
        }
      }
    }
    List<Finding> findings = new ArrayList<>();
    for (Example example : subject.examples()) {
      TestRow row = row(example, byValue);
      if (row != null) {
        String message =
            "This example is also test data (%s), so that the test only asks what was told; use another."
                .formatted(Names.shown(row.where()));
        findings.add(finding(example.range(), message));
      }
    }
    return findings;
  }

  /// The row that holds all inputs of an example; null if there is none.
  private static @Nullable TestRow row(Example example, Map<String, List<TestRow>> byValue) {
    if (example.inputs().isEmpty()) {
      return null;
    }
    String first = example.inputs().values().iterator().next();
    for (TestRow row : byValue.getOrDefault(plain(first), List.of())) {
      List<String> values =
          row.input().values().stream().filter(v -> v != null).map(LeakedExample::plain).toList();
      if (example.inputs().values().stream().allMatch(value -> values.contains(plain(value)))) {
        return row;
      }
    }
    return null;
  }

  private static String plain(Object value) {
    return String.valueOf(value).strip();
  }

  /// Rows in the file itself, as GitHub Models has them.
  private static List<TestRow> own(@Nullable YamlNode testData) {
    List<TestRow> rows = new ArrayList<>();
    if (testData instanceof YamlNode.Sequence list) {
      for (YamlNode item : list.items()) {
        if (item instanceof YamlNode.Mapping mapping) {
          Map<String, @Nullable Object> input = new HashMap<>(mapping.value());
          input.remove("expected");
          rows.add(new TestRow("row " + (rows.size() + 1) + " of testData", input));
        }
      }
    }
    return rows;
  }
}
