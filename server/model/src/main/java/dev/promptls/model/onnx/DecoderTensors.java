package dev.promptls.model.onnx;

import dev.promptls.model.ModelException;
import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.gguf.Tensor;
import dev.promptls.model.gguf.blocks.BlockFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tensors of a decoder in a GGUF file, by what they are for. Each is checked against the shape
/// that the metadata promises.
final class DecoderTensors {
  private final GgufFile file;
  private final Set<String> known = new HashSet<>();
  private final DecoderConfig config;
  private final String name;

  DecoderTensors(GgufFile file, DecoderConfig config, String name) {
    this.file = file;
    this.config = config;
    this.name = name;
  }

  /// Looks at every tensor once.
  ///
  /// @throws ModelException if one is missing, of another shape or of a type that cannot be read
  void check() throws ModelException {
    for (Tensor tensor : file.tensors().values()) {
      if (!Floats.canRead(tensor.type()) && BlockFormat.of(tensor.type()).isEmpty()) {
        throw new ModelException(
            ("%s stores the tensor \"%s\" as %s, which promptls cannot read;"
                    + " choose a file quantised as Q4_0 to Q8_0 or Q2_K to Q6_K.")
                .formatted(name, tensor.name(), tensor.type()));
      }
    }
    embedding();
    output();
    outputNorm();
    ropeFactors();
    for (int layer = 0; layer < config.layers(); layer++) {
      checkLayer(layer);
    }
    // A tensor that nobody asked for belongs to a model that computes more than is known here.
    for (String tensor : file.tensors().keySet()) {
      if (!known.contains(tensor)) {
        throw new ModelException(
            "%s has the tensor \"%s\", which its architecture does not have as promptls knows it; choose another model."
                .formatted(name, tensor));
      }
    }
  }

  private void checkLayer(int layer) throws ModelException {
    attention(layer);
    attentionBiases(layer);
    attentionOutput(layer);
    gateUp(layer);
    down(layer);
    norm(layer, "attn_norm");
    norm(layer, "ffn_norm");
    if (config.family().headNorms()) {
      headNorm(layer, "attn_q_norm");
      headNorm(layer, "attn_k_norm");
    }
    if (config.family().gemma()) {
      norm(layer, "post_attention_norm");
      norm(layer, "post_ffw_norm");
    }
  }

  Tensor embedding() throws ModelException {
    return matrix("token_embd.weight", config.hidden(), config.vocabulary());
  }

  /// Absent if the embedding serves as the output too.
  Optional<Tensor> output() throws ModelException {
    String output = "output.weight";
    return file.tensor(output).isPresent()
        ? Optional.of(matrix(output, config.hidden(), config.vocabulary()))
        : Optional.empty();
  }

  Vector outputNorm() throws ModelException {
    return required("output_norm.weight", config.hidden());
  }

  @Nullable Vector ropeFactors() throws ModelException {
    return vector("rope_freqs.weight", config.headSize() / 2);
  }

  /// Query, key and value.
  List<Tensor> attention(int layer) throws ModelException {
    return List.of(
        matrix(in(layer, "attn_q.weight"), config.hidden(), queryWidth()),
        matrix(in(layer, "attn_k.weight"), config.hidden(), keyWidth()),
        matrix(in(layer, "attn_v.weight"), config.hidden(), keyWidth()));
  }

  /// Of query, key and value; empty if the model has none.
  List<Vector> attentionBiases(int layer) throws ModelException {
    List<Vector> biases = new ArrayList<>();
    addBias(biases, in(layer, "attn_q.bias"), queryWidth());
    addBias(biases, in(layer, "attn_k.bias"), keyWidth());
    addBias(biases, in(layer, "attn_v.bias"), keyWidth());
    if (!biases.isEmpty() && biases.size() != 3) {
      throw refuse("has biases for only some of query, key and value in layer " + layer);
    }
    return biases;
  }

  private void addBias(List<Vector> biases, String tensor, int size) throws ModelException {
    Vector bias = vector(tensor, size);
    if (bias != null) {
      biases.add(bias);
    }
  }

  Tensor attentionOutput(int layer) throws ModelException {
    return matrix(in(layer, "attn_output.weight"), queryWidth(), config.hidden());
  }

  List<Tensor> gateUp(int layer) throws ModelException {
    return List.of(
        matrix(in(layer, "ffn_gate.weight"), config.hidden(), config.feedForward()),
        matrix(in(layer, "ffn_up.weight"), config.hidden(), config.feedForward()));
  }

  Tensor down(int layer) throws ModelException {
    return matrix(in(layer, "ffn_down.weight"), config.feedForward(), config.hidden());
  }

  /// The gain of a norm over the residual stream.
  Vector norm(int layer, String tensor) throws ModelException {
    return required(in(layer, tensor + ".weight"), config.hidden());
  }

  /// The gain of a norm over one head.
  Vector headNorm(int layer, String tensor) throws ModelException {
    return required(in(layer, tensor + ".weight"), config.headSize());
  }

  private int queryWidth() {
    return config.heads() * config.headSize();
  }

  private int keyWidth() {
    return config.kvHeads() * config.headSize();
  }

  private static String in(int layer, String tensor) {
    return "blk." + layer + "." + tensor;
  }

  private Tensor matrix(String tensorName, int columns, int rows) throws ModelException {
    known.add(tensorName);
    Tensor tensor =
        file.tensor(tensorName)
            .orElseThrow(() -> refuse("lacks the tensor \"" + tensorName + "\""));
    if (tensor.columns() != columns || tensor.rows() != rows) {
      throw refuse(
          "has the tensor \"%s\" in shape %s instead of [%d, %d]"
              .formatted(tensorName, tensor.shape(), columns, rows));
    }
    return tensor;
  }

  private Vector required(String tensorName, int size) throws ModelException {
    Vector vector = vector(tensorName, size);
    if (vector == null) {
      throw refuse("lacks the tensor \"" + tensorName + "\"");
    }
    return vector;
  }

  private @Nullable Vector vector(String tensorName, int size) throws ModelException {
    if (file.tensor(tensorName).isEmpty()) {
      return null;
    }
    Tensor tensor = matrix(tensorName, size, 1);
    if (!Floats.canRead(tensor.type())) {
      throw refuse("stores the vector \"%s\" as %s".formatted(tensorName, tensor.type()));
    }
    return new Vector(Floats.row(file.data(tensor), tensor, 0));
  }

  private ModelException refuse(String defect) {
    return new ModelException(
        "%s %s; get the model again or choose another.".formatted(name, defect));
  }
}
