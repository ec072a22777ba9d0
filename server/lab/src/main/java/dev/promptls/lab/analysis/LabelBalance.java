package dev.promptls.lab.analysis;

import com.google.gson.JsonObject;
import dev.promptls.prompt.shots.Example;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How often each answer stands in the examples of a prompt: models favour the frequent one and the
/// last one (Zhao et al. 2021, "Calibrate Before Use").
///
/// @param counts by answer, in the order of the examples
/// @param last the answer of the last example; empty if there are none
public record LabelBalance(Map<String, Integer> counts, String last) {
  private static final int SHOWN = 5;
  private static final int SHOWN_CHARS = 40;

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
          "summary", "%d examples: %s; %s comes last.".formatted(n, told(), brief(last)));
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

  /// The most frequent answers: `positive 3, negative 1`.
  private String told() {
    String most =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(SHOWN)
            .map(each -> brief(each.getKey()) + " " + each.getValue())
            .collect(Collectors.joining(", "));
    int more = counts.size() - SHOWN;
    return more > 0 ? "%s and %d more".formatted(most, more) : most;
  }

  private static String brief(String answer) {
    String line = answer.replaceAll("\\s+", " ");
    return line.length() > SHOWN_CHARS ? line.substring(0, SHOWN_CHARS) + "…" : line;
  }
}
