package dev.promptls.template.run;

import dev.promptls.template.Range;
import dev.promptls.template.Rendering;
import dev.promptls.template.SourceMap;
import java.util.ArrayList;
import java.util.List;

/// The text being rendered, with the origin of each part of it.
///
/// A text that is caught (a macro's result, a `set` block) is rendered into an output of its own;
/// its origins end there, and the place that prints it becomes the origin.
public final class Output {
  /// Origins that are copied in the time of a step.
  private static final int COPIED_PER_STEP = 8;

  /// An indented line becomes two parts of the text, each with its origin.
  private static final int STEPS_PER_LINE = 4;

  private final Meter meter;
  private final StringBuilder text = new StringBuilder();
  private final List<SourceMap.Entry> entries = new ArrayList<>();

  public Output(Meter meter) {
    this.meter = meter;
  }

  /// Adds template text.
  ///
  /// @param source the template, whose `range` became `value`: the same but for line breaks, which
  ///   may have been made `\n`
  public void literal(String value, String template, String source, Range range) {
    if (source.startsWith(value, range.start())) {
      add(value, template, range, true);
      return;
    }
    int from = range.start();
    for (int line = 0; line < value.length(); ) {
      int next = value.indexOf('\n', line);
      int stop = next < 0 ? value.length() : next;
      int end = from + stop - line;
      add(value.substring(line, stop), template, new Range(from, end), true);
      from = end;
      line = stop;
      if (next >= 0) {
        end += source.startsWith("\r\n", from) ? 2 : 1;
        add("\n", template, new Range(from, end), source.startsWith("\n", from));
        from = end;
        line++;
      }
    }
  }

  /// Adds what an expression or a helper gave.
  public void made(String value, String template, Range range) {
    add(value, template, range, false);
  }

  /// Adds what was rendered elsewhere, keeping its origins.
  public void append(Output other) {
    meter.steps(other.entries.size() / COPIED_PER_STEP);
    meter.scan(other.text.length());
    int shift = text.length();
    text.append(other.text);
    for (SourceMap.Entry e : other.entries) {
      entries.add(
          new SourceMap.Entry(
              e.start() + shift,
              e.end() + shift,
              e.template(),
              e.sourceStart(),
              e.sourceEnd(),
              e.literal()));
    }
  }

  /// Adds what was rendered elsewhere, each of its lines indented.
  public void appendIndented(Output other, String indent, String template, Range range) {
    boolean lineStart = true;
    for (SourceMap.Entry e : other.entries) {
      for (int from = e.start(); from < e.end(); ) {
        meter.steps(STEPS_PER_LINE);
        int next = other.text.indexOf("\n", from);
        int to = next < 0 || next >= e.end() ? e.end() : next + 1;
        if (lineStart) {
          add(indent, template, range, false);
        }
        int skipped = e.literal() ? from - e.start() : 0;
        int kept = e.literal() ? e.end() - to : 0;
        Range origin = new Range(e.sourceStart() + skipped, e.sourceEnd() - kept);
        add(other.text.substring(from, to), e.template(), origin, e.literal());
        lineStart = to == next + 1;
        from = to;
      }
    }
  }

  private void add(String value, String template, Range range, boolean literal) {
    if (value.isEmpty()) {
      return;
    }
    meter.chars(value.length());
    int start = text.length();
    text.append(value);
    entries.add(
        new SourceMap.Entry(start, text.length(), template, range.start(), range.end(), literal));
  }

  public String text() {
    return text.toString();
  }

  public Rendering rendering() {
    return new Rendering(text.toString(), new SourceMap(List.copyOf(entries)));
  }
}
