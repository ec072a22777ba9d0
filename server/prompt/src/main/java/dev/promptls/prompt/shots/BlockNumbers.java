package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The numbers in the labels of blocks that count themselves: `Q1:`, `Q2:`.
///
/// @param places of each block the numbers of its labels, the query's last; empty if they do not
///   count
/// @param first what the first block counts as
record BlockNumbers(String text, List<Block> blocks, List<List<Span>> places, int first) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,8}");

  static BlockNumbers of(String text, Blocks found) {
    List<Block> blocks = new ArrayList<>(found.examples());
    Block query = found.query();
    if (query != null) {
      blocks.add(query);
    }
    List<List<Span>> places = new ArrayList<>();
    int first = -1;
    for (int i = 0; i < blocks.size(); i++) {
      List<Span> numbers = numbers(text, blocks.get(i));
      for (Span number : numbers) {
        int value = Integer.parseInt(number.of(text));
        first = first < 0 ? value : first;
        if (value != first + i) {
          return none(text, blocks);
        }
      }
      if (numbers.isEmpty()) {
        return none(text, blocks);
      }
      places.add(numbers);
    }
    return blocks.size() < 2 ? none(text, blocks) : new BlockNumbers(text, blocks, places, first);
  }

  private static BlockNumbers none(String text, List<Block> blocks) {
    return new BlockNumbers(text, blocks, List.of(), 0);
  }

  private static List<Span> numbers(String text, Block block) {
    List<Span> numbers = new ArrayList<>();
    for (int i = 0; i < block.fields().size(); i++) {
      Span opening = block.opening(i);
      Matcher matcher = NUMBER.matcher(text).region(opening.start(), opening.end());
      if (matcher.find()) {
        numbers.add(new Span(matcher.start(), matcher.end()));
      }
    }
    return numbers;
  }

  /// The heads of a block as they would be at another place.
  List<String> head(int block, int as) {
    List<String> heads = new ArrayList<>();
    for (int i = 0; i < blocks.get(block).fields().size(); i++) {
      String head = blocks.get(block).opening(i).of(text);
      heads.add(
          places.isEmpty()
              ? head
              : NUMBER.matcher(head).replaceFirst(Integer.toString(first + as)));
    }
    return heads;
  }

  /// Counts on after some blocks are gone.
  List<TextEdit> without(Set<Integer> removed) {
    List<TextEdit> edits = new ArrayList<>();
    int number = first;
    for (int i = 0; i < places.size(); i++) {
      if (!removed.contains(i)) {
        count(i, number++, edits);
      }
    }
    return edits;
  }

  /// Makes room for a new block.
  List<TextEdit> withOneAt(int at) {
    List<TextEdit> edits = new ArrayList<>();
    for (int i = at; i < places.size(); i++) {
      count(i, first + i + 1, edits);
    }
    return edits;
  }

  private void count(int block, int number, List<TextEdit> edits) {
    for (Span place : places.get(block)) {
      String digits = Integer.toString(number);
      if (!digits.equals(place.of(text))) {
        edits.add(new TextEdit(place, digits));
      }
    }
  }
}
