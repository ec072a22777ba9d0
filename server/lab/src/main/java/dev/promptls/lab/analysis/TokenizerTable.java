package dev.promptls.lab.analysis;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.promptls.lab.ModelTokens;
import dev.promptls.lab.run.Conversation;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.render.RenderResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a prompt costs with several tokenizers.
public record TokenizerTable(List<Row> rows) {
  public TokenizerTable {
    rows = List.copyOf(rows);
  }

  /// One tokenizer.
  ///
  /// @param exact whether these are the model's own tokens and not an estimate
  /// @param tokens of all that would be sent
  /// @param contextWindow in tokens; 0 if unknown
  public record Row(String model, boolean exact, int tokens, int contextWindow) {}

  /// Counts a rendered prompt.
  ///
  /// @throws ModelException if it cannot be sent
  public static TokenizerTable of(RenderResult rendered, List<ModelTokens> models)
      throws ModelException {
    List<ChatMessage> messages = Conversation.of(rendered);
    List<Row> rows = new ArrayList<>();
    for (ModelTokens model : models) {
      rows.add(
          new Row(
              model.info().name(),
              model.exact(),
              model.count(messages),
              model.info().contextWindow()));
    }
    return new TokenizerTable(rows);
  }

  /// `{summary, n, tokenizers: [{model, exact, tokens, contextWindow}]}`
  public JsonObject json() {
    JsonObject json = new JsonObject();
    Comparator<Row> byTokens = Comparator.comparingInt(Row::tokens);
    json.addProperty(
        "summary",
        rows.isEmpty()
            ? "There is no tokenizer to count with."
            : "From %d to %d tokens with %d tokenizers."
                .formatted(
                    rows.stream().min(byTokens).orElseThrow().tokens(),
                    rows.stream().max(byTokens).orElseThrow().tokens(),
                    rows.size()));
    json.addProperty("n", rows.size());
    JsonArray all = new JsonArray();
    for (Row row : rows) {
      JsonObject one = new JsonObject();
      one.addProperty("model", row.model());
      one.addProperty("exact", row.exact());
      one.addProperty("tokens", row.tokens());
      one.addProperty("contextWindow", row.contextWindow());
      all.add(one);
    }
    json.add("tokenizers", all);
    return json;
  }
}
