package dev.promptls.model.remote;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Input;
import dev.promptls.model.ModelException;
import dev.promptls.model.Sampling;
import java.util.Optional;

/// Requests as the servers read them. What has its neutral value is left out: hosted servers refuse
/// the options they do not know.
final class RequestBody {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final String path;
  private final JsonObject fields;

  private RequestBody(String path, JsonObject fields) {
    this.path = path;
    this.fields = fields;
  }

  /// Where to post it, below the endpoint's address.
  String path() {
    return path;
  }

  String json() {
    return GSON.toJson(fields);
  }

  boolean isChat() {
    return path.equals("/chat/completions");
  }

  static RequestBody generate(String model, GenerateRequest request, boolean stream)
      throws ModelException {
    RequestBody body = of(model, request.input());
    body.fields.addProperty("max_tokens", request.maxTokens());
    body.sampling(request.sampling());
    if (!request.stop().isEmpty()) {
      JsonArray stop = new JsonArray();
      request.stop().forEach(stop::add);
      body.fields.add("stop", stop);
    }
    if (request.ignoreEnd()) {
      body.fields.addProperty("ignore_eos", true);
    }
    if (stream) {
      body.fields.addProperty("stream", true);
      JsonObject options = new JsonObject();
      options.addProperty("include_usage", true);
      body.fields.add("stream_options", options);
    }
    return body;
  }

  /// Asks for the log-probabilities of a text. One token must be generated: to some servers none
  /// means no limit.
  static RequestBody score(String model, String text, int likeliest) throws ModelException {
    RequestBody body = of(model, new Input.Text(text));
    body.fields.addProperty("max_tokens", 1);
    body.fields.addProperty("temperature", 0);
    body.fields.addProperty("echo", true);
    body.fields.addProperty("logprobs", likeliest);
    return body;
  }

  /// Asks for the log-probabilities of what may follow a text.
  static RequestBody next(String model, String text, int likeliest) throws ModelException {
    RequestBody body = score(model, text, likeliest);
    body.fields.remove("echo");
    return body;
  }

  private static RequestBody of(String model, Input input) throws ModelException {
    JsonObject fields = new JsonObject();
    if (!model.isEmpty()) {
      fields.addProperty("model", model);
    }
    return switch (input) {
      case Input.Text(String text) -> {
        fields.addProperty("prompt", text);
        yield new RequestBody("/completions", fields);
      }
      case Input.Chat chat -> {
        JsonArray messages = new JsonArray();
        for (ChatMessage message : chat.messages()) {
          JsonObject one = new JsonObject();
          one.addProperty("role", message.role());
          one.addProperty("content", message.content());
          messages.add(one);
        }
        fields.add("messages", messages);
        yield new RequestBody("/chat/completions", fields);
      }
      case Input.Ids _ ->
          throw new ModelException(
              "A model behind an endpoint takes text, not token ids: use a local model for them.");
    };
  }

  private void sampling(Sampling sampling) {
    fields.addProperty("temperature", sampling.temperature());
    if (sampling.temperature() > 0) {
      fields.addProperty("seed", sampling.seed());
    }
    if (sampling.topP() < 1) {
      fields.addProperty("top_p", sampling.topP());
    }
    if (sampling.topK() > 0) {
      fields.addProperty("top_k", sampling.topK());
    }
    if (sampling.minP() > 0) {
      fields.addProperty("min_p", sampling.minP());
    }
    if (sampling.repetitionPenalty() != 1) {
      // vLLM and its kin say repetition, llama.cpp and its kin repeat.
      fields.addProperty("repetition_penalty", sampling.repetitionPenalty());
      fields.addProperty("repeat_penalty", sampling.repetitionPenalty());
    }
    if (!sampling.logitBias().isEmpty()) {
      JsonObject bias = new JsonObject();
      sampling.logitBias().forEach((id, value) -> bias.addProperty(id.toString(), value));
      fields.add("logit_bias", bias);
    }
  }

  /// The request in the form that the server's refusal asks for, if it is a form known here.
  Optional<RequestBody> adapted(String refusal) {
    if (refusal.contains("max_completion_tokens") && fields.has("max_tokens")) {
      JsonObject changed = fields.deepCopy();
      changed.add("max_completion_tokens", changed.remove("max_tokens"));
      return Optional.of(new RequestBody(path, changed));
    }
    if (refusal.contains("stream_options") && fields.has("stream_options")) {
      JsonObject changed = fields.deepCopy();
      changed.remove("stream_options");
      return Optional.of(new RequestBody(path, changed));
    }
    return Optional.empty();
  }
}
