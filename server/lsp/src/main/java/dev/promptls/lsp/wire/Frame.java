package dev.promptls.lsp.wire;

import java.nio.ByteBuffer;

/// What [FrameReader] finds next in its stream.
sealed interface Frame {
  /// The bytes of one message, as long as its header says.
  record Body(ByteBuffer bytes) implements Frame {}

  /// Bytes that are no message.
  ///
  /// @param sentence what is wrong, for the client; holds nothing of the bytes themselves
  record Bad(String sentence) implements Frame {}

  /// The stream has ended.
  record End() implements Frame {}
}
