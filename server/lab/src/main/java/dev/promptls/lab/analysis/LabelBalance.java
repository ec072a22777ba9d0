package dev.promptls.lab.analysis;

import com.google.gson.JsonObject;
import dev.promptls.prompt.shots.Example;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How often each answer stands in the examples of a prompt: models favour the frequent one and the
/// last one (Zhao et al. 2021, "Calibrate Before Use").
///
/// @param counts by answer, in the order of the examples
/// @param last the answer of the last example; empty if there are none
public record LabelBalance(Map<String, Integer> counts, String last) {
  /// Counts the answers, trimmed.
  public static LabelBalance of(List<Example> examples) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    examples.forEach(example -> counts.merge(example.output().strip(), 1, Integer::sum));
    return new LabelBalance(counts, examples.isEmpty() ? "" : examples.getLast().output().strip());
  }

  private int examples() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// `{summary, n, counts: {answer: number}, majority?: {label, share}, last?}`
  public JsonObject json() {
    JsonObject json = new JsonObject();
    int n = examples();
    JsonObject numbers = new JsonObject();
    counts.forEach(numbers::addProperty);
    if (n == 0) {
      json.addProperty("summary", "The prompt has no examples.");
    } else {
      Map.Entry<String, Integer> most =
          counts.entrySet().stream()
              .max(Comparator.comparingInt(Map.Entry::getValue))
              .orElseThrow();
      json.addProperty(
          "summary",
          "%d examples with %d different answers; the most frequent, %s, stands %d times, and %s comes last."
              .formatted(n, counts.size(), most.getKey(), most.getValue(), last));
      JsonObject majority = new JsonObject();
      majority.addProperty("label", most.getKey());
      majority.addProperty("share", (double) most.getValue() / n);
      json.add("majority", majority);
      json.addProperty("last", last);
    }
    json.addProperty("n", n);
    json.add("counts", numbers);
    return json;
  }
}
