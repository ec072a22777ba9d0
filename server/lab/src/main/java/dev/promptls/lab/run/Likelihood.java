package dev.promptls.lab.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.lab.Json;
import dev.promptls.lab.ModelTokens;
import dev.promptls.model.Input;
import dev.promptls.model.ModelException;
import dev.promptls.model.Score;
import dev.promptls.model.TokenIds;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How likely a text is; its JSON is that of `score`.
///
/// @param score of each token
/// @param bytes of the text in UTF-8, what [#summary]'s `bitsPerByte` is per
/// @param withTop whether the likeliest tokens were asked for
public record Likelihood(Score score, int bytes, boolean withTop) {
  /// The likelihood of an input.
  ///
  /// @throws ModelException if the chat template refuses the input
  public static Likelihood of(Score score, Input input, ModelTokens tokens, boolean withTop)
      throws ModelException {
    String text =
        switch (input) {
          case Input.Text given -> given.text();
          case Input.Ids ids -> tokens.tokenizer().decode(ids.ids());
          case Input.Chat chat -> tokens.chat().apply(chat.messages());
        };
    return new Likelihood(score, text.getBytes(StandardCharsets.UTF_8).length, withTop);
  }

  public TokenIds ids() {
    return score.ids();
  }

  /// `nll`, the mean negative log-likelihood of a token in nats, `perplexity` and `bitsPerByte`;
  /// empty if no token has others before it.
  public Map<String, Double> summary() {
    List<Double> logprobs = score.logprobs();
    Map<String, Double> summary = new LinkedHashMap<>();
    if (!logprobs.isEmpty()) {
      double total = -logprobs.stream().mapToDouble(Double::doubleValue).sum();
      double mean = total / logprobs.size();
      summary.put("nll", mean);
      summary.put("perplexity", Math.exp(mean));
      if (bytes > 0) {
        summary.put("bitsPerByte", total / Math.log(2) / bytes);
      }
    }
    return summary;
  }

  /// `{tokens, ids, logprobs, nll, perplexity, bitsPerByte, top?}`; the summary is null where there
  /// is nothing to score.
  public JsonObject json() {
    JsonObject object = new JsonObject();
    object.addProperty("tokens", score.ids().size());
    object.add("ids", Json.tree(score.ids()));
    object.add("logprobs", Json.tree(score.logprobs()));
    Map<String, Double> summary = summary();
    for (String name : List.of("nll", "perplexity", "bitsPerByte")) {
      Double value = summary.get(name);
      object.add(
          name,
          value == null || !Double.isFinite(value) ? JsonNull.INSTANCE : new JsonPrimitive(value));
    }
    if (withTop) {
      JsonArray top = new JsonArray();
      score.top().forEach(likely -> top.add(pairs(likely)));
      object.add("top", top);
    }
    return object;
  }

  private static JsonArray pairs(List<Score.Likely> likely) {
    JsonArray pairs = new JsonArray();
    for (Score.Likely one : likely) {
      JsonArray pair = new JsonArray();
      pair.add(one.id());
      pair.add(Json.tree(one.logprob()));
      pairs.add(pair);
    }
    return pairs;
  }
}
