package dev.promptls.model.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.promptls.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.function.LongConsumer;

/// Walks through a protobuf message field by field. Nothing is kept and what is not asked for is
/// skipped, so memory does not grow with the file.
final class ProtoReader {
  private static final int MAX_TEXT = 1 << 14;

  private final CodedInputStream in;

  /// @param size of the file; nothing is read beyond
  ProtoReader(CodedInputStream in, int size) throws IOException {
    this.in = in;
    var _ = in.pushLimit(size);
  }

  /// Takes a field, or leaves it to be skipped.
  @FunctionalInterface
  interface Fields {
    /// @return whether the field was read
    boolean read(int field, int wireType) throws IOException, ModelException;
  }

  /// Reads fields up to the end of the message.
  ///
  /// @param single fields that may occur once: protobuf would merge two into one that nobody looked
  ///   at
  void fields(BitSet single, Fields fields) throws IOException, ModelException {
    BitSet seen = new BitSet();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      int wireType = WireFormat.getTagWireType(tag);
      if (single.get(field) && seen.get(field)) {
        throw new InvalidProtocolBufferException("field " + field + " occurs twice");
      }
      if (wireType == WireFormat.WIRETYPE_START_GROUP) {
        throw new InvalidProtocolBufferException("groups are not used in ONNX");
      }
      if (single.get(field)) {
        seen.set(field);
      }
      if (!fields.read(field, wireType)) {
        var _ = in.skipField(tag);
      }
    }
  }

  /// Reads the fields of a message inside.
  void message(int wireType, BitSet single, Fields fields) throws IOException, ModelException {
    int outer = in.pushLimit(length(wireType));
    fields(single, fields);
    in.popLimit(outer);
  }

  private int length(int wireType) throws IOException {
    if (wireType != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      throw new InvalidProtocolBufferException("a field has another type than in ONNX");
    }
    int length = in.readRawVarint32();
    if (length < 0) {
      throw new InvalidProtocolBufferException("a length is negative");
    }
    return length;
  }

  /// The bytes of a small field.
  byte[] bytes(int wireType, int most) throws IOException {
    int length = length(wireType);
    if (length > most) {
      throw new InvalidProtocolBufferException("a name or type is larger than any should be");
    }
    return in.readRawBytes(length);
  }

  String text(int wireType) throws IOException {
    return new String(bytes(wireType, MAX_TEXT), StandardCharsets.UTF_8);
  }

  /// Passes over the bytes of a field.
  ///
  /// @return how many they are
  int skip(int wireType) throws IOException {
    int length = length(wireType);
    in.skipRawBytes(length);
    return length;
  }

  long integer(int wireType) throws IOException {
    if (wireType != WireFormat.WIRETYPE_VARINT) {
      throw new InvalidProtocolBufferException("a field has another type than in ONNX");
    }
    return in.readInt64();
  }

  /// A repeated integer, packed or not.
  void integers(int wireType, LongConsumer each) throws IOException {
    if (wireType == WireFormat.WIRETYPE_VARINT) {
      each.accept(in.readInt64());
      return;
    }
    int outer = in.pushLimit(length(wireType));
    while (in.getBytesUntilLimit() > 0) {
      each.accept(in.readInt64());
    }
    in.popLimit(outer);
  }
}
