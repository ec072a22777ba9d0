package dev.promptls.prompt.shots;

import java.util.List;
import java.util.Set;

/// What the fields of an example are for.
///
/// @param inputs what is asked
/// @param reasoning what leads to the answer; may be empty
/// @param answer at least one
record LoopFields(List<String> inputs, List<String> reasoning, List<String> answer) {

  /// Sorts fields, given in the order of their use: what follows the last one that the query gives
  /// is the answer; without such, the last one is.
  static LoopFields of(List<String> fields, Set<String> query) {
    int asked = fields.size();
    while (asked > 0 && !query.contains(fields.get(asked - 1))) {
      asked--;
    }
    boolean told = asked > 0 && asked < fields.size();
    int from = told ? asked : firstReasoning(fields);
    List<String> said = fields.subList(from, fields.size());
    int reasons = 0;
    while (reasons < said.size() - 1 && Reasoning.isLabel(said.get(reasons))) {
      reasons++;
    }
    return new LoopFields(
        List.copyOf(fields.subList(0, from)),
        List.copyOf(said.subList(0, reasons)),
        List.copyOf(said.subList(reasons, said.size())));
  }

  /// Where the answer begins if the query does not tell: at the reasoning before the last field.
  private static int firstReasoning(List<String> fields) {
    int from = fields.size() - 1;
    while (from > 1 && Reasoning.isLabel(fields.get(from - 1))) {
      from--;
    }
    return from;
  }
}
