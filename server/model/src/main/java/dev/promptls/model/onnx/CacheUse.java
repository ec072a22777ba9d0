package dev.promptls.model.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Notes where a graph reads its cache, to tell whether past and present may be one buffer.
final class CacheUse {
  private static final Operators.Name SHARING =
      new Operators.Name(GraphBuilder.MICROSOFT, "GroupQueryAttention");

  /// Of [#SHARING]: past key and value among the inputs, present key and value among the outputs.
  private static final int[][] PAIRS = {{3, 1}, {4, 2}};

  private final Set<String> shared = new HashSet<>();
  private final Set<String> others = new HashSet<>();

  void note(Operators.Name operator, int depth, List<String> taken, List<String> given) {
    for (int i = 0; i < taken.size(); i++) {
      String name = taken.get(i);
      if (name.startsWith(KvCache.PAST)) {
        boolean sharing = depth == 0 && operator.equals(SHARING) && givesBack(name, i, given);
        boolean first = sharing && shared.add(name);
        if (!first) {
          others.add(name);
        }
      }
    }
  }

  private static boolean givesBack(String past, int input, List<String> given) {
    String present = KvCache.PRESENT + past.substring(KvCache.PAST.length());
    for (int[] pair : PAIRS) {
      if (pair[0] == input) {
        return pair[1] < given.size() && given.get(pair[1]).equals(present);
      }
    }
    return false;
  }

  boolean isShared(List<GraphFacts.Port> inputs) {
    return others.isEmpty()
        && !shared.isEmpty()
        && inputs.stream()
            .map(GraphFacts.Port::name)
            .filter(name -> name.startsWith(KvCache.PAST))
            .allMatch(shared::contains);
  }
}
