package dev.promptls.model.decode;

import dev.promptls.model.Finish;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import dev.promptls.model.Usage;
import dev.promptls.model.tokens.StreamDecoder;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An answer as it grows, token by token: its text, and when it is over.
final class Answer {
  private final Set<Integer> endIds;
  private final int maxTokens;
  private final StreamDecoder decoder;
  private final StopStrings stops;
  private final TokenSink sink;
  private final StringBuilder text = new StringBuilder();
  private int[] ids = new int[16];
  private int size;
  private @Nullable Finish finish;

  /// @param maxTokens what the request wants and the context window leaves
  Answer(
      GenerateRequest request,
      int maxTokens,
      Set<Integer> endIds,
      StreamDecoder decoder,
      TokenSink sink) {
    this.endIds = request.ignoreEnd() ? Set.of() : endIds;
    this.maxTokens = maxTokens;
    this.decoder = decoder;
    this.sink = sink;
    stops = new StopStrings(request.stop());
    if (maxTokens <= 0) {
      finish = Finish.LENGTH;
    }
  }

  /// Adds the next token.
  ///
  /// @return whether the answer is over
  boolean add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
    if (endIds.contains(id)) {
      end(Finish.STOP);
    } else {
      emit(stops.add(decoder.add(id)));
      if (stops.stopped()) {
        finish = Finish.STOP;
      } else if (size >= maxTokens) {
        end(Finish.LENGTH);
      }
    }
    return isOver();
  }

  boolean isOver() {
    return finish != null;
  }

  /// Ends the answer, with whatever text was held back.
  void end(Finish reason) {
    if (finish == null) {
      finish = reason;
      emit(stops.add(decoder.flush()));
      emit(stops.flush());
    }
  }

  private void emit(String more) {
    if (!more.isEmpty()) {
      text.append(more);
      sink.accept(more);
    }
  }

  String text() {
    return text.toString();
  }

  int size() {
    return size;
  }

  /// The token added last.
  int last() {
    return ids[size - 1];
  }

  /// The answer with what it cost, once it is over.
  ///
  /// @param cached tokens of the prompt that were not computed
  Generation generation(PromptEncoder.Encoded prompt, int cached, Stopwatch stopwatch) {
    int promptTokens = prompt.ids().size();
    return new Generation(
        prompt.text(),
        text(),
        ids(),
        finish(),
        new Usage(promptTokens, cached, size),
        stopwatch.read(promptTokens - cached, size));
  }

  TokenIds ids() {
    return TokenIds.of(Arrays.copyOf(ids, size));
  }

  Finish finish() {
    if (finish == null) {
      throw new IllegalStateException("The answer goes on.");
    }
    return finish;
  }
}
