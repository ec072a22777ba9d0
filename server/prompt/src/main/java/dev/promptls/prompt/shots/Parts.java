package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.IntList;
import dev.promptls.prompt.text.Span;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The labels of a message that name parts of examples. Left out are those in blocks of code, and
/// titles: labels that never have anything behind them but another label, `## Example 2` or `Now
/// you:`. A title belongs to the label behind it, unless it stands over all examples.
///
/// @param titles their names
/// @param fences lines that open or close blocks of code
record Parts(Set<String> titles, int fences) {
  private static final Pattern FENCE = Pattern.compile("^[ \\t]*(?:```|~~~)", Pattern.MULTILINE);

  static Parts of(String text, Span region, Labels labels) {
    Set<String> titles = new HashSet<>();
    for (int i = 0; i + 1 < labels.size(); i++) {
      if (isTitle(text, labels, i)) {
        titles.add(labels.name(i));
      }
    }
    for (int i = 0; i < labels.size() && !titles.isEmpty(); i++) {
      if (!isTitle(text, labels, i)) {
        titles.remove(labels.name(i));
      }
    }
    return new Parts(Set.copyOf(titles), fences(text, region).size());
  }

  private static boolean isTitle(String text, Labels labels, int label) {
    if (label + 1 >= labels.size()) {
      return false;
    }
    int next = labels.start(label + 1);
    for (int at = labels.end(label); at < next; at++) {
      if (!Character.isWhitespace(text.charAt(at))) {
        return false;
      }
    }
    return true;
  }

  private static IntList fences(String text, Span region) {
    IntList fences = new IntList();
    boolean any =
        text.indexOf("```", region.start(), region.end()) >= 0
            || text.indexOf("~~~", region.start(), region.end()) >= 0;
    Matcher fence = FENCE.matcher(text).region(region.start(), region.end());
    while (any && fence.find()) {
      fences.add(fence.start());
    }
    return fences;
  }

  /// The labels that are left, with their titles.
  Labels in(String text, Span region, Labels labels) {
    if (titles.isEmpty() && fences == 0) {
      return labels;
    }
    int[] bounds = fences(text, region).toArray();
    IntList chosen = new IntList();
    IntList leads = new IntList();
    Set<String> seen = new HashSet<>();
    Set<String> repeated = repeated(labels);
    int title = -1;
    int passed = 0;
    for (int i = 0; i < labels.size(); i++) {
      while (passed < bounds.length && bounds[passed] < labels.start(i)) {
        passed++;
      }
      boolean code = passed % 2 == 1 && passed < bounds.length;
      if (code) {
        continue;
      }
      String name = labels.name(i);
      if (titles.contains(name)) {
        title = i;
        continue;
      }
      boolean first = seen.add(name);
      boolean own = title >= 0 && (!first || repeated.contains(labels.name(title)));
      chosen.add(i);
      leads.add(own ? title : i);
      title = -1;
    }
    return labels.chosen(chosen.toArray(), leads.toArray());
  }

  /// Titles that stand more than once.
  private Set<String> repeated(Labels labels) {
    Set<String> once = new HashSet<>();
    Set<String> repeated = new HashSet<>();
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      if (titles.contains(name) && !once.add(name)) {
        repeated.add(name);
      }
    }
    return repeated;
  }
}
