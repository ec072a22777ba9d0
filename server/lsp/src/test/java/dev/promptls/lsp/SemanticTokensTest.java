package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.lsp.convert.TokenLegend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SemanticTokensTest {
  private static final String TEXT =
      """
      ---
      model: fake # a comment
      ---
      {{role "system"}}
      Greet 👋 {{name}}.

      Q: a
      A: b
      two

      Q: c
      A: d
      """;

  private final Editor editor = Editor.of(new FakeModel(prompt -> "x"));

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void tokensComeInTheirPlacesAndNeverCrossALine() {
    editor.open(TEXT);
    assertEquals(
        List.of(
            "1:0 property model",
            "1:7 string fake",
            "3:2 function role",
            "3:7 keyword \"system\"",
            "4:11 variable name",
            "6:0 label Q:",
            "7:0 label A:",
            "7:3 enumMember b",
            "8:0 enumMember two",
            "10:0 label Q:",
            "11:0 label A:",
            "11:3 enumMember d"),
        decoded(TEXT, full()));
  }

  @Test
  void reasoningAndTheLabelsOfTheQuestionAreMarkedInAllShapes() {
    String blocks = "Q: 2+2?\nA: Two and two. The answer is 4.\n\nQ: a\nA: b\n\nQ: {{q}}\nA:\n";
    editor.open(blocks);
    assertEquals(
        List.of(
            "0:0 label Q:",
            "1:0 label A:",
            "1:3 string Two and two.",
            "1:30 enumMember 4",
            "3:0 label Q:",
            "4:0 label A:",
            "4:3 enumMember b",
            "6:0 label Q:",
            "6:5 variable q",
            "7:0 label A:"),
        decoded(blocks, full()));
    String turns = "user:\nWhy?\nassistant:\nIt is so. The answer is no.\nuser:\n{{q}}\n";
    editor.open(turns, "prompty");
    assertEquals(
        List.of(
            "0:0 keyword user",
            "2:0 keyword assistant",
            "3:0 string It is so.",
            "3:24 enumMember no",
            "4:0 keyword user",
            "5:2 variable q"),
        decoded(turns, full()));
  }

  @Test
  void specialTokensOfModelsAreMarkedWhereTheyAreSaid() {
    String text = "Say <|im_end|> and [INST]. {{! </s> }} Not <this> nor [that].\n";
    editor.open(text);
    assertEquals(
        List.of("0:4 macro <|im_end|>", "0:19 macro [INST]", "0:27 comment {{! </s> }}"),
        decoded(text, full()));
  }

  @Test
  void aRangeGivesItsOwnTokens() {
    editor.open(TEXT);
    JsonObject params = editor.here();
    params.add(
        "range",
        com.google.gson.JsonParser.parseString(
            "{'start':{'line':3,'character':0},'end':{'line':4,'character':0}}"));
    JsonArray data =
        editor
            .client
            .call("textDocument/semanticTokens/range", params)
            .getAsJsonObject()
            .getAsJsonArray("data");
    assertEquals(
        List.of("3:2 function role", "3:7 keyword \"system\""), decoded(TEXT, numbers(data)));
  }

  @Test
  void theDifferenceAppliedToWhatWasSentIsWhatWouldBeSentAnew() {
    var random = new Random(7);
    editor.open(TEXT);
    JsonObject answer = request("full", null);
    List<Integer> known = numbers(answer.getAsJsonArray("data"));
    String text = TEXT;
    for (int i = 0; i < 40; i++) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(6));
      String[] pieces = {"", "x", "\n", "{{y}}", "\nQ: e\nA: f\n", "{{role \"user\"}}", "---\n"};
      text = text.substring(0, at) + pieces[random.nextInt(pieces.length)] + text.substring(end);
      editor.type(text);
      answer = request("full/delta", answer.get("resultId").getAsString());
      known = applied(known, answer.getAsJsonArray("edits"));
      JsonObject fresh = request("full", null);
      assertEquals(numbers(fresh.getAsJsonArray("data")), known, text);
      answer = fresh;
    }
  }

  @Test
  void anUnknownFormerAnswerIsAnsweredInFull() {
    editor.open(TEXT);
    assertEquals(true, request("full/delta", "never sent").has("data"));
  }

  private List<Integer> full() {
    return numbers(request("full", null).getAsJsonArray("data"));
  }

  private JsonObject request(String kind, @Nullable String former) {
    JsonObject params = editor.here();
    if (former != null) {
      params.addProperty("previousResultId", former);
    }
    return editor.client.call("textDocument/semanticTokens/" + kind, params).getAsJsonObject();
  }

  private static List<Integer> numbers(JsonArray data) {
    return data.asList().stream().map(JsonElement::getAsInt).toList();
  }

  private static List<Integer> applied(List<Integer> before, JsonArray edits) {
    var after = new ArrayList<>(before);
    for (JsonElement each : edits) {
      JsonObject edit = each.getAsJsonObject();
      List<Integer> place = after.subList(edit.get("start").getAsInt(), after.size());
      place.subList(0, edit.get("deleteCount").getAsInt()).clear();
      place.addAll(0, numbers(edit.getAsJsonArray("data")));
    }
    return after;
  }

  private static List<String> decoded(String text, List<Integer> data) {
    List<String> lines = text.lines().toList();
    var tokens = new ArrayList<String>();
    int line = 0;
    int column = 0;
    for (int i = 0; i < data.size(); i += 5) {
      column = data.get(i) == 0 ? column + data.get(i + 1) : data.get(i + 1);
      line += data.get(i);
      String type = TokenLegend.TYPES.get(data.get(i + 3));
      String shown = lines.get(line).substring(column, column + data.get(i + 2));
      tokens.add(line + ":" + column + " " + type + " " + shown);
    }
    return tokens;
  }
}
