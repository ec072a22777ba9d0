package dev.promptls.model.tokens;

import dev.promptls.model.ModelException;
import dev.promptls.model.TokenIds;
import dev.promptls.model.tokens.GgufVocabulary.Kind;
import dev.promptls.model.tokens.SpecialTokens.Fragment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// BPE as SentencePiece does it: neighbours are joined by the score of the result, not by a list of
/// merges. Merges made from the scores would do for most vocabularies, but cannot express a tie
/// between two results, so the ids would not always be those of the model.
///
/// Source: llama.cpp, `llm_tokenizer_spm`; Kudo and Richardson, SentencePiece (2018).
final class SentencePieceTokenizer implements ModelTokenizer {
  private static final char SPACE_SIGN = '\u2581';

  private final Map<String, Integer> ids;
  private final float[] scores;
  private final int[] byteIds;
  private final int unknownId;
  private final boolean spacePrefix;
  private final boolean wordByWord;
  private final boolean cuttable;
  private final SpecialTokens special;
  private final TokenBytes bytes;

  private SentencePieceTokenizer(GgufVocabulary vocabulary) {
    int size = vocabulary.tokens().size();
    ids = HashMap.newHashMap(size);
    scores = new float[size];
    byteIds = new int[256];
    Arrays.fill(byteIds, -1);
    special = new SpecialTokens();
    TokenBytes.Builder printed = new TokenBytes.Builder(TokenBytes.Spelling.SENTENCE_PIECE);
    boolean spacesOnlyLead = true;
    boolean specialsAreApart = true;
    for (int id = 0; id < size; id++) {
      String text = vocabulary.text(id);
      Kind kind = vocabulary.kind(id);
      ids.put(text, id);
      scores[id] = vocabulary.tokens().get(id).score();
      printed.add(text, kind);
      spacesOnlyLead &= spacesOnlyLead(text);
      if (kind.special()) {
        special.add(id, text);
        specialsAreApart &= !Chunks.touchesWords(text);
      }
      int value = TokenBytes.byteOf(text);
      if (value >= 0) {
        byteIds[value] = id;
      }
    }
    bytes = printed.build();
    unknownId = vocabulary.unknownId().orElse(0);
    spacePrefix = vocabulary.addsSpacePrefix().orElse(true);
    wordByWord = spacesOnlyLead;
    cuttable = spacesOnlyLead && specialsAreApart;
  }

  static SentencePieceTokenizer of(GgufVocabulary vocabulary) throws ModelException {
    vocabulary.requireDistinct();
    return new SentencePieceTokenizer(vocabulary);
  }

  @Override
  public int vocabularySize() {
    return bytes.size();
  }

  @Override
  public Set<String> specialTokens() {
    return bytes.control();
  }

  @Override
  public StreamDecoder stream() {
    return new StreamDecoder(bytes);
  }

  @Override
  public TokenIds encode(String text) {
    Ids found = new Ids();
    encode(text, found);
    return found.toTokenIds();
  }

  /// Between words, as far as special tokens neither stand for words nor for what is between them.
  @Override
  public int nextCut(String text, int from) {
    return cuttable ? Chunks.next(text, from) : text.length();
  }

  /// A part that begins with the space of its first word gets no other.
  @Override
  public int count(String text, int start, int end) {
    boolean spaced = spacePrefix && start > 0 && start < end;
    return count(text.substring(spaced ? start + 1 : start, end));
  }

  @Override
  public List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    encode(text, (id, start, end) -> pieces.add(new Piece(id, start, end)));
    return pieces;
  }

  private void encode(String text, Sink sink) {
    String sound = Utf16.wellFormed(text);
    boolean afterSpecial = true;
    for (Fragment fragment : special.split(sound)) {
      if (fragment.isText()) {
        encodeText(sound, fragment, spacePrefix && afterSpecial, sink);
      } else {
        sink.accept(fragment.id(), fragment.start(), fragment.end());
      }
      afterSpecial = !fragment.isText();
    }
  }

  private void encodeText(String text, Fragment fragment, boolean prefix, Sink sink) {
    String plain = text.substring(fragment.start(), fragment.end());
    String escaped = (prefix ? " " + plain : plain).replace(' ', SPACE_SIGN);
    int shift = fragment.start() - (prefix ? 1 : 0);
    Sink shifted =
        (id, start, end) -> sink.accept(id, Math.max(fragment.start(), start + shift), end + shift);
    int from = 0;
    while (from < escaped.length()) {
      int to = wordByWord ? endOfWord(escaped, from) : escaped.length();
      new SymbolChain(escaped, from, to, ids, scores)
          .join((start, end) -> emit(escaped, start, end, shifted));
      from = to;
    }
  }

  private void emit(String text, int start, int end, Sink sink) {
    String symbol = text.substring(start, end);
    Integer id = ids.get(symbol);
    if (id != null) {
      sink.accept(id, start, end);
      return;
    }
    for (byte value : symbol.getBytes(StandardCharsets.UTF_8)) {
      int byteId = byteIds[value & 0xFF];
      sink.accept(byteId < 0 ? unknownId : byteId, start, end);
    }
  }

  /// Whether a token has the sign for a space nowhere but at its beginning. If all have, nothing is
  /// ever joined across the end of a word, and words can be looked at one by one.
  private static boolean spacesOnlyLead(String token) {
    int lead = 0;
    while (lead < token.length() && token.charAt(lead) == SPACE_SIGN) {
      lead++;
    }
    return token.indexOf(SPACE_SIGN, lead) < 0;
  }

  /// Spaces, then everything up to the next space.
  private static int endOfWord(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == SPACE_SIGN) {
      at++;
    }
    int end = text.indexOf(SPACE_SIGN, at);
    return end < 0 ? text.length() : end;
  }

  @FunctionalInterface
  private interface Sink {
    void accept(int id, int start, int end);
  }

  /// A growing list of ids.
  private static final class Ids implements Sink {
    private int[] ids = new int[64];
    private int count;

    @Override
    public void accept(int id, int start, int end) {
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, 2 * count);
      }
      ids[count++] = id;
    }

    TokenIds toTokenIds() {
      return TokenIds.of(Arrays.copyOf(ids, count));
    }
  }
}
