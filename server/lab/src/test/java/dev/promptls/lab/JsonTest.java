package dev.promptls.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParseException;
import dev.promptls.lab.run.RunResult;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.Finish;
import dev.promptls.model.Timing;
import dev.promptls.model.TokenIds;
import dev.promptls.model.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void a_run_has_the_fields_of_the_contract() {
    RunResult run =
        new RunResult(
            "m",
            List.of(new ChatMessage("user", "hi")),
            "p",
            "o",
            Finish.STOP,
            new Usage(1, 0, 2),
            new Timing(1.5, 2, 3, 4));

    assertEquals(
        """
        {"model":"m","messages":[{"role":"user","content":"hi"}],"prompt":"p","output":"o",\
        "finish":"stop","usage":{"promptTokens":1,"cachedTokens":0,"outputTokens":2},\
        "timing":{"firstTokenMillis":1.5,"prefillTokensPerSecond":2.0,\
        "decodeTokensPerSecond":3.0,"totalMillis":4.0}}\
        """,
        Json.line(run));
  }

  @Test
  void absent_fields_are_left_out_and_null_inside_a_tree_is_kept() {
    record Holder(@Nullable String absent, com.google.gson.JsonElement tree) {}

    assertEquals(
        "{\"tree\":{\"a\":null,\"b\":[null,1]}}",
        Json.line(new Holder(null, Json.parse("{\"a\":null,\"b\":[null,1]}"))));
  }

  @Test
  void integers_stay_integers() {
    String text = "{\"a\":1,\"b\":123456789012345678901234567890,\"c\":1.5,\"d\":-0}";

    assertEquals(
        "{\"a\":1,\"b\":123456789012345678901234567890,\"c\":1.5,\"d\":0}",
        Json.line(Json.ofPlain(Json.plain(Json.parse(text)))));
  }

  @Test
  void no_character_of_a_string_can_break_the_line() {
    assertEquals(
        "\"a\\u0085b\\u2028c\\u2029d\\ne\\u000bf\\u001c😀\"",
        Json.line("a\u0085b\u2028c\u2029d\ne\u000bf\u001c😀"));
  }

  @Test
  void lone_surrogates_become_the_replacement_character() {
    assertEquals("\"\ufffd-\ufffd-😀-\ufffd\"", Json.line("\ud83d-\ude00-😀-\ud83d"));
  }

  @Test
  void escaped_surrogates_are_read_with_a_partner_or_replaced() {
    assertEquals(
        "[\"\ufffd\",\"😀\",\"\ufffd😀\",\"\\\\ud83d\",\"x\ufffd\"]",
        Json.line(
            Json.parse(
                "[\"\\ud83d\",\"\\ud83d\\ude00\",\"\\ud83d\\uD83D\\uDE00\",\"\\\\ud83d\",\"x\\ude00\"]")));
  }

  @Test
  void numbers_that_are_not_finite_become_null() {
    record Holder(double a, TokenIds ids) {}

    assertEquals(
        "[null,{\"ids\":[1,2]}]",
        Json.line(List.of(Double.NaN, new Holder(Double.NEGATIVE_INFINITY, TokenIds.of(1, 2)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{} {}", "{a:1}", "[1,]", "'a'", "NaN"})
  void what_is_not_one_json_document_is_refused(String text) {
    assertThrows(JsonParseException.class, () -> Json.parse(text));
  }
}
