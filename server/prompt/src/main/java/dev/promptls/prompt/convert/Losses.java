package dev.promptls.prompt.convert;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Collects what is lost, each thing once.
final class Losses {
  private final List<Loss> losses = new ArrayList<>();
  private final Set<String> told = new HashSet<>();

  /// @param why the rest of the sentence that begins with `what`
  void add(String what, Span where, String why) {
    if (told.add(what + '\n' + why)) {
      String sentence = Character.toUpperCase(what.charAt(0)) + what.substring(1) + " " + why + ".";
      losses.add(new Loss(what, where, sentence));
    }
  }

  List<Loss> inOrder() {
    losses.sort(Comparator.comparing(Loss::where));
    return List.copyOf(losses);
  }
}
