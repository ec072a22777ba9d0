package dev.promptls.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keys and values of tokens already seen: for each layer two buffers `[rows, kv_heads, capacity,
/// head_size]` outside the Java heap. ONNX Runtime writes into them; going back to an earlier token
/// is only a matter of passing a smaller length. Not safe for use by several threads.
public final class KvCache implements AutoCloseable {
  private final Shape shape;
  private final int rows;
  private int capacity;
  private Arena arena;
  private List<MemorySegment> buffers;

  private final Map<Rows, Map<String, OnnxTensor>> views = new LinkedHashMap<>();

  /// A run of rows.
  private record Rows(int first, int count) {}

  /// What one layer keeps of a token.
  record Shape(int layers, int kvHeads, int headSize) {}

  KvCache(Shape shape, int rows, int capacity) {
    this.shape = shape;
    this.rows = rows;
    this.capacity = capacity;
    arena = Arena.ofShared();
    buffers = allocate(arena, capacity);
  }

  public int rows() {
    return rows;
  }

  /// Tokens that fit into each row.
  public int capacity() {
    return capacity;
  }

  public long bytes() {
    return 2L * shape.layers() * rows * rowBytes(capacity);
  }

  /// Makes room for at least `tokens` a row, keeping what is there.
  public void ensureCapacity(int tokens) {
    if (tokens <= capacity) {
      return;
    }
    Arena larger = Arena.ofShared();
    List<MemorySegment> grown = allocate(larger, tokens);
    long from = (long) capacity * shape.headSize() * Float.BYTES;
    long to = (long) tokens * shape.headSize() * Float.BYTES;
    for (int i = 0; i < buffers.size(); i++) {
      for (int head = 0; head < rows * shape.kvHeads(); head++) {
        MemorySegment.copy(buffers.get(i), head * from, grown.get(i), head * to, from);
      }
    }
    closeViews();
    arena.close();
    arena = larger;
    buffers = grown;
    capacity = tokens;
  }

  /// Copies the first `tokens` of a row of another cache into a row of this one.
  public void copyPrefix(KvCache source, int sourceRow, int row, int tokens) {
    long length = (long) tokens * shape.headSize() * Float.BYTES;
    for (int i = 0; i < buffers.size(); i++) {
      for (int head = 0; head < shape.kvHeads(); head++) {
        MemorySegment.copy(
            source.buffers.get(i),
            source.headOffset(sourceRow, head),
            buffers.get(i),
            headOffset(row, head),
            length);
      }
    }
  }

  /// The tensors of `count` rows, by `LAYER.key` and `LAYER.value`.
  Map<String, OnnxTensor> tensors(OrtEnvironment environment, int first, int count)
      throws OrtException {
    Rows wanted = new Rows(first, count);
    Map<String, OnnxTensor> known = views.get(wanted);
    if (known != null) {
      return known;
    }
    Map<String, OnnxTensor> made = new LinkedHashMap<>();
    views.put(wanted, made);
    long[] dimensions = {count, shape.kvHeads(), capacity, shape.headSize()};
    long row = rowBytes(capacity);
    for (int i = 0; i < buffers.size(); i++) {
      MemorySegment part = buffers.get(i).asSlice(first * row, count * row);
      FloatBuffer floats = part.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
      String name = i / 2 + (i % 2 == 0 ? ".key" : ".value");
      made.put(name, OnnxTensor.createTensor(environment, floats, dimensions));
    }
    return made;
  }

  private long headOffset(int row, int head) {
    return ((long) row * shape.kvHeads() + head) * capacity * shape.headSize() * Float.BYTES;
  }

  private long rowBytes(int tokens) {
    return (long) shape.kvHeads() * tokens * shape.headSize() * Float.BYTES;
  }

  private List<MemorySegment> allocate(Arena where, int tokens) {
    List<MemorySegment> all = new ArrayList<>();
    for (int i = 0; i < 2 * shape.layers(); i++) {
      all.add(where.allocate(rows * rowBytes(tokens), 64));
    }
    return all;
  }

  private void closeViews() {
    views.values().forEach(view -> view.values().forEach(OnnxTensor::close));
    views.clear();
  }

  @Override
  public void close() {
    closeViews();
    arena.close();
  }
}
