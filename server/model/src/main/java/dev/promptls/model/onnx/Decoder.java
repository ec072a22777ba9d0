package dev.promptls.model.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import java.nio.FloatBuffer;

/// A decoder graph in ONNX Runtime. What changes from step to step is in the [KvCache]s given to
/// it; beside that there is one buffer for logits. Not safe for use by several threads.
public sealed interface Decoder extends AutoCloseable permits ImportedDecoder, PublishedDecoder {
  KvCache.Shape shape();

  /// A cache for `rows` sequences of this decoder.
  default KvCache newCache(int rows, int capacity) {
    return new KvCache(shape(), rows, capacity);
  }

  /// Memory of a row that takes so many tokens.
  default long cacheBytes(int tokens) {
    return shape().tokenBytes() * tokens;
  }

  /// Runs tokens of one sequence through the model and adds them to its cache row.
  ///
  /// @param ids tokens, the first at position `past`
  /// @param last which of `ids` want logits, by index
  /// @return logits `[last.length, vocabulary]`, valid until the next step
  FloatBuffer step(int[] ids, KvCache cache, int row, int past, long[] last, RunOptions options)
      throws OrtException;

  /// Runs one token of each of the first rows of a cache through the model.
  ///
  /// @param ids for each row its token; there may be fewer than the cache has rows
  /// @param past for each row the tokens already in it
  /// @return logits `[ids.length, vocabulary]`, valid until the next step
  FloatBuffer stepRows(int[] ids, KvCache cache, int[] past, RunOptions options)
      throws OrtException;

  @Override
  void close() throws OrtException;
}
