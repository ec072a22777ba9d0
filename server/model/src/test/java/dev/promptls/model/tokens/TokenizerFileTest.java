package dev.promptls.model.tokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.ModelException;
import dev.promptls.model.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerFileTest {
  private static final String SOUND =
      """
      {"truncation": {"max_length": 2, "strategy": "LongestFirst", "stride": 0},
       "padding": null,
       "added_tokens": [{"id": 3, "content": "<s>", "special": true, "single_word": false,
         "lstrip": false, "rstrip": false, "normalized": false}],
       "normalizer": null,
       "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": true},
       "post_processor": null,
       "decoder": {"type": "ByteLevel"},
       "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2, "<s>": 3}, "merges": ["a b"]}}
      """;
  private static final String SPLIT =
      "{\"type\": \"Split\", \"behavior\": \"Isolated\", \"invert\": false,"
          + " \"pattern\": {\"Regex\": \"(a|aa)*(c|d)\"}}";

  @TempDir Path folder;

  @BeforeAll
  static void nativeLibraries() {
    NativeLibraries.unpackInto(Path.of("target/native"));
  }

  private ModelTokenizer load(String json) throws IOException, ModelException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, json);
    return ModelTokenizer.load(file);
  }

  private void assertRefused(String json) {
    String message = assertThrows(ModelException.class, () -> load(json)).getMessage();
    assertTrue(message.contains("tokenizer.json"), message);
    assertTrue(message.endsWith("."), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void aTextIsNeverCutShort() throws Exception {
    ModelTokenizer tokenizer = load(SOUND);
    assertEquals(TokenIds.of(3, 2, 2, 0), tokenizer.encode("<s>ababa"));
    assertEquals("ababa", tokenizer.decode(tokenizer.encode("<s>ababa")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "null", "7", "{\"model\": 5}", "\0", "{\"a\": 1, \"a\": 2}"})
  void whatIsNoTokenizerIsRefused(String json) {
    assertRefused(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "\"id\": 3 ~ \"id\": -1",
        "\"id\": 3 ~ \"id\": 4000000000",
        "\"id\": 3 ~ \"id\": \"x\"",
        "\"id\": 3 ~ \"no\": 3",
        "\"<s>\", ~ null,",
        "\"<s>\", ~ \"\",",
        "\"a b\" ~ \"a z\"",
        "\"a b\" ~ \"ab\"",
        "BPE ~ Unigram",
        "\"normalizer\": null ~ \"normalizer\": 5",
        "\"normalizer\": null ~ \"normalizer\": {\"type\": \"Precompiled\"}",
        "\"merges\" ~ \"continuing_subword_prefix\": \"######\", \"merges\"",
        "\"merges\" ~ \"unk_token\": \"zzz\", \"merges\"",
        "\"decoder\" ~ \"model\"",
        "\"add_prefix_space\": false ~ \"add_prefix_space\": 7",
      })
  void whatTheLibraryWouldChokeOnIsRefused(String part, String instead) {
    assertTrue(SOUND.contains(part));
    assertRefused(SOUND.replace(part, instead));
  }

  @Test
  void patternsThatAreNotKnownAreRefused() throws Exception {
    String byteLevel =
        "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": false, \"use_regex\": true}";
    assertTrue(SOUND.contains(byteLevel));
    assertRefused(SOUND.replace(byteLevel, SPLIT));
    String known =
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}{1,3}"
            + "| ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+";
    ModelTokenizer tokenizer = load(SOUND.replace(byteLevel, SPLIT.replace("(a|aa)*(c|d)", known)));
    assertEquals(TokenIds.of(2), tokenizer.encode("ab"));
  }

  @Test
  void deepNestingIsRefusedAndNotFollowed() {
    assertRefused("[".repeat(100_000));
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    assertRefused(SOUND.replace("\"normalizer\": null", "\"normalizer\": " + deep));
    assertRefused(SOUND.replace("\"merges\": [\"a b\"]", "\"merges\": " + deep));
  }

  @Test
  void aMissingFileOrAFolderIsRefused() {
    for (Path path : List.of(folder.resolve("none.json"), folder)) {
      String message =
          assertThrows(ModelException.class, () -> ModelTokenizer.load(path)).getMessage();
      assertTrue(message.contains("cannot be read"), message);
    }
  }
}
