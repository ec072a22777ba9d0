package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answers of examples that sort things into a few classes.
///
/// @param counts how often each answer is given, in the order of their first use
record Labels(Map<String, Integer> counts) {
  private static final int MAX_LABELS = 12;
  private static final int MAX_LENGTH = 30;
  private static final int MAX_WORDS = 3;

  /// The labels of some examples; null if their answers are no labels: long, or hardly ever the
  /// same.
  static @Nullable Labels of(List<Example> examples) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Example example : examples) {
      String answer = example.output();
      if (answer.isBlank() || answer.length() > MAX_LENGTH) {
        return null;
      }
      counts.merge(answer, 1, Integer::sum);
      if (counts.size() > MAX_LABELS) {
        return null;
      }
    }
    boolean repeated = counts.size() >= 2 && examples.size() >= 2 * counts.size();
    boolean brief =
        counts.keySet().stream().allMatch(answer -> answer.split("\\s+", -1).length <= MAX_WORDS);
    return repeated && brief ? new Labels(counts) : null;
  }

  /// The label that is given most often.
  Map.Entry<String, Integer> most() {
    return Collections.max(counts.entrySet(), Map.Entry.comparingByValue());
  }

  /// The label that is given least often.
  Map.Entry<String, Integer> least() {
    return Collections.min(counts.entrySet(), Map.Entry.comparingByValue());
  }
}
