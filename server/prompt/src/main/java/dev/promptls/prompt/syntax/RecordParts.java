package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was found in the records of a file so far.
final class RecordParts {
  /// More than so many problems help nobody.
  static final int MAX_PROBLEMS = 1000;

  /// More messages than this, of a few tokens each, fit no model's window.
  private static final int MAX_MESSAGES = 100_000;

  final List<MessageNode> messages = new ArrayList<>();
  final List<Link> links = new ArrayList<>();
  final List<Problem> problems = new ArrayList<>();

  private final String text;
  private int row;
  private int messagesOfRow;
  private boolean broken;

  /// @param firstRow of the record that comes first
  RecordParts(String text, int firstRow) {
    this.text = text;
    this.row = firstRow - 1;
  }

  /// What follows belongs to the next record.
  ///
  /// @param problem why it is no JSON, null if it is; then what it lacks is no news
  void nextRow(@Nullable Problem problem) {
    row++;
    messagesOfRow = 0;
    broken = problem != null;
    if (problem != null) {
      add(problem);
    }
  }

  void problem(String code, Span span, String message) {
    if (!broken) {
      add(YamlReader.error(code, span, message));
    }
  }

  /// The file holds something else: what its records lack is nobody's business.
  void keepOnlyBrokenRecords() {
    problems.removeIf(problem -> !problem.code().equals("invalid-json"));
  }

  private void add(Problem problem) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(problem);
    } else if (problems.size() == MAX_PROBLEMS) {
      String message =
          "More than " + MAX_PROBLEMS + " records have mistakes; the rest is not told.";
      problems.add(YamlReader.error("too-many-problems", problem.span(), message));
    }
  }

  /// Adds a message.
  ///
  /// @param roleSpan of the role's name, with quotes or without; null if none is written
  void message(String role, @Nullable Span roleSpan, Span span, Span content, Decoded coding) {
    messagesOfRow++;
    if (messagesOfRow == MAX_MESSAGES + 1) {
      String message = "This record has more than " + MAX_MESSAGES + " messages; split it.";
      problem("record-too-long", span, message);
    }
    if (messagesOfRow > MAX_MESSAGES) {
      return;
    }
    messages.add(new MessageNode(role, roleSpan, span, content, coding, row));
  }

  /// Adds a message that one string says.
  void message(String role, @Nullable Span roleSpan, Span span, YamlNode.Scalar said) {
    Decoded coding =
        messagesOfRow < MAX_MESSAGES ? ScalarCoding.of(text, said) : Decoded.opaque("", 0);
    message(role, roleSpan, span, said.span(), coding);
  }

  /// A string's span without its quotes.
  static Span inside(YamlNode.Scalar string) {
    Span span = string.span();
    boolean quoted = !string.plain() && span.length() >= 2;
    return quoted ? new Span(span.start() + 1, span.end() - 1) : span;
  }

  /// Several strings as one text with something between them.
  ///
  /// @param strings in source order
  /// @param within holds all of them
  Decoded join(List<YamlNode.Scalar> strings, String between, Span within) {
    Decoded.Builder pieces = new Decoded.Builder();
    StringBuilder joined = new StringBuilder();
    int end = 0;
    for (YamlNode.Scalar string : strings) {
      int move = string.span().start() - within.start();
      if (!joined.isEmpty()) {
        joined.append(between);
        pieces.add(between.length(), end, move);
      }
      Decoded coding = ScalarCoding.of(text, string);
      joined.append(coding.text());
      pieces.addAll(coding, move);
      end = string.span().end() - within.start();
    }
    return pieces.build(joined.toString());
  }
}
