package dev.promptls.template.run;

import dev.promptls.template.Fuel;
import dev.promptls.template.Range;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/// Counts what one rendering spends, and stops it when its [Fuel] is used up.
public final class Meter {
  /// Steps between two looks at the clock, which costs more than a step.
  private static final int STEPS_PER_LOOK = 256;

  /// Expressions inside expressions, through macros and partials: what a thread's stack bears.
  private static final int EXPRESSION_DEPTH = 512;

  /// Characters that a loop of our own looks at in the time of a step.
  private static final int WALKED_PER_STEP = 8;

  /// Longer than the longest template takes.
  private static final Duration UNHURRIED = Duration.ofDays(1);

  /// Characters that the JDK copies, compares or searches in the time of a step.
  private static final int SCANNED_PER_STEP = 256;

  /// More than this between two looks was spent waiting for the machine, which a template must not
  /// pay for: a sound one would fail where much else runs.
  private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofMillis(10);

  private final Fuel fuel;
  private final LongSupplier clock;
  private long looked;
  private long spent;
  private long steps;
  private long tokens;
  private int walked;
  private long chars;
  private long nextLook = STEPS_PER_LOOK;
  private int depth;
  private int expressionDepth;

  public Meter(Fuel fuel) {
    this(fuel, System::nanoTime);
  }

  /// @param clock in nanoseconds
  public Meter(Fuel fuel, LongSupplier clock) {
    this.fuel = fuel;
    this.clock = clock;
    this.looked = clock.getAsLong();
  }

  /// For a template that is read and not rendered: whether it can be must not depend on the
  /// machine, so only its length bounds how long that takes.
  public static Meter ofReading() {
    Fuel usual = Fuel.DEFAULT;
    return new Meter(new Fuel(usual.steps(), usual.outputChars(), usual.depth(), UNHURRIED));
  }

  /// For reading that something else bounds.
  public static Meter unbounded() {
    return new Meter(new Fuel(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, UNHURRIED));
  }

  /// Spends what it takes to read the token, tag or text at a place of a template. Reading has as
  /// many steps as rendering, and the time is that of both.
  public void token(int at) {
    tokens++;
    if (tokens > fuel.steps()) {
      throw Failure.spent(
              "The template has more than " + fuel.steps() + " tokens; make it shorter.")
          .at("", new Range(at, at));
    }
    if (tokens % STEPS_PER_LOOK == 0) {
      try {
        look();
      } catch (Failure late) {
        throw late.at("", new Range(at, at));
      }
    }
  }

  public void step() {
    steps(1);
  }

  /// Spends as many steps as an operation over `count` elements takes.
  public void steps(long count) {
    steps += count;
    if (steps > fuel.steps()) {
      throw Failure.spent(
          "This takes more than " + fuel.steps() + " steps; shorten the loops or the data.");
    }
    if (steps >= nextLook) {
      nextLook = steps + STEPS_PER_LOOK;
      look();
    }
  }

  /// Spends what it takes to look at one character in a loop of our own.
  public void walk() {
    if (++walked >= WALKED_PER_STEP) {
      walked = 0;
      step();
    }
  }

  /// Spends what it takes to look at `count` characters in a loop of our own.
  public void walk(long count) {
    steps(count / WALKED_PER_STEP);
  }

  /// The code points of a text, paid for one by one.
  public IntStream walked(String text) {
    return text.codePoints().peek(c -> walk());
  }

  /// Spends what it takes the JDK to copy, compare or search `count` characters.
  public void scan(long count) {
    steps(count / SCANNED_PER_STEP);
  }

  /// Spends the characters of a text that is about to be made.
  public void chars(long count) {
    chars += count;
    if (chars > fuel.outputChars()) {
      throw Failure.spent(
          "This makes more than " + fuel.outputChars() + " characters of text; make less of it.");
    }
    // A long text costs time that no step counts.
    if (count > 4_096) {
      look();
    }
  }

  /// A text that an operation has just made, paid for.
  public String made(String text) {
    chars(text.length());
    return text;
  }

  /// Looks at the clock.
  void look() {
    long now = clock.getAsLong();
    spent += Math.min(now - looked, LONGEST_BETWEEN_LOOKS.toNanos());
    looked = now;
    if (spent > fuel.time().toNanos()) {
      throw Failure.spent(
          "This takes longer than " + fuel.time().toMillis() + " ms; shorten loops or data.");
    }
  }

  /// Goes into a block, macro or partial; [#leave] must follow.
  public void enter() {
    if (++depth > fuel.depth()) {
      depth--;
      throw Failure.spent(
          "Blocks, macros or partials are nested more than " + fuel.depth() + " deep; flatten.");
    }
  }

  public void leave() {
    depth--;
  }

  public void enterExpression() {
    if (++expressionDepth > EXPRESSION_DEPTH) {
      expressionDepth--;
      throw Failure.spent(
          "Expressions are nested more than " + EXPRESSION_DEPTH + " deep; flatten them.");
    }
    step();
  }

  public void leaveExpression() {
    expressionDepth--;
  }

  /// The place of a string in another one, or -1: `String.indexOf` that pays for its way and stops
  /// when time is up, since its worst case is the product of both lengths.
  public int indexOf(String text, String part, int from) {
    int at = from;
    if (part.isEmpty() || (long) part.length() * text.length() < 1 << 20) {
      at = text.indexOf(part, from);
    } else {
      char first = part.charAt(0);
      at = text.indexOf(first, from);
      while (at >= 0 && !text.startsWith(part, at)) {
        scan(part.length());
        at = text.indexOf(first, at + 1);
      }
    }
    scan((at < 0 ? text.length() : at) - from);
    return at;
  }

  /// The last place of a string in another one, beginning at `from` at most, or -1; pays as
  /// [#indexOf] does.
  public int lastIndexOf(String text, String part, int from) {
    int start = Math.min(from, text.length() - part.length());
    int at = start;
    if (part.isEmpty() || (long) part.length() * text.length() < 1 << 20) {
      at = text.lastIndexOf(part, from);
    } else {
      char first = part.charAt(0);
      at = text.lastIndexOf(first, start);
      while (at >= 0 && !text.startsWith(part, at)) {
        scan(part.length());
        at = text.lastIndexOf(first, at - 1);
      }
    }
    // Backwards the JDK goes character by character.
    walk(Math.max(0, start - Math.max(0, at)) / 4);
    return at;
  }
}
