package dev.promptls.bench;

import dev.promptls.prompt.Analysis;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.Arrays;
import java.util.Random;

/// What it costs to open a large prompt and to type in it, up to the findings.
public final class EditCost {
  private static int sink;

  private EditCost() {}

  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 600;
    for (LargePrompt prompt : LargePrompt.values()) {
      if (arguments.length > 1 && !arguments[1].contains(prompt.name())) {
        continue;
      }
      String text = prompt.text(10_000);
      double[] opens = new double[25];
      for (int i = 0; i < opens.length; i++) {
        long start = System.nanoTime();
        Analysis analysis = Analysis.of(prompt.file(), LineIndex.of(text), null);
        sink += analysis.checked(Surroundings.NONE).findings().size();
        opens[i] = (System.nanoTime() - start) / 1e6;
      }
      report(prompt + " open", text.length(), Arrays.copyOfRange(opens, 5, opens.length));
      edits(prompt, text, rounds);
      if (prompt != LargePrompt.LOOP) {
        String longer = prompt.text(100_000);
        double[] large = new double[7];
        for (int i = 0; i < large.length; i++) {
          long start = System.nanoTime();
          Analysis analysis = Analysis.of(prompt.file(), LineIndex.of(longer), null);
          sink += analysis.checked(Surroundings.NONE).findings().size();
          large[i] = (System.nanoTime() - start) / 1e6;
        }
        report(prompt + " open", longer.length(), Arrays.copyOfRange(large, 2, large.length));
      }
    }
    System.err.println(sink);
  }

  private static void edits(LargePrompt prompt, String text, int rounds) {
    Analysis analysis = Analysis.of(prompt.file(), LineIndex.of(text), null);
    Random random = new Random(1);
    double[] times = new double[rounds * 4];
    int done = 0;
    while (done < times.length) {
      int at =
          Math.max(
              0,
              analysis
                  .file()
                  .text()
                  .lastIndexOf("room", random.nextInt(analysis.file().text().length())));
      for (int i = 0; i < 8 && done < times.length; i++) {
        TextEdit edit =
            i == 6
                ? new TextEdit(new Span(at, Math.min(at + 6, analysis.file().text().length())), "")
                : new TextEdit(Span.at(at + i), "word x".substring(i % 6, i % 6 + 1));
        long start = System.nanoTime();
        analysis = analysis.edited(edit);
        sink += analysis.checked(Surroundings.NONE).findings().size();
        times[done++] = (System.nanoTime() - start) / 1e6;
      }
    }
    report(
        prompt + " edit",
        analysis.file().text().length(),
        Arrays.copyOfRange(times, times.length / 4, times.length));
    if (analysis.shots().examples().size() < 9000) {
      System.out.println(
          "  lost examples: "
              + analysis.shots().shape()
              + " "
              + analysis.shots().examples().size());
    }
  }

  private static void report(String what, int length, double[] times) {
    Arrays.sort(times);
    System.out.printf(
        "%-15s %,11d chars: p50 %7.2f  p95 %7.2f  max %7.2f ms (%d)%n",
        what,
        length,
        times[times.length / 2],
        times[times.length * 95 / 100],
        times[times.length - 1],
        times.length);
  }
}
