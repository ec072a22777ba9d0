package dev.promptls.prompt.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.snakeyaml.engine.v2.tokens.Token;

/// The collections that are open at a place of a YAML text, and the columns they move to.
final class YamlLevels {
  /// How much deeper each level is.
  private static final int STEP = 2;

  private final List<Level> open = new ArrayList<>();
  private int flows;

  private enum Kind {
    MAPPING,
    SEQUENCE,
    /// A list whose dashes stand below the key that it is the value of.
    SEQUENCE_BELOW_KEY
  }

  /// @param was the column of its keys or dashes
  /// @param is the column they get
  private record Level(Kind kind, int was, int is) {
    int shift() {
      return is - was;
    }
  }

  boolean inFlow() {
    return flows > 0;
  }

  /// Whether only the outermost collection is open, and stays where it is.
  boolean atMargin() {
    return flows == 0 && open.size() == 1 && open.getFirst().is() == open.getFirst().was();
  }

  /// How far what belongs to the innermost level moves to the right.
  int shift() {
    return open.isEmpty() ? 0 : open.getLast().shift();
  }

  /// Where a value or a collection begins that has a line of its own.
  int inner() {
    return open.isEmpty() ? 0 : open.getLast().is() + STEP;
  }

  /// Where the keys or dashes of the innermost level stand.
  int column() {
    return open.isEmpty() ? 0 : open.getLast().is();
  }

  void begin(boolean mapping, int was, int is) {
    open.add(new Level(mapping ? Kind.MAPPING : Kind.SEQUENCE, was, is));
  }

  void end() {
    leaveDashes();
    if (!open.isEmpty()) {
      open.removeLast();
    }
  }

  /// A bracket or a brace was met, or something else.
  void flow(Token.ID kind) {
    switch (kind) {
      case FlowSequenceStart, FlowMappingStart -> flows++;
      case FlowSequenceEnd, FlowMappingEnd -> flows--;
      default -> {}
    }
  }

  /// A dash was met: if no list is open here, one begins below its key.
  void dash(int was) {
    if (!open.isEmpty() && open.getLast().kind() == Kind.MAPPING) {
      open.add(new Level(Kind.SEQUENCE_BELOW_KEY, was, open.getLast().is()));
    }
  }

  /// A key was met: a list below the key before it ends.
  void leaveDashes() {
    if (!open.isEmpty() && open.getLast().kind() == Kind.SEQUENCE_BELOW_KEY) {
      open.removeLast();
    }
  }

  /// From the columns of what belongs to the levels open now to the new ones.
  IntUnaryOperator columns() {
    List<Level> levels = List.copyOf(open.reversed());
    return column -> {
      for (Level level : levels) {
        if (level.was() == column) {
          return level.is();
        }
      }
      return Math.max(0, column + (levels.isEmpty() ? 0 : levels.getFirst().shift()));
    };
  }
}
