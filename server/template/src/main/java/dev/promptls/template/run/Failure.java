package dev.promptls.template.run;

import dev.promptls.template.FuelSpent;
import dev.promptls.template.Range;
import dev.promptls.template.StrictViolation;
import dev.promptls.template.TemplateException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a template fails inside the interpreters: thrown without a place by the operation that
/// cannot go on, placed by the innermost construct that it passes, and turned into a
/// [TemplateException] at the door.
public final class Failure extends RuntimeException {
  private static final int LENGTH = 400;

  private final String sentence;
  private @Nullable Range range;
  private String template = "";
  private boolean strict;
  private boolean spent;

  public Failure(String sentence) {
    super(null, null, false, false);
    this.sentence = brief(sentence);
  }

  /// A sentence that names something of the template may be as long as that is.
  private static String brief(String sentence) {
    int length = sentence.length();
    return length <= LENGTH
        ? sentence
        : sentence.substring(0, LENGTH / 2) + "…" + sentence.substring(length - LENGTH / 2);
  }

  @Override
  public String getMessage() {
    return sentence;
  }

  public Failure(String sentence, Range range) {
    this(sentence);
    this.range = range;
  }

  /// The failure of a rendering that a value must not go into.
  public static Failure strict(String sentence, Range range) {
    Failure failure = new Failure(sentence, range);
    failure.strict = true;
    return failure;
  }

  /// The failure of a template that has used up its fuel.
  static Failure spent(String sentence) {
    Failure failure = new Failure(sentence);
    failure.spent = true;
    return failure;
  }

  /// Gives this failure a place unless it has one already.
  public Failure at(String template, Range range) {
    if (this.range == null) {
      this.range = range;
      this.template = template;
    }
    return this;
  }

  /// Says which template a place belongs to, for a failure that was made with a place.
  public Failure in(String template) {
    this.template = template;
    return this;
  }

  /// What a template's work gives; its failure becomes the exception that callers know.
  public static <T> T told(Supplier<T> work) throws TemplateException {
    try {
      return work.get();
    } catch (Failure failure) {
      throw failure.toException();
    } catch (StackOverflowError overflow) {
      // The depth limits keep ordinary threads from this; a caller's small stack may still end.
      throw new TemplateException("The template is nested too deep; flatten it.", "", 0, 0);
    }
  }

  private TemplateException toException() {
    Range place = range == null ? new Range(0, 0) : range;
    if (strict) {
      return new StrictViolation(sentence, place.start(), place.end());
    }
    return spent
        ? new FuelSpent(sentence, template, place.start(), place.end())
        : new TemplateException(sentence, template, place.start(), place.end());
  }
}
