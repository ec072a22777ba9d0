package dev.promptls.prompt.shots;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Changes of a prompt's examples, as edits of its text. Each is tried before it is given: the
/// edited text is read again, and unless its examples are exactly those that were wanted, the
/// change is refused. All that is no example stays as it is.
public final class ShotEdits {
  private final PromptFile file;
  private final Shots shots;
  private final @Nullable ExampleWriter writer;

  private ShotEdits(PromptFile file, Shots shots) {
    this.file = file;
    this.shots = shots;
    this.writer = writer(file, shots);
  }

  public static ShotEdits of(PromptFile file) {
    return new ShotEdits(file, Shots.in(file));
  }

  /// For examples that were recognised already.
  public static ShotEdits of(PromptFile file, Shots shots) {
    return new ShotEdits(file, shots);
  }

  private static @Nullable ExampleWriter writer(PromptFile file, Shots shots) {
    Rows rows = shots.rows();
    if (rows != null) {
      return rows.examples().isEmpty() ? null : new RowsWriter(rows);
    }
    return switch (shots.layout()) {
      case BlocksLayout blocks -> new BlocksWriter(blocks);
      case CodedLayout coded -> new CodedWriter(coded);
      case MessagesLayout messages -> new MessagesWriter(messages);
      case LoopLayout loop ->
          new LoopWriter(loop.file(), loop.body(), loop.fields(), loop.mappings());
      case null -> EmptyLoop.writer(file);
    };
  }

  public Shape shape() {
    return shots.shape();
  }

  /// How many examples there are.
  public int count() {
    return shots.examples().size();
  }

  /// Whether examples can be added: there are some to go by, or a loop whose list is empty.
  public boolean takesExamples() {
    return writer != null;
  }

  /// What the examples say.
  public List<Row> rows() {
    return shots.examples().stream().map(Row::of).toList();
  }

  /// Adds an example in the shape of the others: their labels, separators, indentation, quotes.
  ///
  /// @param at the index that it gets, from 0 to [#count]
  public ShotEdit add(int at, Row row) {
    if (writer == null) {
      return noExamples();
    }
    if (!(writer instanceof LoopWriter) && row.holds("{{") && readsTags()) {
      return new ShotEdit.Refused(
          "The example holds {{, which the template would read as a tag; keep it in a list of the"
              + " front matter instead.");
    }
    try {
      List<Object> wanted = contents(writer, shots);
      wanted.add(at, writer.content(row));
      List<TextEdit> edits = writer.insert(at, row);
      Shots after = tried(edits, wanted);
      return after != null && says(after.examples().get(at), row)
          ? new ShotEdit.Change(edits)
          : new ShotEdit.Refused(
              "An example like this cannot be written here: read again, it would say something"
                  + " else.");
    } catch (UnwritableException e) {
      return refused(e);
    }
  }

  /// Whether the file's format has templates.
  private boolean readsTags() {
    LineIndex probe = LineIndex.of("{{a}}");
    return !PromptReader.read(file.name(), probe, file.format()).variables().isEmpty();
  }

  /// Adds an example for the author to fill in; what goes where stands in angle brackets.
  public ShotEdit addPlaceholder(int at) {
    if (writer instanceof LoopWriter loop) {
      return add(at, loop.placeholder());
    }
    if (writer instanceof RowsWriter rows) {
      return add(at, rows.placeholder(at));
    }
    if (shots.examples().isEmpty()) {
      return noExamples();
    }
    Example like = shots.examples().get(Math.clamp(at - 1L, 0, count() - 1));
    return add(at, Row.placeholders(Row.of(like), "answer"));
  }

  /// Takes one example away.
  public ShotEdit remove(int index) {
    return keep(IntStream.range(0, count()).filter(i -> i != index).boxed().toList());
  }

  /// Lets an example change places with those between, so that it has another index.
  public ShotEdit move(int from, int to) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, count()).boxed().toList());
    List<Integer> between = order.subList(Math.min(from, to), Math.max(from, to) + 1);
    Collections.rotate(between, from < to ? -1 : 1);
    return keep(order);
  }

  /// Orders the examples by chance; the same for the same seed.
  public ShotEdit shuffle(long seed) {
    List<Integer> now = IntStream.range(0, count()).boxed().toList();
    List<Integer> order = new ArrayList<>(now);
    Collections.shuffle(order, new Random(seed));
    if (order.equals(now)) {
      // Of few examples many shuffles leave all where they are.
      Collections.rotate(order, 1);
    }
    return keep(order);
  }

  /// Takes examples away until every answer occurs as often as the rarest one; the first of each
  /// stay, in their order.
  public ShotEdit balance() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Example example : shots.examples()) {
      counts.merge(example.output().strip(), 1, Integer::sum);
    }
    if (shots.examples().isEmpty()) {
      return noExamples();
    }
    if (counts.size() < 2 || counts.size() * 2 > count() + 1) {
      return new ShotEdit.Refused(
          counts.size() < 2
              ? "All examples have the same answer, so there is nothing to balance."
              : "The answers are not labels that repeat, so there is nothing to balance.");
    }
    int least = Collections.min(counts.values());
    Map<String, Integer> taken = new LinkedHashMap<>();
    List<Integer> kept = new ArrayList<>();
    for (Example example : shots.examples()) {
      if (taken.merge(example.output().strip(), 1, Integer::sum) <= least) {
        kept.add(example.index());
      }
    }
    return keep(kept);
  }

  /// Writes the examples in another shape.
  public ShotEdit convert(Shape shape) {
    try {
      return changed(file.text(), new Conversion(file, shots).to(shape));
    } catch (UnwritableException e) {
      return refused(e);
    }
  }

  /// An edit of a prompt with the text of a data file that goes with it.
  ///
  /// @param rows one JSON object a line; empty if refused
  public record Extracted(ShotEdit edit, String rows) {}

  /// Moves the examples into a data file, `{id, input, expected}` a line, that the prompt names
  /// instead.
  ///
  /// @param name of the data file, beside the prompt
  public Extracted extract(String name) {
    try {
      Extraction.Result result = Extraction.extract(file, shots, name);
      return new Extracted(changed(file.text(), result.prompt()), result.rows());
    } catch (UnwritableException e) {
      return new Extracted(refused(e), "");
    }
  }

  /// Writes the rows of a data file into the prompt, which no longer names the file then.
  ///
  /// @param rows as [DataRows#read] gives them
  public ShotEdit inline(List<? extends Map<String, ? extends @Nullable Object>> rows) {
    try {
      return changed(file.text(), Extraction.inline(file, rows));
    } catch (UnwritableException e) {
      return refused(e);
    }
  }

  /// The edit that makes one text of another and cuts no character in two.
  private static ShotEdit changed(String before, String after) {
    TextEdit edit = TextEdit.between(before, after);
    int start = edit.span().start();
    int end = edit.span().end();
    boolean low = start > 0 && Character.isHighSurrogate(before.charAt(start - 1));
    boolean high = end < before.length() && Character.isLowSurrogate(before.charAt(end));
    Span span = new Span(low ? start - 1 : start, high ? end + 1 : end);
    int tail = before.length() - span.end();
    String replacement = after.substring(span.start(), after.length() - tail);
    return new ShotEdit.Change(
        before.equals(after) ? List.of() : List.of(new TextEdit(span, replacement)));
  }

  /// Leaves some of the examples, in an order.
  ///
  /// @param order indices, none twice
  public ShotEdit keep(List<Integer> order) {
    if (writer == null || shots.examples().isEmpty()) {
      return noExamples();
    }
    Set<Integer> kept = new TreeSet<>(order);
    List<Integer> places = List.copyOf(kept);
    Set<Integer> removed = new HashSet<>(IntStream.range(0, count()).boxed().toList());
    removed.removeAll(kept);
    try {
      List<TextEdit> edits = new ArrayList<>();
      if (!removed.isEmpty()) {
        edits.addAll(writer.remove(removed));
      }
      List<List<Span>> spans = writer.places();
      for (int i = 0; i < places.size(); i++) {
        exchange(spans.get(places.get(i)), spans.get(order.get(i)), edits);
      }
      List<Object> contents = contents(writer, shots);
      List<Object> wanted = new ArrayList<>();
      order.forEach(index -> wanted.add(contents.get(index)));
      return tried(edits, wanted) != null
          ? new ShotEdit.Change(edits)
          : new ShotEdit.Refused(
              "The examples cannot be changed like this: read again, the prompt would have others"
                  + " than are meant.");
    } catch (UnwritableException e) {
      return refused(e);
    }
  }

  private void exchange(List<Span> places, List<Span> from, List<TextEdit> edits) {
    for (int i = 0; i < places.size(); i++) {
      if (!places.get(i).equals(from.get(i))) {
        edits.add(new TextEdit(places.get(i), from.get(i).of(file.text())));
      }
    }
  }

  /// The examples after some edits, if they are exactly those that are wanted; else null.
  private @Nullable Shots tried(List<TextEdit> edits, List<Object> wanted) {
    if (edits.isEmpty()) {
      return shots;
    }
    LineIndex text = LineIndex.of(Edits.apply(file.text(), edits));
    PromptFile edited = PromptReader.read(file.name(), text, file.format());
    Shots after = Shots.in(edited);
    ExampleWriter now = writer(edited, after);
    boolean sound = edited.problems().size() <= file.problems().size();
    List<Object> found = now == null ? List.of() : contents(now, after);
    // A single block without a question is no example any more: nothing repeats.
    boolean tooFew = wanted.size() <= 1 && found.isEmpty();
    return sound && (found.equals(wanted) || tooFew) ? after : null;
  }

  /// Whether an example that was read again says what was to be written.
  private static boolean says(Example example, Row row) {
    Row found = Row.of(example).normal();
    Row wanted = row.normal();
    String reasoning = wanted.reasoning() == null ? "" : wanted.reasoning();
    return found.output().equals(wanted.output())
        && (found.reasoning() == null ? "" : found.reasoning()).equals(reasoning);
  }

  private static List<Object> contents(ExampleWriter writer, Shots shots) {
    List<Object> contents = new ArrayList<>();
    for (Example example : shots.examples()) {
      contents.add(writer.content(example.index()));
    }
    return contents;
  }

  private static ShotEdit noExamples() {
    return new ShotEdit.Refused("This prompt has no examples to go by; write the first by hand.");
  }

  private static ShotEdit refused(UnwritableException e) {
    return new ShotEdit.Refused(String.valueOf(e.getMessage()));
  }
}
