package dev.promptls.prompt.shots;

import dev.promptls.prompt.syntax.JsonRecords;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// Writes records of training data as the records that are there: each is a copy of one that has
/// the same messages, which say something else.
final class RowsWriter implements ExampleWriter {
  private final Rows rows;
  private final String text;

  /// Of all records of the file, also of those that are no examples.
  private final List<Span> records;

  RowsWriter(Rows rows) {
    this.rows = rows;
    this.text = rows.file().text();
    this.records = JsonRecords.spans(text);
  }

  /// The record of an example.
  private int record(int example) {
    return rows.turn(example).getFirst().row();
  }

  private int count() {
    return rows.examples().size();
  }

  @Override
  public List<List<Span>> places() {
    List<List<Span>> places = new ArrayList<>();
    for (int i = 0; i < count(); i++) {
      places.add(List.of(records.get(record(i))));
    }
    return places;
  }

  @Override
  public List<TextEdit> remove(Set<Integer> indices) {
    Set<Integer> gone = new HashSet<>();
    indices.forEach(index -> gone.add(record(index)));
    List<TextEdit> edits = new ArrayList<>();
    for (int from = 0; from < records.size(); from++) {
      int to = from;
      while (gone.contains(to)) {
        to++;
      }
      if (to > from) {
        edits.add(new TextEdit(removed(from, to), ""));
        from = to;
      }
    }
    return edits;
  }

  /// Some records with what parts them from the next, or else from the one before.
  private Span removed(int from, int to) {
    int start = records.get(from).start();
    if (to < records.size()) {
      return new Span(start, records.get(to).start());
    }
    return new Span(from > 0 ? records.get(from - 1).end() : start, records.get(to - 1).end());
  }

  @Override
  public List<TextEdit> insert(int at, Row row) throws UnwritableException {
    Row wanted = content(row);
    String written = written(like(at, wanted), wanted);
    if (at < count()) {
      int next = record(at);
      int gap = Math.max(0, next - 1);
      return List.of(new TextEdit(Span.at(records.get(next).start()), written + between(gap)));
    }
    int last = record(count() - 1);
    int gap = Math.min(last, records.size() - 2);
    return List.of(new TextEdit(Span.at(records.get(last).end()), between(gap) + written));
  }

  /// What parts a record from the next.
  private String between(int record) {
    return text.substring(records.get(record).end(), records.get(record + 1).start());
  }

  /// An example whose record can be copied for another: the next one before, else the first.
  private int like(int at, Row wanted) throws UnwritableException {
    for (int i = Math.min(at, count()) - 1; i >= 0; i--) {
      if (fits(i, wanted)) {
        return i;
      }
    }
    for (int i = at; i < count(); i++) {
      if (fits(i, wanted)) {
        return i;
      }
    }
    throw new UnwritableException(
        "No record of this file has just the messages of "
            + String.join(", ", wanted.inputs().keySet())
            + " and an answer; write the example by hand.");
  }

  private boolean fits(int example, Row wanted) {
    List<MessageNode> turn = rows.turn(example);
    Set<String> roles = new HashSet<>();
    for (MessageNode message : turn.subList(0, turn.size() - 1)) {
      if (!Quoted.is(message, text) || !roles.add(message.role())) {
        return false;
      }
    }
    return Quoted.is(turn.getLast(), text) && roles.equals(wanted.inputs().keySet());
  }

  private String written(int like, Row wanted) {
    Span record = records.get(record(like));
    List<MessageNode> turn = rows.turn(like);
    List<TextEdit> edits = new ArrayList<>();
    for (MessageNode message : turn.subList(0, turn.size() - 1)) {
      edits.add(saying(wanted.inputs().getOrDefault(message.role(), ""), message, record));
    }
    edits.add(saying(Reasoning.joined(wanted, null), turn.getLast(), record));
    return Edits.apply(record.of(text), edits);
  }

  private TextEdit saying(String said, MessageNode message, Span record) {
    return new TextEdit(message.content().shift(-record.start()), Quoted.text(rows.file(), said));
  }

  /// An example for the author to fill in, which says what the system says in the others.
  Row placeholder(int at) {
    Row like = Row.of(rows.examples().get(Math.clamp(at - 1L, 0, count() - 1)));
    Row row = Row.placeholders(like, "answer");
    SequencedMap<String, String> inputs = new LinkedHashMap<>(row.inputs());
    inputs.computeIfPresent("system", (role, _) -> like.inputs().getOrDefault(role, ""));
    return new Row(inputs, row.output(), row.reasoning());
  }

  @Override
  public Row content(int index) {
    return Row.of(rows.examples().get(index)).normal();
  }

  /// What a row says by roles. The system says what it says in the first example, unless the row
  /// tells.
  @Override
  public Row content(Row given) throws UnwritableException {
    Row row = given.normal();
    SequencedMap<String, String> inputs = new LinkedHashMap<>(row.inputs());
    if (!inputs.containsKey("user")) {
      String only = row.input("user", true);
      if (only == null) {
        throw new UnwritableException(
            "An example written as a record needs what the user says, under the name user.");
      }
      inputs = new LinkedHashMap<>();
      inputs.put("user", only);
    }
    String system = content(0).inputs().get("system");
    if (system != null) {
      inputs.putIfAbsent("system", system);
    }
    return new Row(inputs, row.output(), row.reasoning());
  }
}
