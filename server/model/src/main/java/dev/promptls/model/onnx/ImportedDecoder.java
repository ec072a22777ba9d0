package dev.promptls.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A graph that [DecoderGraph] made: the step writes into the buffers of the cache.
final class ImportedDecoder implements Decoder {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final KvCache.Shape shape;
  private final int vocabulary;

  /// Where the last step left its logits.
  private FloatBuffer logits = FloatBuffer.allocate(0);

  /// Made once: a step binds dozens of them.
  private final Map<String, Ports> ports = new HashMap<>();

  /// What the graph calls one tensor of the cache.
  private record Ports(String past, String present) {
    static Ports of(String name) {
      return new Ports(KvCache.PAST + name, KvCache.PRESENT + name);
    }
  }

  /// @param shape of the cache that the graph was built for
  ImportedDecoder(OrtSession session, KvCache.Shape shape, int vocabulary) {
    this.session = session;
    this.shape = shape;
    this.vocabulary = vocabulary;
  }

  @Override
  public KvCache.Shape shape() {
    return shape;
  }

  @Override
  public FloatBuffer step(
      int[] ids, KvCache cache, int row, int past, long[] last, OrtSession.RunOptions options)
      throws OrtException {
    return run(
        ids, 1, new int[] {past + ids.length - 1}, past + ids.length, cache, row, last, options);
  }

  @Override
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
          Ports named = ports.computeIfAbsent(name, Ports::of);
          inputs.put(named.past(), tensor);
          outputs.put(named.present(), tensor);
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
