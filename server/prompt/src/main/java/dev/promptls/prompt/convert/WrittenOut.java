package dev.promptls.prompt.convert;

import dev.promptls.prompt.convert.PlainValues.Round;
import dev.promptls.prompt.render.JsonPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Templates written out with the defaults of their inputs, for formats without blocks. What is
/// left are texts, plain variables where the format has them, and what begins messages.
final class WrittenOut {
  private static final int MAX_JSON = 1 << 20;

  /// Most pieces that loops may grow to.
  private static final int MAX_PIECES = 100_000;

  private final PlainValues values;
  private final boolean variables;
  private final String format;
  private final Losses losses;
  private final List<Piece> out = new ArrayList<>();

  private WrittenOut(PlainValues values, boolean variables, String format, Losses losses) {
    this.values = values;
    this.variables = variables;
    this.format = format;
    this.losses = losses;
  }

  /// @param defaults of the inputs
  /// @param variables whether the format has plain variables
  /// @param format its name, for sentences
  static List<Piece> of(
      List<Piece> pieces,
      Map<String, ? extends @Nullable Object> defaults,
      boolean variables,
      String format,
      Losses losses) {
    WrittenOut writer = new WrittenOut(new PlainValues(defaults), variables, format, losses);
    pieces.forEach(writer::write);
    return writer.out;
  }

  private void write(Piece piece) {
    if (out.size() > MAX_PIECES) {
      return;
    }
    switch (piece) {
      case Piece.If condition -> decide(condition);
      case Piece.Each each -> repeat(each);
      case Piece.Value value -> print(value);
      case Piece.Json json -> {
        Object value = values.of(json.term());
        losses.add(
            "the JSON of " + Term.shown(json.term()),
            json.where(),
            "is written out with its default: " + format + " has no helpers");
        String text =
            PlainValues.isKnown(value)
                ? JsonPrinter.print(value, " ".repeat(json.indent()), MAX_JSON)
                : null;
        out.add(new Piece.Text(text == null ? "" : text));
      }
      default -> out.add(piece);
    }
  }

  private void decide(Piece.If condition) {
    boolean holds = PlainValues.truthy(values.of(condition.test()));
    losses.add(
        "the condition on " + Term.shown(condition.test()),
        condition.where(),
        "is decided once, by the defaults: " + format + " has no conditions");
    (holds ? condition.then() : condition.otherwise()).forEach(this::write);
  }

  private void repeat(Piece.Each each) {
    Object list = values.of(each.list());
    losses.add(
        "the loop over " + Term.shown(each.list()),
        each.where(),
        "is written out with the defaults: " + format + " has no loops");
    List<Round> rounds = rounds(list);
    for (Round round : rounds) {
      values.enter(round);
      each.body().forEach(this::write);
      values.leave();
    }
    if (rounds.isEmpty()) {
      each.otherwise().forEach(this::write);
    }
  }

  private static List<Round> rounds(@Nullable Object list) {
    List<Round> rounds = new ArrayList<>();
    if (list instanceof List<?> items) {
      for (Object item : items) {
        rounds.add(new Round(item, rounds.size(), items.size(), null));
      }
    } else if (list instanceof Map<?, ?> map) {
      map.forEach((key, item) ->
          rounds.add(new Round(item, rounds.size(), map.size(), String.valueOf(key))));
    }
    return rounds;
  }

  private void print(Piece.Value printed) {
    boolean input = printed.term() instanceof Term.Ref(int level, var path) && level == 0;
    boolean plain = input && ((Term.Ref) printed.term()).path().size() == 1;
    if (plain && variables) {
      out.add(printed);
      return;
    }
    Object value = values.of(printed.term());
    if (!ofLoop(printed.term())) {
      String name = Term.shown(printed.term());
      losses.add(
          (plain ? "the variable " : "the value ") + name,
          printed.where(),
          (PlainValues.isKnown(value)
                  ? "is filled in with its default: "
                  : "has no default and stays as its name: ")
              + format
              + (variables ? " has plain names only" : " has no variables"));
      value = PlainValues.isKnown(value) ? value : "{{" + name + "}}";
    }
    out.add(new Piece.Text(PlainValues.printed(value)));
  }

  /// Whether the loss of a loop covers this value.
  private static boolean ofLoop(Term term) {
    return term instanceof Term.Literal
        || term instanceof Term.Loop
        || (term instanceof Term.Ref ref && ref.level() > 0);
  }
}
