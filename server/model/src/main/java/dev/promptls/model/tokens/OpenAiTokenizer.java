package dev.promptls.model.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.promptls.model.TokenIds;
import dev.promptls.model.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The tokenizers of OpenAI's models. Text that looks like a special token counts as the plain text
/// it is, because the service treats it so.
///
/// A vocabulary is read at first use (o200k: 200,000 tokens) and shared from then on.
public final class OpenAiTokenizer implements Tokenizer {
  private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

  /// The library joins a long word in memory of hundreds of bytes a character.
  private static final Chunks CHUNKS = new Chunks(1 << 14, 1 << 16);

  private final EncodingType type;
  private final boolean exact;

  private OpenAiTokenizer(EncodingType type, boolean exact) {
    this.type = type;
    this.exact = exact;
  }

  /// The tokenizer with one of OpenAI's names (`o200k_base`, `cl100k_base`, …).
  static Optional<OpenAiTokenizer> named(String encoding) {
    return EncodingType.fromName(encoding).map(type -> new OpenAiTokenizer(type, true));
  }

  /// The newest tokenizer as a stand-in for one that is not public.
  static OpenAiTokenizer estimate() {
    return new OpenAiTokenizer(EncodingType.O200K_BASE, false);
  }

  @Override
  public boolean exact() {
    return exact;
  }

  @Override
  public TokenIds encode(String text) {
    IntStream.Builder ids = IntStream.builder();
    CHUNKS.forEach(
        Utf16.wellFormed(text),
        (chunk, start) -> IntStream.of(encoding().encodeOrdinary(chunk).toArray()).forEach(ids));
    return TokenIds.of(ids.build().toArray());
  }

  @Override
  public int nextCut(String text, int from) {
    return Chunks.next(text, from);
  }

  @Override
  public String decode(TokenIds ids) {
    IntArrayList list = new IntArrayList(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      list.add(ids.get(i));
    }
    return encoding().decode(list);
  }

  @Override
  public List<Piece> pieces(String text) {
    String sound = Utf16.wellFormed(text);
    int[] ids = encode(sound).toArray();
    Utf8Cursor cursor = new Utf8Cursor(sound);
    IntArrayList one = new IntArrayList(1);
    one.add(0);
    List<Piece> pieces = new ArrayList<>(ids.length);
    for (int id : ids) {
      one.set(0, id);
      int start = cursor.characterStart();
      cursor.advance(encoding().decodeBytes(one).length);
      pieces.add(new Piece(id, start, cursor.characterEnd()));
    }
    return pieces;
  }

  private Encoding encoding() {
    return REGISTRY.getEncoding(type);
  }

  /// A position in a text that moves by bytes of UTF-8 and is read in UTF-16 units.
  private static final class Utf8Cursor {
    private final String text;
    private int unit;

    /// Bytes of the character at `unit` that are behind the position.
    private int into;

    Utf8Cursor(String text) {
      this.text = text;
    }

    /// Where the character begins in which the position is.
    int characterStart() {
      return unit;
    }

    /// Where the character ends whose last byte is before or around the position.
    int characterEnd() {
      return into == 0 ? unit : unit + Character.charCount(text.codePointAt(unit));
    }

    void advance(int bytes) {
      into += bytes;
      while (unit < text.length()) {
        int codePoint = text.codePointAt(unit);
        int size = size(codePoint);
        if (into < size) {
          return;
        }
        into -= size;
        unit += Character.charCount(codePoint);
      }
    }

    private static int size(int codePoint) {
      if (codePoint < 0x80) {
        return 1;
      }
      if (codePoint < 0x800) {
        return 2;
      }
      return codePoint < 0x10000 ? 3 : 4;
    }
  }
}
