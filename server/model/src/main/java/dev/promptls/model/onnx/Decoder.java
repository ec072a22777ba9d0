package dev.promptls.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A decoder graph in ONNX Runtime. What changes from step to step is in the [KvCache]s given to
/// it; beside that there is one buffer for logits. Not safe for use by several threads.
public final class Decoder implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final KvCache.Shape shape;
  private final int vocabulary;

  /// Where the last step left its logits.
  private FloatBuffer logits = FloatBuffer.allocate(0);

  /// @param shape of the cache that the graph was built for
  Decoder(Path graph, KvCache.Shape shape, int vocabulary, int threads) throws OrtException {
    this.shape = shape;
    this.vocabulary = vocabulary;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      // Sequences have all lengths, so patterns would only pile up.
      options.setMemoryPatternOptimization(false);
      session = environment.createSession(graph.toString(), options);
    }
  }

  /// A cache for `rows` sequences of this decoder.
  public KvCache newCache(int rows, int capacity) {
    return new KvCache(shape, rows, capacity);
  }

  /// Memory of a row that takes so many tokens.
  public long cacheBytes(int tokens) {
    return 2L * shape.layers() * shape.kvHeads() * shape.headSize() * Float.BYTES * tokens;
  }

  /// Runs tokens of one sequence through the model and adds them to its cache row.
  ///
  /// @param ids tokens, the first at position `past`
  /// @param last which of `ids` want logits, by index
  /// @return logits `[last.length, vocabulary]`, valid until the next step
  public FloatBuffer step(
      int[] ids, KvCache cache, int row, int past, long[] last, OrtSession.RunOptions options)
      throws OrtException {
    return run(
        ids, 1, new int[] {past + ids.length - 1}, past + ids.length, cache, row, last, options);
  }

  /// Runs one token of each of the first rows of a cache through the model.
  ///
  /// @param ids for each row its token; there may be fewer than the cache has rows
  /// @param past for each row the tokens already in it
  /// @return logits `[ids.length, vocabulary]`, valid until the next step
  public FloatBuffer stepRows(int[] ids, KvCache cache, int[] past, OrtSession.RunOptions options)
      throws OrtException {
    int longest = 0;
    long[] last = new long[ids.length];
    for (int row = 0; row < ids.length; row++) {
      longest = Math.max(longest, past[row] + 1);
      last[row] = row;
    }
    return run(ids, ids.length, past, longest, cache, 0, last, options);
  }

  private FloatBuffer run(
      int[] ids,
      int batch,
      int[] lastPosition,
      int total,
      KvCache cache,
      int row,
      long[] last,
      OrtSession.RunOptions options)
      throws OrtException {
    LongBuffer tokens = direct(ids.length * Long.BYTES).asLongBuffer();
    for (int id : ids) {
      tokens.put(id);
    }
    tokens.flip();
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
    cache
        .tensors(environment, row, batch)
        .forEach((name, tensor) -> {
          inputs.put("past_key_values." + name, tensor);
          outputs.put("present." + name, tensor);
        });
    FloatBuffer answer = logits(last.length);
    try (OnnxTensor inputIds =
            OnnxTensor.createTensor(environment, tokens, new long[] {batch, ids.length / batch});
        OnnxTensor lengths =
            OnnxTensor.createTensor(environment, IntBuffer.wrap(lastPosition), new long[] {batch});
        OnnxTensor longest =
            OnnxTensor.createTensor(environment, IntBuffer.wrap(new int[] {total}), new long[0]);
        OnnxTensor wanted =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(last), new long[] {last.length});
        OnnxTensor output =
            OnnxTensor.createTensor(environment, answer, new long[] {last.length, vocabulary})) {
      inputs.put("input_ids", inputIds);
      inputs.put("seqlens_k", lengths);
      inputs.put("total_sequence_length", longest);
      inputs.put("last", wanted);
      outputs.put("logits", output);
      session.run(inputs, Set.of(), outputs, options).close();
    }
    return answer;
  }

  /// Room for the logits of so many rows.
  private FloatBuffer logits(int rows) {
    int size = Math.multiplyExact(rows, vocabulary);
    if (logits.capacity() < size) {
      logits = direct(Math.multiplyExact(size, Float.BYTES)).asFloatBuffer();
    }
    return logits.slice(0, size);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
