package dev.promptls.model.onnx;

import dev.promptls.model.ModelException;
import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.gguf.Tensor;
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

  /// Checks that all tensors are there in the right shape and of known types.
  static void check(GgufFile file, DecoderConfig config, String name) throws ModelException {
    new DecoderTensors(file, config, name).check();
  }

  /// Rewrites the tensors of `file` into `out`; they must have been checked.
  static DecoderWeights write(GgufFile file, DecoderConfig config, WeightFile out, String name)
      throws ModelException, IOException {
    return new Writer(file, config, out, name).write();
  }

  private static final class Writer {
    private final DecoderConfig config;
    private final DecoderTensors tensors;
    private final MatrixWriter matrices;

    Writer(GgufFile file, DecoderConfig config, WeightFile out, String name) {
      this.config = config;
      tensors = new DecoderTensors(file, config, name);
      matrices = new MatrixWriter(file, out);
    }

    DecoderWeights write() throws ModelException, IOException {
      Tensor embedding = tensors.embedding();
      Matrix table = matrices.table("embedding", embedding);
      Optional<Tensor> output = tensors.output();
      Matrix head;
      if (output.isPresent()) {
        head = matrices.matrix("head", List.of(output.get()));
      } else if (table instanceof Matrix.Blocks blocks) {
        head = matrices.asMatrix("head", blocks, embedding);
      } else {
        head = table;
      }
      List<Layer> layers = new ArrayList<>();
      for (int layer = 0; layer < config.layers(); layer++) {
        layers.add(layer(layer));
      }
      return new DecoderWeights(
          table, head, output.isEmpty(), tensors.outputNorm(), tensors.ropeFactors(), layers);
    }

    private Layer layer(int layer) throws ModelException, IOException {
      boolean norms = config.family().headNorms();
      boolean gemma = config.family().gemma();
      // Heads that are normalised must be apart from each other anyway.
      List<Matrix> attention = join("attn" + layer, tensors.attention(layer), !norms);
      List<Vector> biases = tensors.attentionBiases(layer);
      return new Layer(
          tensors.norm(layer, "attn_norm"),
          attention,
          attention.size() == 1 && !biases.isEmpty()
              ? List.of(Vector.concatenated(biases))
              : biases,
          norms ? tensors.headNorm(layer, "attn_q_norm") : null,
          norms ? tensors.headNorm(layer, "attn_k_norm") : null,
          matrices.matrix("attn_output" + layer, List.of(tensors.attentionOutput(layer))),
          gemma ? tensors.norm(layer, "post_attention_norm") : null,
          tensors.norm(layer, "ffn_norm"),
          join("ffn" + layer, tensors.gateUp(layer), true),
          matrices.matrix("ffn_down" + layer, List.of(tensors.down(layer))),
          gemma ? tensors.norm(layer, "post_ffw_norm") : null);
    }

    private List<Matrix> join(String name, List<Tensor> parts, boolean mayJoin) throws IOException {
      if (mayJoin && MatrixWriter.canJoin(parts)) {
        return List.of(matrices.matrix(name, parts));
      }
      List<Matrix> apart = new ArrayList<>();
      for (Tensor part : parts) {
        apart.add(matrices.matrix(name + "_" + apart.size(), List.of(part)));
      }
      return apart;
    }
  }
}
