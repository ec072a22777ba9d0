package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds questions that several examples ask.
final class Repeated {
  private Repeated() {}

  /// The examples that ask the same as others; a list for each question, in their order.
  static List<List<Example>> in(List<Example> examples) {
    Map<Object, Example> firsts = HashMap.newHashMap(examples.size());
    Map<Integer, List<Example>> groups = new LinkedHashMap<>();
    for (Example example : examples) {
      Example first =
          example.inputs().isEmpty() ? null : firsts.putIfAbsent(question(example), example);
      if (first != null) {
        groups.computeIfAbsent(first.index(), i -> new ArrayList<>(List.of(first))).add(example);
      }
    }
    return List.copyOf(groups.values());
  }

  /// What an example asks, as something to compare by.
  private static Object question(Example example) {
    return example.inputs().size() == 1
        ? example.inputs().values().iterator().next()
        : example.inputs();
  }
}
