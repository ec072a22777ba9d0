package dev.promptls.model.tokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenIds;
import dev.promptls.model.Tokenizer.Piece;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTokenizerTest {
  static Stream<JsonObject> goldens() throws IOException {
    return lines("goldens.jsonl");
  }

  private static Stream<JsonObject> lines(String file) throws IOException {
    return Files.readAllLines(Vocabularies.FOLDER.resolve(file)).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject());
  }

  private static TokenIds ids(JsonElement array) {
    JsonArray ids = array.getAsJsonArray();
    return TokenIds.of(ids.asList().stream().mapToInt(JsonElement::getAsInt).toArray());
  }

  @Test
  void givesTheIdsOfTheDefaultModel() throws Exception {
    ModelTokenizer tokenizer = Vocabularies.smolLm2();
    for (JsonObject line : lines("smollm2-tokens.jsonl").toList()) {
      String text = line.get("text").getAsString();
      assertEquals(ids(line.get("ids")), tokenizer.encode(text), text);
      if (!text.contains("<|")) {
        assertEquals(text, tokenizer.decode(tokenizer.encode(text)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void givesTheIdsOfLlamaCpp(JsonObject golden) throws Exception {
    GgufVocabulary vocabulary = Vocabularies.read(golden.get("file").getAsString());
    ModelTokenizer tokenizer = ModelTokenizer.of(vocabulary);
    assertEquals(golden.get("bos_added").getAsBoolean(), vocabulary.startsPrompts());
    for (JsonElement pair : golden.getAsJsonArray("tokenize")) {
      String text = pair.getAsJsonArray().get(0).getAsString();
      assertEquals(ids(pair.getAsJsonArray().get(1)), tokenizer.encode(text), text);
    }
    TokenIds start =
        vocabulary.startsPrompts()
            ? TokenIds.of(vocabulary.startId().orElseThrow())
            : TokenIds.EMPTY;
    for (JsonElement prompt : golden.getAsJsonArray("prompts")) {
      String text = prompt.getAsJsonObject().get("text").getAsString();
      assertEquals(
          ids(prompt.getAsJsonObject().get("ids")), start.plus(tokenizer.encode(text)), text);
    }
  }

  @Test
  void aByteWithoutATokenIsLeftOutAndKeepsItsNeighboursApart() throws Exception {
    ModelTokenizer tokenizer = Vocabularies.smolLm2();
    TokenIds apart = tokenizer.encode("Hel").plus(tokenizer.encode("lo"));
    assertEquals(apart, tokenizer.encode("Hel\u0006lo"));
    assertEquals(apart.size(), tokenizer.pieces("Hel\u0006lo").size());
  }

  @Test
  void piecesCoverTheTextInUtf16Units() throws Exception {
    String text = "Hi 👩‍👩‍👧 é <|im_end|>\n🇫🇷!";
    for (String file : List.of("smollm2-vocabulary.gguf", "llama-spm-q5_0.gguf")) {
      ModelTokenizer tokenizer = Vocabularies.tokenizer(file);
      List<Piece> pieces = tokenizer.pieces(text);
      assertEquals(
          tokenizer.encode(text), TokenIds.of(pieces.stream().mapToInt(Piece::id).toArray()));
      int covered = 0;
      for (Piece piece : pieces) {
        assertTrue(piece.start() <= covered && covered <= piece.end(), piece + " of " + file);
        covered = piece.end();
      }
      assertEquals(text.length(), covered);
    }
  }

  @Test
  void aLongTextHasTheTokensOfItsParts() throws Exception {
    ModelTokenizer tokenizer = Vocabularies.smolLm2();
    String part = "Long texts are encoded in parts.\n\n  12 of 🎉 them, <|im_start|>say, end here";
    TokenIds first = tokenizer.encode(part);
    TokenIds next = tokenizer.encode(" " + part);
    int repeats = 3_000;
    String text = part + (" " + part).repeat(repeats);
    TokenIds all = tokenizer.encode(text);
    assertEquals(first.size() + repeats * next.size(), all.size());
    assertEquals(next, all.slice(all.size() - next.size(), all.size()));
    List<Piece> pieces = tokenizer.pieces(text);
    assertEquals(all.size(), pieces.size());
    assertEquals(text.length(), pieces.getLast().end());
  }

  @Test
  void tokensThatShareACharacterHaveTheSameRange() throws Exception {
    ModelTokenizer tokenizer = Vocabularies.tokenizer("micro-q8_0.gguf");
    assertEquals(
        List.of("a", "🎉", "🎉", "🎉", "🎉", "b"),
        tokenizer.pieces("a🎉b").stream()
            .map(piece -> "a🎉b".substring(piece.start(), piece.end()))
            .toList());
  }

  @Test
  void aLoneSurrogateCountsAsTheReplacementCharacter() throws Exception {
    for (String file : List.of("smollm2-vocabulary.gguf", "llama-spm-q5_0.gguf")) {
      ModelTokenizer tokenizer = Vocabularies.tokenizer(file);
      assertEquals(tokenizer.encode("a\uFFFDb\uFFFD"), tokenizer.encode("a\uD83Db\uDE00"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"smollm2-vocabulary.gguf", "qwen2-q4_0.gguf", "llama-spm-q5_1.gguf"})
  void streamedTextIsTheWholeText(String file) throws Exception {
    ModelTokenizer tokenizer = Vocabularies.tokenizer(file);
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      int[] ids = random.ints(20, 0, tokenizer.vocabularySize()).toArray();
      StreamDecoder stream = tokenizer.stream();
      StringBuilder streamed = new StringBuilder();
      for (int id : ids) {
        streamed.append(stream.add(id));
      }
      streamed.append(stream.flush());
      assertEquals(tokenizer.decode(TokenIds.of(ids)), streamed.toString());
    }
  }

  @Test
  void aCharacterIsHeldBackUntilItIsComplete() throws Exception {
    ModelTokenizer tokenizer = Vocabularies.tokenizer("micro-q8_0.gguf");
    TokenIds ids = tokenizer.encode("🎉");
    assertEquals(4, ids.size());
    StreamDecoder stream = tokenizer.stream();
    for (int i = 0; i < 3; i++) {
      assertEquals("", stream.add(ids.get(i)));
    }
    assertEquals("🎉", stream.add(ids.get(3)));
    stream.add(ids.get(0));
    assertEquals("\uFFFD", stream.flush());
    assertEquals("", stream.flush());
  }

  @Test
  void tokensThatSteerTheModelPrintNothing() throws Exception {
    ModelTokenizer tokenizer = Vocabularies.smolLm2();
    assertEquals(
        "user\nHi\n", tokenizer.decode(tokenizer.encode("<|im_start|>user\nHi<|im_end|>\n")));
    assertEquals("", tokenizer.decode(TokenIds.of(-1, Integer.MAX_VALUE)));
  }

  @Test
  void endTokensAreThoseOfTheFamily() throws Exception {
    GgufVocabulary vocabulary = Vocabularies.read("smollm2-vocabulary.gguf");
    assertEquals(List.of(0, 2), List.copyOf(vocabulary.endIds()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"smollm2-vocabulary.gguf", "qwen2-q4_0.gguf"})
  void aWrittenTokenizerReadsBackTheSame(String file) throws Exception {
    GgufVocabulary vocabulary = Vocabularies.read(file);
    var written = Files.createTempFile("tokenizer", ".json");
    try {
      Files.writeString(written, TokenizerJson.of(vocabulary), StandardCharsets.UTF_8);
      ModelTokenizer direct = ModelTokenizer.of(vocabulary);
      ModelTokenizer read = ModelTokenizer.load(written);
      String text = "<|im_start|>user\nNaïve 12345 🎉<|im_end|>";
      assertEquals(direct.encode(text), read.encode(text));
      assertEquals(direct.decode(direct.encode(text)), read.decode(read.encode(text)));
    } finally {
      Files.delete(written);
    }
  }

  @Test
  void refusesAnUnknownKindInASentence() throws Exception {
    GgufVocabulary sound = Vocabularies.read("micro-q8_0.gguf");
    GgufVocabulary other =
        new GgufVocabulary(
            "tiny.gguf",
            "rwkv",
            sound.pre(),
            sound.tokens(),
            sound.merges(),
            sound.startId(),
            sound.endId(),
            sound.unknownId(),
            sound.addsStart(),
            sound.addsSpacePrefix());
    String message =
        assertThrows(ModelException.class, () -> ModelTokenizer.of(other)).getMessage();
    assertTrue(message.startsWith("tiny.gguf: "), message);
    assertTrue(message.contains("`rwkv`"), message);
  }
}
