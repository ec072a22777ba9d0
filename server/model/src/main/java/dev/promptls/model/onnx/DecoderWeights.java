package dev.promptls.model.onnx;

import dev.promptls.model.ModelException;
import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.gguf.Tensor;
import dev.promptls.model.gguf.blocks.BlockFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All weights of a decoder, written to the weight file and described for the graphs.
///
/// @param embedding a table `[vocabulary, hidden]`
/// @param head the output matrix; over the same bytes as the embedding if the model ties them
/// @param headIsTable whether `head` is the embedding itself, stored `[vocabulary, hidden]` if
///   float
/// @param ropeFactors divides the rotary frequencies; absent if the model has none
record DecoderWeights(
    Matrix embedding,
    Matrix head,
    boolean headIsTable,
    Vector outputNorm,
    @Nullable Vector ropeFactors,
    List<Layer> layers) {

  /// The weights of one layer. Matrices of one form that read the same input are joined into one.
  ///
  /// @param attention query, key and value: one matrix or three
  /// @param attentionBias for each of `attention`, or empty
  /// @param gateUp gate and up: one matrix or two
  record Layer(
      Vector attentionNorm,
      List<Matrix> attention,
      List<Vector> attentionBias,
      @Nullable Vector queryNorm,
      @Nullable Vector keyNorm,
      Matrix attentionOutput,
      @Nullable Vector postAttentionNorm,
      Vector feedForwardNorm,
      List<Matrix> gateUp,
      Matrix down,
      @Nullable Vector postFeedForwardNorm) {}

  /// Rewrites the tensors of `file` into `out`.
  static DecoderWeights write(GgufFile file, DecoderConfig config, WeightFile out, String name)
      throws ModelException, IOException {
    return new Writer(file, config, out, name).write();
  }

  private record Writer(GgufFile file, DecoderConfig config, MatrixWriter matrices, String name) {
    Writer(GgufFile file, DecoderConfig config, WeightFile out, String name) {
      this(file, config, new MatrixWriter(file, out), name);
    }

    DecoderWeights write() throws ModelException, IOException {
      // Every tensor is checked before the first byte is written.
      checkAll();
      Tensor embedding = tensor("token_embd.weight", config.hidden(), config.vocabulary());
      Matrix table = matrices.table("embedding", embedding);
      Optional<Tensor> output = file.tensor("output.weight");
      Matrix head;
      if (output.isPresent()) {
        head = matrices.matrix("head", List.of(output.get()));
      } else if (table instanceof Matrix.Blocks blocks) {
        head = matrices.asMatrix(blocks, embedding);
      } else {
        head = table;
      }
      List<Layer> layers = new ArrayList<>();
      for (int layer = 0; layer < config.layers(); layer++) {
        layers.add(layer(layer));
      }
      return new DecoderWeights(
          table,
          head,
          output.isEmpty(),
          required("output_norm.weight", config.hidden()),
          vector("rope_freqs.weight", config.headSize() / 2),
          layers);
    }

    private Layer layer(int layer) throws ModelException, IOException {
      String prefix = "blk." + layer + ".";
      int hidden = config.hidden();
      int queries = config.heads() * config.headSize();
      int keys = config.kvHeads() * config.headSize();
      int inner = config.feedForward();
      boolean norms = config.family().headNorms();
      boolean gemma = config.family().gemma();
      List<Tensor> attention = attention(prefix);
      // Normed heads must be apart from each other anyway.
      List<Matrix> joined = join("attn" + layer, attention, !norms);
      return new Layer(
          required(prefix + "attn_norm.weight", hidden),
          joined,
          biases(prefix, List.of(queries, keys, keys), joined.size() == 1),
          norms ? required(prefix + "attn_q_norm.weight", config.headSize()) : null,
          norms ? required(prefix + "attn_k_norm.weight", config.headSize()) : null,
          matrices.matrix(
              "attn_output" + layer,
              List.of(tensor(prefix + "attn_output.weight", queries, hidden))),
          gemma ? required(prefix + "post_attention_norm.weight", hidden) : null,
          required(prefix + "ffn_norm.weight", hidden),
          join("ffn" + layer, feedForward(prefix), true),
          matrices.matrix(
              "ffn_down" + layer, List.of(tensor(prefix + "ffn_down.weight", inner, hidden))),
          gemma ? required(prefix + "post_ffw_norm.weight", hidden) : null);
    }

    private List<Tensor> attention(String prefix) throws ModelException {
      int keys = config.kvHeads() * config.headSize();
      return List.of(
          tensor(prefix + "attn_q.weight", config.hidden(), config.heads() * config.headSize()),
          tensor(prefix + "attn_k.weight", config.hidden(), keys),
          tensor(prefix + "attn_v.weight", config.hidden(), keys));
    }

    private List<Tensor> feedForward(String prefix) throws ModelException {
      return List.of(
          tensor(prefix + "ffn_gate.weight", config.hidden(), config.feedForward()),
          tensor(prefix + "ffn_up.weight", config.hidden(), config.feedForward()));
    }

    private List<Matrix> join(String name, List<Tensor> tensors, boolean mayJoin)
        throws IOException {
      if (mayJoin && MatrixWriter.canJoin(tensors)) {
        return List.of(matrices.matrix(name, tensors));
      }
      List<Matrix> apart = new ArrayList<>();
      for (Tensor tensor : tensors) {
        apart.add(matrices.matrix(name + "_" + apart.size(), List.of(tensor)));
      }
      return apart;
    }

    private List<Vector> biases(String prefix, List<Integer> sizes, boolean joined)
        throws ModelException {
      List<String> names = List.of("attn_q.bias", "attn_k.bias", "attn_v.bias");
      List<Vector> biases = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        Vector bias = vector(prefix + names.get(i), sizes.get(i));
        if (bias != null) {
          biases.add(bias);
        }
      }
      if (biases.isEmpty()) {
        return List.of();
      }
      if (biases.size() != names.size()) {
        throw refuse("has biases for some of \"%sattn_*\" only".formatted(prefix));
      }
      return joined ? List.of(Vector.concatenated(biases)) : biases;
    }

    private void checkAll() throws ModelException {
      for (Tensor tensor : file.tensors().values()) {
        if (!Floats.canRead(tensor.type()) && BlockFormat.of(tensor.type()).isEmpty()) {
          throw new ModelException(
              ("%s stores the tensor \"%s\" as %s, which promptls cannot read;"
                      + " choose a file quantised as Q4_0 to Q8_0 or Q2_K to Q6_K.")
                  .formatted(name, tensor.name(), tensor.type()));
        }
      }
      required("output_norm.weight", config.hidden());
      if (file.tensor("output.weight").isPresent()) {
        tensor("output.weight", config.hidden(), config.vocabulary());
      }
      for (int layer = 0; layer < config.layers(); layer++) {
        String prefix = "blk." + layer + ".";
        attention(prefix);
        feedForward(prefix);
        tensor(prefix + "attn_output.weight", config.heads() * config.headSize(), config.hidden());
        tensor(prefix + "ffn_down.weight", config.feedForward(), config.hidden());
        required(prefix + "attn_norm.weight", config.hidden());
        required(prefix + "ffn_norm.weight", config.hidden());
      }
    }

    private Tensor tensor(String tensorName, int columns, int rows) throws ModelException {
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
      Optional<Tensor> found = file.tensor(tensorName);
      if (found.isEmpty()) {
        return null;
      }
      Tensor tensor = tensor(tensorName, size, 1);
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
}
