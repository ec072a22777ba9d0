package dev.promptls.model.tokens;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Finds the tokens that are recognised in text before anything else is done with it. The longest
/// go first, wherever they are; of one token the leftmost. Source: llama.cpp,
/// `tokenizer_st_partition`.
final class SpecialTokens {
  private static final Comparator<Special> LONGEST_FIRST =
      Comparator.comparingInt(Special::bytes).reversed().thenComparingInt(Special::id);

  private final Map<String, Special> byText = new HashMap<>();
  private final Map<Character, Set<Integer>> lengthsByFirst = new HashMap<>();

  /// @param id -1 for text
  record Fragment(int id, int start, int end) {
    static final int TEXT = -1;

    boolean isText() {
      return id == TEXT;
    }
  }

  private record Special(int id, String text, int bytes) {}

  void add(int id, String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    byText.put(text, new Special(id, text, bytes));
    lengthsByFirst.computeIfAbsent(text.charAt(0), c -> new TreeSet<>()).add(text.length());
  }

  /// The text cut at its special tokens, in order, without empty stretches of text.
  List<Fragment> split(String text) {
    List<Fragment> fragments =
        text.isEmpty() ? List.of() : List.of(new Fragment(Fragment.TEXT, 0, text.length()));
    for (Special special : present(text)) {
      List<Fragment> finer = new ArrayList<>();
      for (Fragment fragment : fragments) {
        if (fragment.isText()) {
          cut(text, fragment, special, finer);
        } else {
          finer.add(fragment);
        }
      }
      fragments = finer;
    }
    return fragments;
  }

  private static void cut(String text, Fragment fragment, Special special, List<Fragment> out) {
    int from = fragment.start();
    while (from < fragment.end()) {
      int at = text.indexOf(special.text(), from, fragment.end());
      int textEnd = at < 0 ? fragment.end() : at;
      if (from < textEnd) {
        out.add(new Fragment(Fragment.TEXT, from, textEnd));
      }
      if (at < 0) {
        return;
      }
      from = at + special.text().length();
      out.add(new Fragment(special.id(), at, from));
    }
  }

  /// Vocabularies have thousands of special tokens, texts a few of them.
  private List<Special> present(String text) {
    Set<Special> found = new HashSet<>();
    for (int i = 0; i < text.length(); i++) {
      for (int length : lengthsByFirst.getOrDefault(text.charAt(i), Set.of())) {
        if (i + length <= text.length()) {
          Special special = byText.get(text.substring(i, i + length));
          if (special != null) {
            found.add(special);
          }
        }
      }
    }
    return found.stream().sorted(LONGEST_FIRST).toList();
  }
}
