package dev.promptls.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import dev.promptls.model.TokenIds;
import java.util.List;

/// What the reference says of one text.
///
/// @param logprobs `logprobs[i]` is that of `ids[i+1]`
/// @param first the likeliest token after the text
/// @param margin its log-probability less that of the second
/// @param greedy what greedy decoding gives, the end token included
/// @param margins the same margin at each step of it
record Reference(
    TokenIds ids,
    List<Double> logprobs,
    int first,
    double margin,
    TokenIds greedy,
    List<Double> margins) {
  static Reference parse(String line) {
    JsonObject json = Json.parse(line).getAsJsonObject();
    JsonArray next = json.getAsJsonArray("next_top5");
    return new Reference(
        ids(json.getAsJsonArray("ids")),
        numbers(json.getAsJsonArray("logprobs")),
        next.get(0).getAsJsonArray().get(0).getAsInt(),
        next.get(0).getAsJsonArray().get(1).getAsDouble()
            - next.get(1).getAsJsonArray().get(1).getAsDouble(),
        ids(json.getAsJsonArray("greedy_ids")),
        numbers(json.getAsJsonArray("greedy_margin")));
  }

  /// The greedy answer up to the first step whose margin is under `least`.
  TokenIds sure(double least) {
    int steps = 0;
    while (steps < greedy.size() && margins.get(steps) >= least) {
      steps++;
    }
    return greedy.slice(0, steps);
  }

  private static TokenIds ids(JsonArray array) {
    return TokenIds.of(array.asList().stream().mapToInt(JsonElement::getAsInt).toArray());
  }

  private static List<Double> numbers(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsDouble).toList();
  }
}
