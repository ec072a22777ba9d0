package dev.promptls.lab.run;

import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Input;
import dev.promptls.model.ModelException;
import dev.promptls.model.Sampling;
import dev.promptls.prompt.render.RenderResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a prompt wants to be decoded: what was asked for, else what its front matter says under
/// `config` (dotprompt), `modelParameters` (GitHub) or the model's `options` (Prompty), else
/// greedily and for at most 512 tokens.
final class Decoding {
  static final int DEFAULT_MAX_TOKENS = 512;
  private static final int MOST_TOKENS = 1 << 20;

  private final Map<?, ?> config;

  private Decoding(Map<?, ?> config) {
    this.config = config;
  }

  /// The request for a rendered prompt.
  ///
  /// @param maxTokens the most tokens to generate unless the options or the prompt say
  /// @throws ModelException if the prompt cannot be sent to a text model
  static GenerateRequest request(RenderResult rendered, RunOptions options, int maxTokens)
      throws ModelException {
    Decoding decoding = new Decoding(config(rendered.metadata()));
    int most =
        options.maxTokens() != null
            ? options.maxTokens()
            : (int)
                decoding.number(
                    maxTokens, 1, MOST_TOKENS, "maxOutputTokens", "maxTokens", "max_tokens");
    return new GenerateRequest(
        new Input.Chat(Conversation.of(rendered)),
        most,
        decoding.sampling(options),
        decoding.stop(),
        false,
        false,
        options.lane());
  }

  private static Map<?, ?> config(Map<String, ?> metadata) {
    for (String key : List.of("config", "modelParameters")) {
      if (metadata.get(key) instanceof Map<?, ?> map) {
        return map;
      }
    }
    return metadata.get("model") instanceof Map<?, ?> model
            && model.get("options") instanceof Map<?, ?> options
        ? options
        : Map.of();
  }

  private Sampling sampling(RunOptions options) {
    return new Sampling(
        Objects.requireNonNullElseGet(
            options.temperature(), () -> number(0, 0, 100, "temperature")),
        (int) number(0, 0, MOST_TOKENS, "topK", "top_k"),
        number(1, 0, 1, "topP", "top_p"),
        number(0, 0, 1, "minP", "min_p"),
        number(1, 0.01, 100, "repetitionPenalty", "repetition_penalty"),
        Objects.requireNonNullElseGet(options.seed(), () -> (long) number(0, 0, 1L << 53, "seed")),
        Map.of());
  }

  private List<String> stop() {
    Object value = first("stopSequences", "stop");
    List<String> stop = new ArrayList<>();
    if (value instanceof String one) {
      stop.add(one);
    } else if (value instanceof List<?> several) {
      several.forEach(item -> stop.add(String.valueOf(item)));
    }
    stop.removeIf(String::isEmpty);
    return stop;
  }

  /// A number of the configuration, held within bounds; nonsense there is the linter's business.
  private double number(double otherwise, double least, double most, String... keys) {
    return first(keys) instanceof Number number && Double.isFinite(number.doubleValue())
        ? Math.clamp(number.doubleValue(), least, most)
        : otherwise;
  }

  private @Nullable Object first(String... keys) {
    for (String key : keys) {
      Object value = config.get(key);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
