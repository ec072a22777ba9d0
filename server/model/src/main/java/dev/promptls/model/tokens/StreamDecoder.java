package dev.promptls.model.tokens;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Tokens to text, one token at a time. The pieces together are the text that
/// [dev.promptls.model.Tokenizer#decode] gives for all tokens: bytes of a character whose other
/// bytes are still to come are held back.
///
/// The text is a continuation: a leading space stays. Tokens that steer the model (start, end,
/// roles) print nothing, as in `transformers` with `skip_special_tokens` and in llama.cpp. For use
/// by one thread.
public final class StreamDecoder {
  private final TokenBytes tokens;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer held = ByteBuffer.allocate(64);

  StreamDecoder(TokenBytes tokens) {
    this.tokens = tokens;
  }

  /// Takes one more token and gives the text that is complete by now, often empty or a character
  /// behind.
  public String add(int id) {
    ByteBuffer more = tokens.get(id);
    if (held.remaining() < more.remaining()) {
      ByteBuffer larger = ByteBuffer.allocate(held.position() + more.remaining());
      held = larger.put(held.flip());
    }
    held.put(more);
    return decode(false);
  }

  /// Ends the text: what is still held back is no character and becomes U+FFFD. Afterwards a new
  /// text may begin.
  public String flush() {
    String rest = decode(true);
    decoder.reset();
    return rest;
  }

  private String decode(boolean end) {
    held.flip();
    CharBuffer text = CharBuffer.allocate(held.remaining() + 1);
    decoder.decode(held, text, end);
    if (end) {
      decoder.flush(text);
    }
    held.compact();
    return text.flip().toString();
  }
}
