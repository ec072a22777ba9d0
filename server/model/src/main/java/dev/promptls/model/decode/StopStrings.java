package dev.promptls.model.decode;

import java.util.List;

/// Cuts a growing text at the first stop string, wherever the borders of its pieces are.
final class StopStrings {
  private final List<String> stops;
  private final StringBuilder held = new StringBuilder();
  private boolean stopped;

  StopStrings(List<String> stops) {
    this.stops = stops.stream().filter(stop -> !stop.isEmpty()).toList();
  }

  boolean stopped() {
    return stopped;
  }

  /// Takes more text and gives what certainly comes before any stop string.
  String add(String text) {
    held.append(text);
    int cut = firstStop();
    if (cut >= 0) {
      stopped = true;
      String before = held.substring(0, cut);
      held.setLength(0);
      return before;
    }
    int safe = held.length() - openPrefix();
    String before = held.substring(0, safe);
    held.delete(0, safe);
    return before;
  }

  /// What was held back, when no more text comes.
  String flush() {
    String rest = held.toString();
    held.setLength(0);
    return rest;
  }

  private int firstStop() {
    int first = -1;
    for (String stop : stops) {
      int at = held.indexOf(stop);
      if (at >= 0 && (first < 0 || at < first)) {
        first = at;
      }
    }
    return first;
  }

  /// The length of the longest end of the text that a stop string may begin with.
  private int openPrefix() {
    int longest = 0;
    for (String stop : stops) {
      for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
        if (stop.startsWith(held.substring(held.length() - length))) {
          longest = length;
        }
      }
    }
    return longest;
  }
}
