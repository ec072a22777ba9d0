package dev.promptls.prompt.schema;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/// A regular expression of a schema, searched for as JSON schema wants it, that gives up in time.
/// Every character it reads is counted, so a pattern that backtracks without end is stopped.
record BoundedPattern(Pattern pattern, Meter meter) implements RegularExpression {
  /// In UTF-16 units; more could nest so deep that compiling overflows the stack.
  private static final int MAX_LENGTH = 1_000;

  static BoundedPattern of(String regex, Meter meter) {
    if (regex.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a pattern is longer than " + MAX_LENGTH + " characters");
    }
    return new BoundedPattern(Pattern.compile(regex), meter);
  }

  @Override
  public boolean matches(String value) {
    try {
      return pattern.matcher(new Counted(value, meter)).find();
    } catch (StackOverflowError e) {
      // The library walks a repeated group by recursion, a few frames for each repetition.
      throw new Meter.Exceeded();
    }
  }

  private record Counted(String text, Meter meter) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      meter.read();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
