package dev.promptls.model.onnx;

import dev.promptls.model.ModelException;
import dev.promptls.model.gguf.Metadata;
import java.util.Optional;

/// The shape of a decoder-only transformer, as a GGUF file declares it.
///
/// @param hidden width of the residual stream
/// @param headSize width of one attention head; may differ from `hidden / heads`
/// @param ropeBase base of the rotary frequencies
/// @param ropeStretch by how much positions are closer together than they count; 1 for most models
/// @param context tokens the model was trained for
/// @param slidingWindow tokens that local layers see; 0 if all layers see everything
record DecoderConfig(
    Family family,
    int layers,
    int hidden,
    int heads,
    int kvHeads,
    int headSize,
    int feedForward,
    int vocabulary,
    int context,
    float epsilon,
    double ropeBase,
    double ropeStretch,
    int slidingWindow) {
  private static final int MAX_LAYERS = 512;

  /// No model is wider. Tables that the graph needs grow with the square of a width, so a file must
  /// not choose it freely.
  private static final int MAX_WIDTH = 1 << 15;

  /// Rotary tables have half of it for each position.
  private static final int MAX_HEAD = 512;

  /// The architectures that can be imported, with what sets them apart from each other.
  enum Family {
    /// Rotates neighbours: the file holds q and k permuted for it.
    LLAMA("llama", true, false, false),
    QWEN2("qwen2", false, false, false),
    QWEN3("qwen3", false, true, false),
    GEMMA3("gemma3", false, true, true);

    private final String name;
    private final boolean interleavedRotary;
    private final boolean headNorms;
    private final boolean gemma;

    Family(String name, boolean interleavedRotary, boolean headNorms, boolean gemma) {
      this.name = name;
      this.interleavedRotary = interleavedRotary;
      this.headNorms = headNorms;
      this.gemma = gemma;
    }

    /// As `general.architecture` names it.
    String title() {
      return name;
    }

    boolean interleavedRotary() {
      return interleavedRotary;
    }

    /// Whether q and k are normalised per head before the rotation.
    boolean headNorms() {
      return headNorms;
    }

    /// Norms on the branches, scaled embeddings, tanh GELU and local layers.
    boolean gemma() {
      return gemma;
    }

    static Optional<Family> of(String name) {
      for (Family family : values()) {
        if (family.name.equals(name)) {
          return Optional.of(family);
        }
      }
      return Optional.empty();
    }
  }

  /// Whether a layer sees only the sliding window: with gemma3 five of six do.
  boolean isLocal(int layer) {
    return family.gemma() && slidingWindow > 0 && layer % 6 != 5;
  }

  KvCache.Shape cacheShape(Arithmetic arithmetic) {
    return new KvCache.Shape(layers, kvHeads, headSize, arithmetic.element());
  }

  static DecoderConfig of(Metadata metadata, String name) throws ModelException {
    String architecture = metadata.string("general.architecture").orElse("");
    Family family =
        Family.of(architecture)
            .orElseThrow(() ->
                new ModelException(
                    ("%s has the architecture \"%s\", which promptls cannot run;"
                            + " choose a llama, qwen2, qwen3 or gemma3 model.")
                        .formatted(name, architecture)));
    Keys keys = new Keys(metadata, architecture, name);
    int hidden = keys.integer("embedding_length", 1, MAX_WIDTH);
    int heads = keys.integer("attention.head_count", 1, 4096);
    int kvHeads = keys.integer("attention.head_count_kv", 1, heads, heads);
    int headSize = keys.integer("attention.key_length", 2, MAX_HEAD, hidden / heads);
    int valueSize = keys.integer("attention.value_length", 2, MAX_HEAD, hidden / heads);
    int rotary = keys.integer("rope.dimension_count", 2, MAX_HEAD, headSize);
    if (heads % kvHeads != 0 || headSize % 2 != 0) {
      throw keys.refuse("attention.head_count_kv");
    }
    if (valueSize != headSize || rotary != headSize) {
      throw new ModelException(
          name
              + " has heads whose keys, values and rotations differ in size, which promptls cannot"
              + " run; choose another model.");
    }
    double stretch = ropeStretch(keys);
    int vocabulary = metadata.strings("tokenizer.ggml.tokens").size();
    if (vocabulary == 0) {
      throw new ModelException(name + " has no vocabulary; use a file that comes with one.");
    }
    return new DecoderConfig(
        family,
        keys.integer("block_count", 1, MAX_LAYERS),
        hidden,
        heads,
        kvHeads,
        headSize,
        keys.integer("feed_forward_length", 1, MAX_WIDTH),
        vocabulary,
        keys.integer("context_length", 1, 1 << 24),
        (float) keys.number("attention.layer_norm_rms_epsilon", 1e-5),
        keys.number("rope.freq_base", 10_000),
        stretch,
        keys.integer("attention.sliding_window", 0, 1 << 24, 0));
  }

  private static double ropeStretch(Keys keys) throws ModelException {
    String type = keys.metadata().string(keys.architecture() + ".rope.scaling.type").orElse("none");
    return switch (type) {
      case "none" -> 1;
      case "linear" -> keys.number("rope.scaling.factor", 1);
      default ->
          throw new ModelException(
              "%s stretches its context by \"%s\" rotary scaling, which promptls cannot run; choose another model."
                  .formatted(keys.name(), type));
    };
  }

  /// Reads the keys of one architecture within bounds.
  private record Keys(Metadata metadata, String architecture, String name) {
    int integer(String key, int least, int most) throws ModelException {
      long value = metadata.integer(architecture + "." + key).orElseThrow(() -> missing(key));
      return bounded(key, value, least, most);
    }

    int integer(String key, int least, int most, int otherwise) throws ModelException {
      return bounded(
          key, metadata.integer(architecture + "." + key).orElse((long) otherwise), least, most);
    }

    double number(String key, double otherwise) throws ModelException {
      double value = metadata.number(architecture + "." + key).orElse(otherwise);
      if (!(value > 0) || Double.isInfinite(value)) {
        throw refuse(key);
      }
      return value;
    }

    private int bounded(String key, long value, int least, int most) throws ModelException {
      if (value < least || value > most) {
        throw refuse(key);
      }
      return (int) value;
    }

    ModelException refuse(String key) {
      return new ModelException(
          "%s has an impossible value for \"%s.%s\"; get the model again or choose another."
              .formatted(name, architecture, key));
    }

    private ModelException missing(String key) {
      return new ModelException(
          "%s lacks the metadata key \"%s.%s\"; get the model again or choose another."
              .formatted(name, architecture, key));
    }
  }
}
