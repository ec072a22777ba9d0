package dev.promptls.model.tokens;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A tokenizer described by a `tokenizer.json`, run by the library of Hugging Face through DJL. Its
/// native memory is given back when this object is no longer reachable.
final class JsonTokenizer implements ModelTokenizer {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "addSpecialTokens", "false",
          "truncation", "DO_NOT_TRUNCATE",
          "padding", "DO_NOT_PAD");

  /// The library keeps hundreds of bytes for each token of what it encodes. More than a million
  /// characters never go to it at once: its regular expressions give up on white space of some
  /// millions and take the process with them.
  private static final Chunks WORDS = new Chunks(1 << 16, 1 << 20);

  /// For rules that are not ours, which may look beyond a word.
  private static final Chunks WHOLE = new Chunks(1 << 20, 1 << 20);

  private static final Pattern LETTER_THEN_SPACE = Pattern.compile("[A-Za-z] ");

  private final HuggingFaceTokenizer library;
  private final TokenBytes bytes;

  private final Chunks chunks;

  private JsonTokenizer(HuggingFaceTokenizer library, TokenBytes bytes, Chunks chunks) {
    this.library = library;
    this.bytes = bytes;
    this.chunks = chunks;
  }

  static JsonTokenizer of(GgufVocabulary vocabulary) throws ModelException {
    String json = TokenizerJson.of(vocabulary);
    TokenBytes.Builder bytes = new TokenBytes.Builder(TokenBytes.Spelling.BYTE_LEVEL);
    boolean wordByWord = true;
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      String text = vocabulary.text(id);
      bytes.add(text, vocabulary.kind(id));
      // Byte-level tokens write a space in another way, so only special ones can hold it.
      wordByWord &= !LETTER_THEN_SPACE.matcher(text).find();
    }
    return new JsonTokenizer(
        open(json, vocabulary.file()), bytes.build(), wordByWord ? WORDS : WHOLE);
  }

  static JsonTokenizer load(Path file) throws ModelException {
    TokenizerFile read = TokenizerFile.read(file);
    return new JsonTokenizer(open(read.json(), file.toString()), read.bytes(), WHOLE);
  }

  private static HuggingFaceTokenizer open(String json, String origin) throws ModelException {
    NativeLibraries.stayOffline();
    try (ByteArrayInputStream in =
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))) {
      return HuggingFaceTokenizer.newInstance(in, OPTIONS);
    } catch (IOException | RuntimeException e) {
      throw new ModelException(
          "%s: the tokenizer cannot be used (%s); use another copy of this model."
              .formatted(origin, e.getMessage()),
          e);
    }
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
    IntStream.Builder ids = IntStream.builder();
    chunks.forEach(
        Utf16.wellFormed(text),
        (chunk, start) -> {
          for (long id : withEncoding(chunk, TokenizersLibrary.LIB::getTokenIds)) {
            if (inVocabulary(id)) {
              ids.add((int) id);
            }
          }
        });
    return TokenIds.of(ids.build().toArray());
  }

  @Override
  public int nextCut(String text, int from) {
    return chunks.equals(WORDS) ? Chunks.next(text, from) : text.length();
  }

  @Override
  public List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    chunks.forEach(
        Utf16.wellFormed(text),
        (chunk, start) ->
            withEncoding(chunk, encoding -> pieces.addAll(pieces(encoding, chunk, start))));
    return pieces;
  }

  /// Only what is asked for is copied out of the library: its own `encode` makes eight arrays.
  private <T> T withEncoding(String text, EncodingReader<T> reader) {
    try {
      long encoding = TokenizersLibrary.LIB.encode(library.getHandle(), text, false);
      try {
        return reader.read(encoding);
      } finally {
        TokenizersLibrary.LIB.deleteEncoding(encoding);
      }
    } finally {
      // The library has a finalizer that frees the handle: it must not run meanwhile.
      Reference.reachabilityFence(library);
    }
  }

  /// False for the bytes that [TokenizerJson] could not give a token.
  private boolean inVocabulary(long id) {
    return id < bytes.size();
  }

  private List<Piece> pieces(long encoding, String text, int shift) {
    long[] ids = TokenizersLibrary.LIB.getTokenIds(encoding);
    @Nullable CharSpan[] spans = TokenizersLibrary.LIB.getTokenCharSpans(encoding);
    CodePoints position = new CodePoints(text);
    List<Piece> pieces = new ArrayList<>(ids.length);
    int end = 0;
    for (int i = 0; i < ids.length; i++) {
      CharSpan span = spans[i];
      int start = span == null ? end : position.toUtf16(span.getStart());
      end = span == null ? end : position.toUtf16(span.getEnd());
      if (inVocabulary(ids[i])) {
        pieces.add(new Piece((int) ids[i], start + shift, end + shift));
      }
    }
    return pieces;
  }

  @FunctionalInterface
  private interface EncodingReader<T> {
    T read(long encoding);
  }

  /// Turns offsets in code points into offsets in UTF-16 units, quickest near the last one asked.
  private static final class CodePoints {
    private final String text;
    private int codePoint;
    private int unit;

    CodePoints(String text) {
      this.text = text;
    }

    int toUtf16(int target) {
      unit = text.offsetByCodePoints(unit, target - codePoint);
      codePoint = target;
      return unit;
    }
  }
}
