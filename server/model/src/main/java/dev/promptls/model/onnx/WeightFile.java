package dev.promptls.model.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The file beside the ONNX graphs that holds their weights. All variants of a graph share it.
final class WeightFile implements AutoCloseable {
  /// So that ONNX Runtime can map each tensor where it lies.
  private static final int ALIGNMENT = 4096;

  private final String name;
  private final FileChannel channel;
  private long start;
  private long position;

  WeightFile(Path path) throws IOException {
    name = String.valueOf(path.getFileName());
    channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /// A stretch of the file.
  record Region(String file, long offset, long bytes) {}

  /// Begins a tensor.
  void begin() {
    position = (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    start = position;
  }

  void append(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  void append(float[] values) throws IOException {
    int step = 1 << 16;
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.min(values.length, step) * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += step) {
      int count = Math.min(step, values.length - from);
      buffer.clear();
      buffer.asFloatBuffer().put(values, from, count);
      append(buffer.limit(count * Float.BYTES));
    }
  }

  /// What was appended since [#begin].
  Region end() {
    return new Region(name, start, position - start);
  }

  Region write(ByteBuffer bytes) throws IOException {
    begin();
    append(bytes);
    return end();
  }

  Region write(float[] values) throws IOException {
    begin();
    append(values);
    return end();
  }

  @Override
  public void close() throws IOException {
    channel.force(true);
    channel.close();
  }
}
