package dev.promptls.model.remote;

import dev.promptls.model.Finish;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.Timing;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import dev.promptls.model.Usage;
import org.jspecify.annotations.Nullable;

/// An answer while it grows.
final class Answer {
  private static final int MOST_CHARACTERS = 16 << 20;

  private final Input input;
  private final TokenSink sink;
  private final long started = System.nanoTime();
  private final StringBuilder text = new StringBuilder();
  private String held = "";
  private int pieces;
  private long firstAt;
  private long lastAt;
  private @Nullable Finish finish;
  private @Nullable Usage usage;

  Answer(Input input, TokenSink sink) {
    this.input = input;
    this.sink = sink;
  }

  /// Whether something was already handed on, so that to ask again would repeat it.
  boolean begun() {
    return pieces > 0;
  }

  boolean finished() {
    return finish != null;
  }

  void add(String piece) throws EventStream.OverflowException {
    if (piece.isEmpty()) {
      return;
    }
    lastAt = System.nanoTime();
    firstAt = pieces == 0 ? lastAt : firstAt;
    pieces++;
    if (text.length() + piece.length() > MOST_CHARACTERS) {
      throw new EventStream.OverflowException();
    }
    text.append(piece);
    // Half a character waits for its other half.
    String whole = held + piece;
    boolean half = Character.isHighSurrogate(whole.charAt(whole.length() - 1));
    int end = half ? whole.length() - 1 : whole.length();
    held = whole.substring(end);
    if (end > 0) {
      sink.accept(whole.substring(0, end));
    }
  }

  void finish(Finish value) {
    finish = value;
  }

  void usage(Usage value) {
    usage = value;
  }

  Generation cancelled() {
    finish = Finish.CANCELLED;
    return done();
  }

  /// The generation. Where the server does not tell the usage, each piece counts as a token.
  Generation done() {
    if (!held.isEmpty()) {
      sink.accept("\uFFFD");
      text.setCharAt(text.length() - 1, '\uFFFD');
    }
    Usage used = usage == null ? new Usage(0, 0, pieces) : usage;
    long now = System.nanoTime();
    double first = pieces == 0 ? millis(now) : millis(firstAt);
    double decoding = pieces == 0 ? 0 : (lastAt - firstAt) / 1e9;
    String prompt = input instanceof Input.Text(String given) ? given : "";
    return new Generation(
        prompt,
        text.toString(),
        TokenIds.EMPTY,
        finish == null ? Finish.STOP : finish,
        used,
        new Timing(
            first,
            first > 0 ? used.promptTokens() / first * 1000 : 0,
            decoding > 0 ? (used.outputTokens() - 1) / decoding : 0,
            millis(now)));
  }

  private double millis(long at) {
    return (at - started) / 1e6;
  }
}
