package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.promptls.lsp.convert.TokenLegend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `promptls.analyse`, and what shows of it in the text.
class AnalysesTest {
  private static final String PROMPT =
      """
      Judge 👋 them.

      Review: Bad.
      Sentiment: negative

      Review: Good.
      Sentiment: positive

      Review: Fine.
      Sentiment: positive

      Review: {{review}}
      Sentiment:
      """;

  private final FakeModel model = new FakeModel(prompt -> " positive");
  private final Editor editor = Editor.of(model);

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void surprisalTellsWhereEachTokenStandsAndColoursTheText() {
    editor.open(PROMPT.replace("them", "t$0hem"));
    List<String> meaning = colours();
    JsonObject result = analyse("surprisal", "{}");
    assertTrue(result.get("summary").getAsString().contains("bits"), result::toString);
    JsonArray tokens = result.getAsJsonArray("tokens");
    assertEquals(result.get("n").getAsInt(), tokens.size());
    for (var each : tokens) {
      JsonObject token = each.getAsJsonObject();
      if (token.has("start")) {
        int start = token.get("start").getAsInt();
        String there = PROMPT.substring(start, token.get("end").getAsInt());
        assertTrue(token.get("text").getAsString().contains(there), token::toString);
      }
    }
    // The model of these tests finds a token the less likely the longer it is.
    List<String> heat = colours();
    assertTrue(heat.contains("surprisal3 negati"), heat::toString);
    assertTrue(heat.contains("surprisal1 ."), heat::toString);
    assertFalse(heat.toString().contains("{{review}}"), heat::toString);
    assertTrue(editor.hover().contains("bits of surprise for fake"), editor::hover);
    editor.execute("promptls.clearResults", "{}");
    assertEquals(meaning, colours());
    analyse("surprisal", "{}");
    editor.type(PROMPT + " ");
    assertFalse(colours().toString().contains("surprisal"), "stale colours are not shown");
  }

  @Test
  void theBalanceOfLabelsNeedsNoModel() {
    editor.open(PROMPT);
    JsonObject result = analyse("labels", "{}");
    assertEquals(3, result.get("n").getAsInt());
    assertEquals("{\"negative\":1,\"positive\":2}", result.get("counts").toString());
    assertEquals("positive", result.getAsJsonObject("majority").get("label").getAsString());
    assertEquals(0, model.calls.get());
  }

  @Test
  void accuracyIsMeasuredForEachNumberOfExamples() {
    editor.open(PROMPT);
    JsonObject result = analyse("shots", "{'shots':[0,2,7]}");
    JsonArray points = result.getAsJsonArray("shots");
    assertEquals(2, points.size(), "seven of two others cannot be shown");
    JsonObject first = points.get(0).getAsJsonObject();
    assertEquals(2 / 3.0, first.get("accuracy").getAsDouble(), 1e-9);
    assertTrue(first.get("low").getAsDouble() > 0.2 && first.get("high").getAsDouble() < 0.95);
    assertEquals(0, result.get("suggested").getAsInt());
    assertEquals(6, model.calls.get());
  }

  @Test
  void tokenizersAreComparedAndPreviewsSummedUp() {
    editor.open(PROMPT);
    JsonObject tokenizers = analyse("tokenizers", "{'models':['other','missing']}");
    assertEquals(2, tokenizers.get("n").getAsInt(), tokenizers::toString);
    assertEquals("Tokens: 48 with fake, 48 with other.", tokenizers.get("summary").getAsString());
    JsonObject preview = analyse("preview", "{'mode':'leave-one-out'}");
    assertEquals("leave-one-out", preview.get("mode").getAsString());
    assertEquals(3, preview.get("n").getAsInt());
  }

  @Test
  void labelsAreCountedTheMostFrequentFirst() {
    editor.open(PROMPT);
    assertEquals(
        "3 examples: positive 2, negative 1; positive comes last.",
        analyse("labels", "{}").get("summary").getAsString());
  }

  @Test
  void anUnknownAnalysisIsRefusedByNamingThoseThereAre() {
    editor.open(PROMPT);
    String refusal = refusal("promptls.analyse", "{'analysis':'nope'}");
    assertTrue(refusal.contains("surprisal"), refusal);
  }

  @Test
  void anUnknownTemplateIsRefusedByNamingThoseThereAre() {
    editor.open(PROMPT);
    assertEquals(
        "There is no template nope in the gallery; there are few-shot/sentiment,"
            + " chain-of-thought/arithmetic.",
        refusal("promptls.insertTemplate", "{'template':'nope'}"));
  }

  @Test
  void withoutANameTemplatesAndModelsToChooseFromAreListed() {
    editor.open(PROMPT);
    JsonArray templates =
        editor
            .execute("promptls.insertTemplate", "{}")
            .getAsJsonObject()
            .getAsJsonArray("templates");
    assertEquals(
        "{\"name\":\"few-shot/sentiment\",\"description\":\"Four solved reviews\"}",
        templates.get(0).toString());
    JsonArray models =
        editor.execute("promptls.selectModel", "{}").getAsJsonObject().getAsJsonArray("models");
    assertEquals(
        "{\"name\":\"gpt-4o\",\"what\":\"hosted\",\"contextWindow\":128000}",
        models.get(1).toString());
  }

  @Test
  void aTemplateIsInsertedAtAPlaceThatIsOne() {
    editor.open(PROMPT);
    assertEquals(
        "The argument's 'position.line' must be a number from 0.",
        refusal(
            "promptls.insertTemplate",
            "{'template':'few-shot/sentiment','position':{'line':-1,'character':0}}"));
  }

  private String refusal(String command, String argument) {
    JsonObject reply =
        editor.client.awaitReply(
            editor.client.ask("workspace/executeCommand", editor.command(command, argument)));
    assertEquals(-32602, RawClient.errorCode(reply));
    return reply.getAsJsonObject("error").get("message").getAsString();
  }

  private JsonObject analyse(String name, String options) {
    return editor
        .execute("promptls.analyse", "{'analysis':'" + name + "','options':" + options + "}")
        .getAsJsonObject();
  }

  private List<String> colours() {
    JsonArray data =
        editor.at("textDocument/semanticTokens/full").getAsJsonObject().getAsJsonArray("data");
    List<String> lines = PROMPT.lines().toList();
    var colours = new ArrayList<String>();
    int line = 0;
    int column = 0;
    for (int i = 0; i < data.size(); i += 5) {
      column = (data.get(i).getAsInt() == 0 ? column : 0) + data.get(i + 1).getAsInt();
      line += data.get(i).getAsInt();
      String text = lines.get(line).substring(column, column + data.get(i + 2).getAsInt());
      colours.add(TokenLegend.TYPES.get(data.get(i + 3).getAsInt()) + " " + text);
    }
    return colours;
  }
}
