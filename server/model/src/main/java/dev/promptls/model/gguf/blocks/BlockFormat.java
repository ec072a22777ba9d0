package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How one quantised type stores its values, in the form that ONNX Runtime's `MatMulNBits` computes
/// with: `value = scale * (code - 2^(bits-1)) + minimum`, with one scale and minimum a group.
///
/// Codes are centred on purpose: activations are quantised too, and their error grows with the
/// distance of the codes from the centre.
///
/// @param bits of a code as it is stored for `MatMulNBits`: 4 or 8
/// @param group values that share a scale: 16 or 32
/// @param hasMinimum whether groups have a minimum
public record BlockFormat(
    TensorType type, int bits, int group, boolean hasMinimum, Decoder decoder) {
  static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  static final Map<TensorType, BlockFormat> ALL =
      Stream.of(
              Q4_0.FORMAT,
              Q4_1.FORMAT,
              Q5_0.FORMAT,
              Q5_1.FORMAT,
              Q8_0.FORMAT,
              Q2_K.FORMAT,
              Q3_K.FORMAT,
              Q4_K.FORMAT,
              Q5_K.FORMAT,
              Q6_K.FORMAT,
              Iq4Nl.FORMAT)
          .collect(Collectors.toUnmodifiableMap(BlockFormat::type, Function.identity()));

  /// Takes blocks apart.
  @FunctionalInterface
  public interface Decoder {
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
  }

  /// The format of a type; absent for plain numbers and for types that cannot be read.
  public static Optional<BlockFormat> of(TensorType type) {
    return Optional.ofNullable(ALL.get(type));
  }

  static int u8(MemorySegment bytes, long at) {
    return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, at));
  }

  static float half(MemorySegment bytes, long at) {
    return Float.float16ToFloat(bytes.get(SHORT, at));
  }
}
