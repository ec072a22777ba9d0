package dev.promptls.model.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;

/// A graph as Optimum and onnxruntime-genai export it. It takes `input_ids` and `attention_mask`,
/// mostly `position_ids`, and the cache; it gives logits for all positions. Where past and present
/// may be one buffer the step writes into the cache, else the tokens in question are copied in and
/// what is new is copied out. Rows of a batch run one after the other.
final class PublishedDecoder implements Decoder {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final DecoderPorts ports;
  private final boolean sharesCache;

  /// @param sharesCache whether past and present are one buffer
  PublishedDecoder(OrtSession session, DecoderPorts ports, boolean sharesCache) {
    this.session = session;
    this.ports = ports;
    this.sharesCache = sharesCache;
  }

  @Override
  public KvCache.Shape shape() {
    return ports.shape();
  }

  @Override
  public FloatBuffer step(
      int[] ids, KvCache cache, int row, int past, long[] last, RunOptions options)
      throws OrtException {
    FloatBuffer logits = FloatBuffer.allocate(Math.multiplyExact(last.length, ports.vocabulary()));
    step(ids, cache, row, past, last, options, logits);
    return logits.flip();
  }

  @Override
  public FloatBuffer stepRows(int[] ids, KvCache cache, int[] past, RunOptions options)
      throws OrtException {
    FloatBuffer logits = FloatBuffer.allocate(Math.multiplyExact(ids.length, ports.vocabulary()));
    for (int row = 0; row < ids.length; row++) {
      step(new int[] {ids[row]}, cache, row, past[row], new long[] {0}, options, logits);
    }
    return logits.flip();
  }

  private void step(
      int[] ids,
      KvCache cache,
      int row,
      int past,
      long[] last,
      RunOptions options,
      FloatBuffer logits)
      throws OrtException {
    if (sharesCache) {
      Map<String, OnnxTensor> tensors = cache.tensors(environment, row, 1);
      run(ids, past, last, tensors, tensors, options, logits);
      return;
    }
    try (Arena arena = Arena.ofConfined();
        KvCache.Packed before = cache.pack(environment, arena, past);
        KvCache.Packed after = cache.pack(environment, arena, past + ids.length)) {
      cache.read(row, before);
      run(ids, past, last, before.tensors(), after.tensors(), options, logits);
      cache.write(row, past, after);
    }
  }

  /// Runs the graph and adds the logits of the wanted positions to `logits`.
  private void run(
      int[] ids,
      int past,
      long[] last,
      Map<String, OnnxTensor> before,
      Map<String, OnnxTensor> after,
      RunOptions options,
      FloatBuffer logits)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
    before.forEach((name, tensor) -> inputs.put(KvCache.PAST + name, tensor));
    after.forEach((name, tensor) -> outputs.put(KvCache.PRESENT + name, tensor));
    List<OnnxTensor> own = new ArrayList<>();
    try {
      for (String name : ports.scalars()) {
        OnnxTensor tensor = input(name, ids, past);
        own.add(tensor);
        inputs.put(name, tensor);
      }
      Set<String> wanted = last.length == 0 ? Set.of() : Set.of(DecoderPorts.LOGITS);
      try (OrtSession.Result result = session.run(inputs, wanted, outputs, options)) {
        if (last.length > 0) {
          select(result.get(DecoderPorts.LOGITS).orElseThrow(), ids.length, last, logits);
        }
      }
    } finally {
      own.forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor input(String name, int[] ids, int past) throws OrtException {
    return switch (name) {
      case DecoderPorts.TOKENS -> integers(ids.length, i -> ids[i]);
      case DecoderPorts.MASK -> integers(past + ids.length, _ -> 1);
      case DecoderPorts.POSITIONS -> integers(ids.length, i -> past + i);
      case DecoderPorts.HAS_PAST -> OnnxTensor.createTensor(environment, new boolean[] {past > 0});
      case DecoderPorts.KEPT -> OnnxTensor.createTensor(environment, 0L);
      default -> throw new IllegalStateException("not a known input: " + name);
    };
  }

  /// A tensor `[1, count]`.
  private OnnxTensor integers(int count, IntToLongFunction values) throws OrtException {
    OnnxJavaType type = ports.integers();
    ByteBuffer bytes = ByteBuffer.allocateDirect(count * type.size).order(ByteOrder.nativeOrder());
    for (int i = 0; i < count; i++) {
      if (type == OnnxJavaType.INT64) {
        bytes.putLong(values.applyAsLong(i));
      } else {
        bytes.putInt((int) values.applyAsLong(i));
      }
    }
    return OnnxTensor.createTensor(environment, bytes.flip(), new long[] {1, count}, type);
  }

  private void select(OnnxValue value, int count, long[] last, FloatBuffer logits)
      throws OrtException {
    FloatBuffer all = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
    int vocabulary = ports.vocabulary();
    if (all == null || all.remaining() != (long) count * vocabulary) {
      throw new OrtException(
          "the graph gives other logits than one for each token of each position");
    }
    for (long index : last) {
      logits.put(all.slice(Math.toIntExact(index * vocabulary), vocabulary));
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
