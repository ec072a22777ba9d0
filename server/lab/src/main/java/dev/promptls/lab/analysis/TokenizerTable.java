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
import java.util.stream.Collectors;

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
    json.addProperty("summary", summary());
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

  private String summary() {
    if (rows.isEmpty()) {
      return "There is no tokenizer to count with.";
    }
    String told =
        rows.stream()
            .sorted(Comparator.comparingInt(Row::tokens))
            .map(row -> "%s%d with %s".formatted(row.exact() ? "" : "≈", row.tokens(), row.model()))
            .collect(Collectors.joining(", "));
    String more = rows.size() == 1 ? "; name others to compare it with" : "";
    return "Tokens: %s%s.".formatted(told, more);
  }
}
