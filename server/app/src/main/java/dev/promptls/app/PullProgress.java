package dev.promptls.app;

import dev.promptls.model.store.Progress;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// A pull as a person watches it: a bar for each phase, on standard error, and only on a terminal.
final class PullProgress implements Progress, AutoCloseable {
  private static final long MEGABYTE = 1_000_000;

  private final Console console;
  private @Nullable Phase phase;
  private @Nullable ProgressBar bar;

  PullProgress(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void report(Phase now, long done, long total) {
    if (!console.terminalErr()) {
      return;
    }
    if (bar == null || now != phase) {
      close();
      phase = now;
      bar =
          new ProgressBarBuilder()
              .setTaskName(name(now))
              .setInitialMax(total)
              .setUnit(" MB", MEGABYTE)
              .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
              .setConsumer(new ConsoleProgressBarConsumer(console.err(), 80))
              .build();
    }
    if (total > 0) {
      bar.maxHint(total);
    }
    bar.stepTo(done);
  }

  @Override
  public synchronized void note(String sentence) {
    close();
    console.note(sentence);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private static String name(Phase phase) {
    String lower = phase.name().toLowerCase(Locale.ROOT);
    return Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
  }
}
