package dev.promptls.model.onnx;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.promptls.model.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The JSON files beside a published graph: those of `transformers` (`config.json`,
/// `generation_config.json`, `tokenizer_config.json`, `chat_template.jinja`) and that of
/// onnxruntime-genai (`genai_config.json`).
record PublishedConfig(
    Path folder, JsonFile config, JsonFile genai, JsonFile generation, JsonFile tokenizer) {
  private static final int MAX_CONTEXT = 1 << 24;
  private static final int MAX_VOCABULARY = 1 << 22;
  private static final int MAX_WIDTH = 1 << 20;
  private static final List<String> CONTEXT_KEYS =
      List.of("max_position_embeddings", "n_positions", "max_seq_len");

  static PublishedConfig read(Path folder) throws ModelException {
    PublishedConfig read =
        new PublishedConfig(
            folder,
            JsonFile.read(folder.resolve("config.json")),
            JsonFile.read(folder.resolve("genai_config.json")),
            JsonFile.read(folder.resolve("generation_config.json")),
            JsonFile.read(folder.resolve("tokenizer_config.json")));
    if (read.config.root().isEmpty() && read.genai.root().isEmpty()) {
      throw new ModelException(
          folder
              + " holds neither config.json nor genai_config.json: put there what its publisher has beside the .onnx file.");
    }
    return read;
  }

  /// The graph that onnxruntime-genai would load.
  Optional<String> graph() {
    return genai.string("model", "decoder", "filename");
  }

  String architecture() {
    return config.string("model_type").or(() -> genai.string("model", "type")).orElse("");
  }

  int contextWindow() throws ModelException {
    Optional<Integer> found = genai.positive(MAX_CONTEXT, "model", "context_length");
    for (String key : CONTEXT_KEYS) {
      found = found.or(() -> config.positive(MAX_CONTEXT, key));
    }
    return found.orElseThrow(() -> missing("max_position_embeddings", "context_length"));
  }

  int vocabularySize() throws ModelException {
    return config
        .positive(MAX_VOCABULARY, "vocab_size")
        .or(() -> genai.positive(MAX_VOCABULARY, "model", "vocab_size"))
        .orElseThrow(() -> missing("vocab_size", "vocab_size"));
  }

  int layers() throws ModelException {
    return width("num_hidden_layers", "n_layer")
        .or(() -> decoder("num_hidden_layers"))
        .orElseThrow(() -> missing("num_hidden_layers", "num_hidden_layers"));
  }

  /// Heads of a key, for graphs that do not fix them.
  Optional<Integer> kvHeads() {
    return width("num_key_value_heads").or(() -> decoder("num_key_value_heads")).or(this::heads);
  }

  /// The width of a head, for graphs that do not fix it.
  Optional<Integer> headSize() {
    return width("head_dim")
        .or(() -> decoder("head_size"))
        .or(() ->
            width("hidden_size", "n_embd").flatMap(hidden -> heads().map(heads -> hidden / heads)));
  }

  private Optional<Integer> heads() {
    return width("num_attention_heads", "n_head");
  }

  private Optional<Integer> width(String... keys) {
    return Stream.of(keys).flatMap(key -> config.positive(MAX_WIDTH, key).stream()).findFirst();
  }

  private Optional<Integer> decoder(String key) {
    return genai.positive(MAX_WIDTH, "model", "decoder", key);
  }

  private ModelException missing(String key, String genaiKey) {
    return new ModelException(
        "%s says nothing sound of `%s` (`%s` in genai_config.json): get its config.json from the publisher."
            .formatted(folder, key, genaiKey));
  }

  Set<Integer> endIds() {
    Set<Integer> ids = new TreeSet<>(generation.ids("eos_token_id"));
    ids.addAll(genai.ids("model", "eos_token_id"));
    if (ids.isEmpty()) {
      ids.addAll(config.ids("eos_token_id"));
    }
    return ids;
  }

  Optional<String> startToken() {
    return tokenizer.token("bos_token");
  }

  Optional<String> endToken() {
    return tokenizer.token("eos_token");
  }

  /// What the publisher says of a start token before prompts.
  Optional<Boolean> addsStart() {
    return tokenizer.bool("add_bos_token");
  }

  /// The template of conversations: a file of its own goes before the one in the JSON.
  Optional<String> chatTemplate() throws ModelException {
    Path file = folder.resolve("chat_template.jinja");
    if (Files.isRegularFile(file)) {
      return Optional.of(JsonFile.text(file));
    }
    Optional<String> only = tokenizer.string("chat_template");
    return only.isPresent() ? only : namedTemplate();
  }

  /// Some have a list of templates; the one for plain conversations is called `default`.
  private Optional<String> namedTemplate() {
    if (tokenizer.get("chat_template").orElse(null) instanceof JsonArray all) {
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i) instanceof JsonObject each) {
          JsonFile one = new JsonFile(tokenizer.path(), each);
          if (one.string("name").filter("default"::equals).isPresent()) {
            return one.string("template");
          }
        }
      }
    }
    return Optional.empty();
  }

  /// How weights are stored, by the name that publishers give the file: `model_q4f16.onnx`.
  static String quantisation(Path graph) {
    String name = String.valueOf(graph.getFileName()).toLowerCase(Locale.ROOT);
    String stem = name.replaceFirst("\\.onnx$", "");
    int cut = stem.lastIndexOf('_');
    String last = cut < 0 ? "" : stem.substring(cut + 1);
    return last.matches("q\\d\\w*|fp16|int8|uint8|bnb4|quantized")
        ? last.toUpperCase(Locale.ROOT)
        : "";
  }
}
