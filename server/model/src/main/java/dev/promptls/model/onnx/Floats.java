package dev.promptls.model.onnx;

import dev.promptls.model.gguf.Tensor;
import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Reads tensors that are stored as plain numbers.
final class Floats {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Floats() {}

  static boolean canRead(TensorType type) {
    return type == TensorType.F32 || type == TensorType.F16 || type == TensorType.BF16;
  }

  static float[] row(MemorySegment bytes, Tensor tensor, int row) {
    int columns = tensor.columns();
    float[] values = new float[columns];
    long first = (long) row * columns;
    for (int i = 0; i < columns; i++) {
      values[i] =
          switch (tensor.type()) {
            case F32 -> bytes.get(FLOAT, (first + i) * Float.BYTES);
            case F16 -> Float.float16ToFloat(bytes.get(SHORT, (first + i) * Short.BYTES));
            case BF16 -> Float.intBitsToFloat(bytes.get(SHORT, (first + i) * Short.BYTES) << 16);
            default -> throw new IllegalArgumentException(tensor.type() + " is quantised");
          };
    }
    return values;
  }
}
