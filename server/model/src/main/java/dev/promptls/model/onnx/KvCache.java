package dev.promptls.model.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keys and values of tokens already seen: for each layer two buffers `[rows, kv_heads, capacity,
/// head_size]` outside the Java heap. ONNX Runtime writes into them; going back to an earlier token
/// is only a matter of passing a smaller length. Not safe for use by several threads.
public final class KvCache implements AutoCloseable {
  /// What the names of the graph's inputs and outputs for a cache begin with.
  static final String PAST = "past_key_values.";

  static final String PRESENT = "present.";

  private final Shape shape;
  private final int rows;
  private int capacity;
  private Arena arena;
  private List<MemorySegment> buffers;

  private final Map<Rows, Map<String, OnnxTensor>> views = new LinkedHashMap<>();

  /// A run of rows.
  private record Rows(int first, int count) {}

  /// What is kept of a token: for each layer a key and a value of so many heads.
  ///
  /// @param element `FLOAT` or `FLOAT16`
  record Shape(int layers, int kvHeads, int headSize, OnnxJavaType element) {
    /// A head of a token.
    long headBytes() {
      return (long) headSize * element.size;
    }

    /// A token.
    long tokenBytes() {
      return 2L * layers * kvHeads * headBytes();
    }
  }

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
    return shape.tokenBytes() * rows * capacity;
  }

  /// Makes room for at least `tokens` a row, keeping what is there.
  public void ensureCapacity(int tokens) {
    if (tokens <= capacity) {
      return;
    }
    Arena larger = Arena.ofShared();
    List<MemorySegment> grown = allocate(larger, tokens);
    long from = (long) capacity * shape.headBytes();
    long to = (long) tokens * shape.headBytes();
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
    NativeHeap.trim();
  }

  /// Copies the first `tokens` of a row of another cache into a row of this one.
  public void copyPrefix(KvCache source, int sourceRow, int row, int tokens) {
    long length = (long) tokens * shape.headBytes();
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
      made.put(name(i), tensor(environment, part, dimensions));
    }
    return made;
  }

  /// The name of a buffer: keys and values of the layers in turn.
  static String name(int buffer) {
    return buffer / 2 + (buffer % 2 == 0 ? ".key" : ".value");
  }

  private OnnxTensor tensor(OrtEnvironment environment, MemorySegment part, long... dimensions)
      throws OrtException {
    ByteBuffer bytes = part.asByteBuffer().order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(environment, bytes, dimensions, shape.element());
  }

  /// Room for the first tokens of one row without the gaps that unused capacity leaves, in `arena`.
  ///
  /// @param tokens may be 0
  Packed pack(OrtEnvironment environment, Arena arena, int tokens) throws OrtException {
    List<MemorySegment> parts = new ArrayList<>();
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < buffers.size(); i++) {
      // ONNX Runtime wants an address even where there is nothing.
      MemorySegment part = arena.allocate(Math.max(1, rowBytes(tokens)), 64);
      parts.add(part);
      tensors.put(
          name(i),
          tensor(
              environment,
              part.asSlice(0, rowBytes(tokens)),
              1,
              shape.kvHeads(),
              tokens,
              shape.headSize()));
    }
    return new Packed(tokens, parts, tensors);
  }

  /// Tokens of one row, heads one after the other.
  record Packed(int tokens, List<MemorySegment> parts, Map<String, OnnxTensor> tensors)
      implements AutoCloseable {
    @Override
    public void close() {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  /// Copies the first tokens of a row to `packed`.
  void read(int row, Packed packed) {
    long length = packed.tokens() * shape.headBytes();
    for (int i = 0; i < buffers.size(); i++) {
      for (int head = 0; head < shape.kvHeads(); head++) {
        MemorySegment.copy(
            buffers.get(i), headOffset(row, head), packed.parts().get(i), head * length, length);
      }
    }
  }

  /// Copies the tokens of `packed` from `from` on to a row.
  void write(int row, int from, Packed packed) {
    long stride = packed.tokens() * shape.headBytes();
    long skipped = from * shape.headBytes();
    for (int i = 0; i < buffers.size(); i++) {
      for (int head = 0; head < shape.kvHeads(); head++) {
        MemorySegment.copy(
            packed.parts().get(i),
            head * stride + skipped,
            buffers.get(i),
            headOffset(row, head) + skipped,
            stride - skipped);
      }
    }
  }

  private long headOffset(int row, int head) {
    return ((long) row * shape.kvHeads() + head) * capacity * shape.headBytes();
  }

  private long rowBytes(int tokens) {
    return (long) shape.kvHeads() * tokens * shape.headBytes();
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
