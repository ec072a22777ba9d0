package dev.promptls.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Figures, for people as a table in Markdown and for programs as JSON.
///
/// @param notes what a reader has to know to judge them
record Report(String measurement, Machine machine, List<Row> rows, List<String> notes) {
  Report(String measurement, List<Row> rows, List<String> notes) {
    this(measurement, Machine.current(), List.copyOf(rows), List.copyOf(notes));
  }

  /// What was measured and its figures, whose names tell their units.
  record Row(String of, Map<String, Double> figures) {
    Row(String of) {
      this(of, new LinkedHashMap<>());
    }

    Row with(String name, double figure) {
      figures.put(name, figure);
      return this;
    }
  }

  String table() {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.figures().keySet()));
    List<String> lines = new ArrayList<>();
    lines.add("%s, %s, %s".formatted(measurement, machine.date(), machine.kind()));
    lines.add("");
    lines.add(columns.stream().collect(Collectors.joining(" | ", "| | ", " |")));
    lines.add("|---|" + "---:|".repeat(columns.size()));
    for (Row row : rows) {
      lines.add(
          columns.stream()
              .map(column -> cell(row.figures().get(column)))
              .collect(Collectors.joining(" | ", "| " + row.of() + " | ", " |")));
    }
    notes.forEach(note -> lines.add("\n" + note));
    return String.join("\n", lines);
  }

  /// Three digits that count, or all that stand before the point.
  private static String cell(@Nullable Double figure) {
    if (figure == null) {
      return "";
    }
    double size = Math.abs(figure);
    boolean whole = size >= 100 || figure == Math.rint(figure);
    return String.format(
        Locale.ROOT, whole ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3g", figure);
  }
}
