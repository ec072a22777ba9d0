package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How one quantised type stores its values, in the form that ONNX Runtime's `MatMulNBits` computes
/// with: `value = scale * (code - 2^(bits-1)) + minimum`, with one scale and minimum a group.
///
/// Codes are centred on purpose: activations are quantised too, and their error grows with the
/// distance of the codes from the centre.
public interface BlockFormat {
  ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  Map<TensorType, BlockFormat> ALL =
      List.of(
              new Q4_0(),
              new Q4_1(),
              new Q5_0(),
              new Q5_1(),
              new Q8_0(),
              new Q2_K(),
              new Q3_K(),
              new Q4_K(),
              new Q5_K(),
              new Q6_K(),
              new Iq4Nl())
          .stream()
          .collect(Collectors.toUnmodifiableMap(BlockFormat::type, Function.identity()));

  static Optional<BlockFormat> of(TensorType type) {
    return Optional.ofNullable(ALL.get(type));
  }

  TensorType type();

  /// Bits of a code as it is stored for `MatMulNBits`: 4 or 8.
  int bits();

  /// Values that share a scale: 16 or 32.
  int group();

  /// Whether groups have a minimum.
  boolean hasMinimum();

  /// Decodes one block of [TensorType#blockValues] values.
  ///
  /// @param at first byte of the block in `bytes`
  /// @param codes takes the codes, one a byte, from `code` on
  /// @param scales takes the scales from `group` on
  /// @param minima takes the minima from `group` on; untouched if there are none
  void decode(
      MemorySegment bytes,
      long at,
      byte[] codes,
      int code,
      float[] scales,
      float[] minima,
      int group);

  static int u8(MemorySegment bytes, long at) {
    return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, at));
  }

  static float half(MemorySegment bytes, long at) {
    return Float.float16ToFloat(bytes.get(SHORT, at));
  }
}
