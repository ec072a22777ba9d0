package dev.promptls.template;

/// Counts what one rendering spends, and stops it when its [Fuel] is used up.
final class Meter {
  /// Steps between two looks at the clock, which costs more than a step.
  private static final int STEPS_PER_LOOK = 256;

  /// Expressions inside expressions, through macros and partials: what a thread's stack bears.
  private static final int EXPRESSION_DEPTH = 1_000;

  private final Fuel fuel;
  private final long deadline;
  private long steps;
  private long chars;
  private long nextLook = STEPS_PER_LOOK;
  private int depth;
  private int expressionDepth;

  Meter(Fuel fuel) {
    this.fuel = fuel;
    this.deadline = System.nanoTime() + fuel.time().toNanos();
  }

  void step() {
    steps(1);
  }

  /// Spends as many steps as an operation over `count` elements takes.
  void steps(long count) {
    steps += count;
    if (steps > fuel.steps()) {
      throw new Failure(
          "This takes more than " + fuel.steps() + " steps; shorten the loops or the data.");
    }
    if (steps >= nextLook) {
      nextLook = steps + STEPS_PER_LOOK;
      look();
    }
  }

  /// Spends the characters of a text that is about to be made.
  void chars(long count) {
    chars += count;
    if (chars > fuel.outputChars()) {
      throw new Failure(
          "This makes more than " + fuel.outputChars() + " characters of text; make less of it.");
    }
    // A long text costs time that no step counts.
    if (count > 4_096) {
      look();
    }
  }

  /// A text that an operation has just made, paid for.
  String made(String text) {
    chars(text.length());
    return text;
  }

  /// Looks at the clock.
  void look() {
    if (System.nanoTime() - deadline > 0) {
      throw new Failure(
          "This takes longer than " + fuel.time().toMillis() + " ms; shorten loops or data.");
    }
  }

  /// Goes into a block, macro or partial; [#leave] must follow.
  void enter() {
    if (++depth > fuel.depth()) {
      depth--;
      throw new Failure(
          "Blocks, macros or partials are nested more than " + fuel.depth() + " deep; flatten.");
    }
  }

  void leave() {
    depth--;
  }

  void enterExpression() {
    if (++expressionDepth > EXPRESSION_DEPTH) {
      expressionDepth--;
      throw new Failure(
          "Expressions are nested more than " + EXPRESSION_DEPTH + " deep; flatten them.");
    }
    step();
  }

  void leaveExpression() {
    expressionDepth--;
  }

  /// The place of a string in another one, or -1: `String.indexOf` that stops when time is up,
  /// since its worst case is the product of both lengths.
  int indexOf(String text, String part, int from) {
    if (part.isEmpty() || (long) part.length() * text.length() < 1 << 20) {
      return text.indexOf(part, from);
    }
    char first = part.charAt(0);
    int at = text.indexOf(first, from);
    for (long work = 0; at >= 0; at = text.indexOf(first, at + 1)) {
      if (text.startsWith(part, at)) {
        return at;
      }
      work += part.length();
      if (work > 1 << 20) {
        work = 0;
        look();
      }
    }
    return -1;
  }

  /// The last place of a string in another one, beginning at `from` at most, or -1; stops as
  /// [#indexOf] does.
  int lastIndexOf(String text, String part, int from) {
    if (part.isEmpty() || (long) part.length() * text.length() < 1 << 20) {
      return text.lastIndexOf(part, from);
    }
    int at = Math.min(from, text.length() - part.length());
    for (long work = 0; at >= 0; at--) {
      if (text.startsWith(part, at)) {
        return at;
      }
      work += part.length();
      if (work > 1 << 20) {
        work = 0;
        look();
      }
    }
    return -1;
  }
}
