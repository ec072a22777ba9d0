package dev.promptls.prompt.check;

import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Many fixes at once.
public final class Fixes {
  private Fixes() {}

  /// The edits of the first fix of each finding, as far as they do not get into each other's way;
  /// those left out can be had by checking again. A fix is taken whole or not at all.
  ///
  /// @param findings of one text, the most important first
  /// @param keepRendering whether only fixes are taken that leave what is sent as it is
  public static List<TextEdit> all(Collection<Finding> findings, boolean keepRendering) {
    NavigableMap<Integer, Span> taken = new TreeMap<>();
    List<TextEdit> edits = new ArrayList<>();
    for (Finding finding : findings) {
      for (Fix fix : finding.fixes()) {
        if (fix.keepsRendering() || !keepRendering) {
          if (fix.edits().stream().allMatch(edit -> isFree(taken, edit.span()))) {
            fix.edits().forEach(edit -> taken.put(edit.span().start(), edit.span()));
            edits.addAll(fix.edits());
          }
          break;
        }
      }
    }
    edits.sort((a, b) -> a.span().compareTo(b.span()));
    return List.copyOf(edits);
  }

  /// Whether a span touches none of the others.
  private static boolean isFree(NavigableMap<Integer, Span> taken, Span span) {
    var before = taken.floorEntry(span.end());
    return before == null || before.getValue().end() < span.start();
  }
}
