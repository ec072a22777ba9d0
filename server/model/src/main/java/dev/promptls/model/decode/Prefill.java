package dev.promptls.model.decode;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.promptls.model.TokenIds;
import dev.promptls.model.onnx.Decoder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/// Brings a prompt into a slot, chunk by chunk, so that it can be interrupted and its memory stays
/// bounded. A chunk has at least two tokens wherever the prompt has: then the values are bit for
/// bit those of any other chunking.
final class Prefill {
  /// As fast as longer chunks, with a few megabytes of scratch memory.
  static final int CHUNK = 128;

  private static final long[] NONE = {};

  private final Decoder decoder;
  private final Slot slot;
  private final TokenIds prompt;

  Prefill(Decoder decoder, Slot slot, TokenIds prompt) {
    this.decoder = decoder;
    this.slot = slot;
    this.prompt = prompt;
  }

  /// Computes the next chunk.
  ///
  /// @return the logits after the last token of the prompt, null while tokens are left
  @Nullable FloatBuffer advance(RunOptions options) throws OrtException {
    int from = slot.ids().size();
    int to = chunkEnd(from, prompt.size(), CHUNK);
    TokenIds chunk = prompt.slice(from, to);
    boolean last = to == prompt.size();
    slot.cache().ensureCapacity(capacity(slot.cache().capacity(), prompt.size()));
    FloatBuffer logits =
        decoder.step(
            chunk.toArray(),
            slot.cache(),
            slot.row(),
            from,
            last ? new long[] {chunk.size() - 1} : NONE,
            options);
    slot.append(chunk);
    return last ? logits : null;
  }

  /// Where the chunk that begins at `from` ends: never so that a single token is left over.
  static int chunkEnd(int from, int size, int chunk) {
    int end = Math.min(from + chunk, size);
    return size - end == 1 ? end - 1 : end;
  }

  /// Grows by doubling.
  static int capacity(int current, int needed) {
    int capacity = current;
    while (capacity < needed) {
      capacity *= 2;
    }
    return capacity;
  }
}
