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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tokenizer described by a `tokenizer.json`, run by the library of Hugging Face through DJL. Its
/// native memory is given back when this object is no longer reachable.
final class JsonTokenizer implements ModelTokenizer {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "addSpecialTokens", "false",
          "truncation", "DO_NOT_TRUNCATE",
          "padding", "DO_NOT_PAD");

  private final HuggingFaceTokenizer library;
  private final TokenBytes bytes;

  private JsonTokenizer(HuggingFaceTokenizer library, TokenBytes bytes) {
    this.library = library;
    this.bytes = bytes;
  }

  static JsonTokenizer of(GgufVocabulary vocabulary) throws ModelException {
    String json = TokenizerJson.of(vocabulary);
    TokenBytes.Builder bytes = new TokenBytes.Builder(TokenBytes.Spelling.BYTE_LEVEL);
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      bytes.add(vocabulary.text(id), vocabulary.kind(id));
    }
    return new JsonTokenizer(open(json, vocabulary.file()), bytes.build());
  }

  static JsonTokenizer load(Path file) throws ModelException {
    TokenizerFile read = TokenizerFile.read(file);
    return new JsonTokenizer(open(read.json(), file.toString()), read.bytes());
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
  public StreamDecoder stream() {
    return new StreamDecoder(bytes);
  }

  @Override
  public TokenIds encode(String text) {
    return withEncoding(Utf16.wellFormed(text), this::ids);
  }

  @Override
  public int count(String text) {
    return encode(text).size();
  }

  @Override
  public List<Piece> pieces(String text) {
    return withEncoding(Utf16.wellFormed(text), encoding -> pieces(encoding, text));
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

  private TokenIds ids(long encoding) {
    long[] found = TokenizersLibrary.LIB.getTokenIds(encoding);
    return TokenIds.of(
        Arrays.stream(found).filter(this::inVocabulary).mapToInt(id -> (int) id).toArray());
  }

  /// False for the bytes that [TokenizerJson] could not give a token.
  private boolean inVocabulary(long id) {
    return id < bytes.size();
  }

  private List<Piece> pieces(long encoding, String text) {
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
        pieces.add(new Piece((int) ids[i], start, end));
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
