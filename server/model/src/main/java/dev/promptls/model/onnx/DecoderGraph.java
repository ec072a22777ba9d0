package dev.promptls.model.onnx;

import static dev.promptls.model.onnx.GraphBuilder.NONE;
import static dev.promptls.model.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.promptls.model.onnx.GraphBuilder.Attribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ONNX graph of a decoder.
///
/// Inputs: `input_ids` `[batch, sequence]`, `seqlens_k` `[batch]` (tokens in the cache after this
/// step, minus 1), `total_sequence_length` (the largest of them plus 1), `last` `[rows]` (which
/// rows of the flattened batch need logits), and for each layer `past_key_values.N.key` and
/// `.value` `[batch, kv_heads, capacity, head_size]`. Outputs: `logits` `[rows, vocab]` and
/// `present.N.key` and `.value`, which must be bound to the buffers of the past: the step writes
/// into them.
final class DecoderGraph {
  /// `input_ids` without the batch: activations are `[tokens, width]` all through the graph.
  private static final String TOKENS = "tokens";

  private final DecoderConfig config;
  private final DecoderWeights weights;
  private final int ropeRows;
  private final GraphBuilder graph = new GraphBuilder();
  private final Arithmetic arithmetic;
  private final MatrixProducts products;

  private final Map<RotaryTables.Angles, Rotary> rotaries = new HashMap<>();

  /// Names of the tables of one kind of angles.
  private record Rotary(String cos, String sin) {}

  private DecoderGraph(
      DecoderConfig config, DecoderWeights weights, Arithmetic arithmetic, int ropeRows) {
    this.config = config;
    this.weights = weights;
    this.ropeRows = ropeRows;
    this.arithmetic = arithmetic;
    products = new MatrixProducts(graph, arithmetic);
  }

  /// @param ropeTables each `[context, head_size / 2]`: cosines, then sines
  static ModelProto build(
      DecoderConfig config,
      DecoderWeights weights,
      Arithmetic arithmetic,
      Map<RotaryTables.Angles, RotaryTables> ropeTables) {
    int rows = ropeTables.values().iterator().next().rows();
    DecoderGraph graph = new DecoderGraph(config, weights, arithmetic, rows);
    return graph.build(ropeTables);
  }

  private ModelProto build(Map<RotaryTables.Angles, RotaryTables> tables) {
    declareInputsAndOutputs();
    tables.forEach(this::declareRotary);
    String residual = embed();
    @Nullable String branch = null;
    for (int layer = 0; layer < config.layers(); layer++) {
      DecoderWeights.Layer w = weights.layers().get(layer);
      boolean last = layer == config.layers() - 1;
      Normed before = norm(residual, branch, w.attentionNorm());
      residual = before.sum();
      String attention = attention(layer, w, before.normed());
      if (last) {
        // Only the rows that need logits go on: the rest of the last layer is theirs alone.
        attention = graph.op("Gather", List.of(attention, "last"), attribute("axis", 0));
        residual = graph.op("Gather", List.of(residual, "last"), attribute("axis", 0));
      }
      branch = products.of(attention, w.attentionOutput());
      branch = branchNorm(branch, w.postAttentionNorm());
      Normed middle = norm(residual, branch, w.feedForwardNorm());
      residual = middle.sum();
      branch = branchNorm(feedForward(w, middle.normed()), w.postFeedForwardNorm());
    }
    head(norm(residual, branch, weights.outputNorm()).normed());
    return graph.build();
  }

  private void declareInputsAndOutputs() {
    graph.input("input_ids", DataType.INT64, "batch", "sequence");
    graph.input("seqlens_k", DataType.INT32, "batch");
    graph.input("total_sequence_length", DataType.INT32);
    graph.input("last", DataType.INT64, "rows");
    graph.output("logits", DataType.FLOAT, "rows", config.vocabulary());
    for (int layer = 0; layer < config.layers(); layer++) {
      for (String part : List.of("key", "value")) {
        Object[] shape = {"batch", config.kvHeads(), "capacity", config.headSize()};
        graph.input(KvCache.PAST + layer + "." + part, arithmetic.type(), shape);
        graph.output(KvCache.PRESENT + layer + "." + part, arithmetic.type(), shape);
      }
    }
  }

  private void declareRotary(RotaryTables.Angles angles, RotaryTables tables) {
    int half = config.headSize() / 2;
    String suffix = "_" + rotaries.size();
    rotaries.put(
        angles,
        new Rotary(
            rotaryTable("cos" + suffix, tables.cos(), half),
            rotaryTable("sin" + suffix, tables.sin(), half)));
  }

  private String rotaryTable(String name, WeightFile.Region values, int width) {
    return arithmetic.cast(graph, graph.weights(name, DataType.FLOAT, values, ropeRows, width));
  }

  private String embed() {
    graph.node("", "Reshape", List.of("input_ids", graph.integers("shape", -1)), List.of(TOKENS));
    String batchAndSequence = graph.op("Shape", List.of("input_ids"));
    graph.node(
        "",
        "Concat",
        List.of(batchAndSequence, graph.integers("width", -1)),
        List.of("sequence_shape"),
        attribute("axis", 0));
    String rows = lookUp(weights.embedding());
    if (!config.family().gemma()) {
      return arithmetic.cast(graph, rows);
    }
    String factor =
        graph.constant("embedding_scale", new float[] {(float) Math.sqrt(config.hidden())});
    return arithmetic.cast(graph, graph.op("Mul", List.of(rows, factor)));
  }

  private String lookUp(Matrix table) {
    return switch (table) {
      case Matrix.Floats floats -> {
        String values =
            graph.weights(
                "embedding", DataType.FLOAT, floats.values(), table.rows(), table.columns());
        yield graph.op("Gather", List.of(values, TOKENS));
      }
      case Matrix.Blocks blocks -> lookUp(blocks);
    };
  }

  private String lookUp(Matrix.Blocks table) {
    String codes =
        graph.weights(
            "embedding_codes",
            DataType.UINT8,
            table.codes(),
            table.rows(),
            (long) table.columns() * table.bits() / 8);
    String scales =
        graph.weights(
            "embedding_scales", DataType.FLOAT, table.scales(), table.rows(), table.groups());
    String rows =
        graph.contrib(
            "GatherBlockQuantized",
            List.of(codes, TOKENS, scales),
            attribute("bits", table.bits()),
            attribute("block_size", table.group()),
            attribute("gather_axis", 0),
            attribute("quantize_axis", 1));
    if (table.minima() == null) {
      return rows;
    }
    String minima =
        graph.weights(
            "embedding_minima", DataType.FLOAT, table.minima(), table.rows(), table.groups());
    String perGroup =
        graph.op(
            "Unsqueeze",
            List.of(graph.op("Gather", List.of(minima, TOKENS)), graph.integers("axes", -1)));
    String grouped = reshape(rows, 0, table.groups(), table.group());
    return reshape(graph.op("Add", List.of(grouped, perGroup)), 0, table.columns());
  }

  private record Normed(String normed, String sum) {}

  /// RMS norm of `residual + branch`, and that sum.
  private Normed norm(String residual, @Nullable String branch, Vector gain) {
    String gamma = constant("gamma", gain);
    if (branch == null) {
      return new Normed(rmsNorm(residual, gamma), residual);
    }
    String normed = graph.fresh("normed");
    String sum = graph.fresh("residual");
    graph.node(
        GraphBuilder.MICROSOFT,
        "SkipSimplifiedLayerNormalization",
        List.of(branch, residual, gamma),
        List.of(normed, NONE, NONE, sum),
        attribute("epsilon", config.epsilon()));
    return new Normed(normed, sum);
  }

  private String branchNorm(String branch, @Nullable Vector gain) {
    return gain == null ? branch : rmsNorm(branch, constant("gamma", gain));
  }

  private String rmsNorm(String input, String gamma) {
    return graph.op(
        "SimplifiedLayerNormalization",
        List.of(input, gamma),
        attribute("axis", -1),
        attribute("epsilon", config.epsilon()));
  }

  private String attention(int layer, DecoderWeights.Layer w, String input) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < w.attention().size(); i++) {
      String part = products.of(input, w.attention().get(i));
      if (!w.attentionBias().isEmpty()) {
        part = graph.op("Add", List.of(part, constant("bias", w.attentionBias().get(i))));
      }
      parts.add(part);
    }
    if (w.queryNorm() != null && w.keyNorm() != null) {
      parts.set(0, headNorm(parts.get(0), config.heads(), w.queryNorm()));
      parts.set(1, headNorm(parts.get(1), config.kvHeads(), w.keyNorm()));
    }
    boolean packed = parts.size() == 1;
    Rotary rotary = rotaries.get(RotaryTables.Angles.of(config, layer));
    if (rotary == null) {
      throw new IllegalStateException("no rotary tables for layer " + layer);
    }
    String output = graph.fresh("attention");
    graph.node(
        GraphBuilder.MICROSOFT,
        "GroupQueryAttention",
        List.of(
            sequences(parts.get(0)),
            packed ? NONE : sequences(parts.get(1)),
            packed ? NONE : sequences(parts.get(2)),
            KvCache.PAST + layer + ".key",
            KvCache.PAST + layer + ".value",
            "seqlens_k",
            "total_sequence_length",
            rotary.cos(),
            rotary.sin()),
        List.of(output, KvCache.PRESENT + layer + ".key", KvCache.PRESENT + layer + ".value"),
        attribute("num_heads", config.heads()),
        attribute("kv_num_heads", config.kvHeads()),
        attribute("scale", (float) (1 / Math.sqrt(config.headSize()))),
        attribute("do_rotary", 1),
        attribute("rotary_interleaved", config.family().interleavedRotary() ? 1 : 0),
        attribute("local_window_size", config.isLocal(layer) ? config.slidingWindow() : -1));
    return reshape(output, -1, (long) config.heads() * config.headSize());
  }

  /// `[tokens, width]` as `[batch, sequence, width]`.
  private String sequences(String input) {
    return graph.op("Reshape", List.of(input, "sequence_shape"));
  }

  private String headNorm(String input, int heads, Vector gain) {
    String apart = reshape(input, 0, heads, config.headSize());
    return reshape(branchNorm(apart, gain), 0, (long) heads * config.headSize());
  }

  private String feedForward(DecoderWeights.Layer w, String input) {
    String gate;
    String up;
    if (w.gateUp().size() == 1) {
      gate = graph.fresh("gate");
      up = graph.fresh("up");
      graph.node(
          "",
          "Split",
          List.of(products.of(input, w.gateUp().getFirst())),
          List.of(gate, up),
          attribute("axis", -1),
          attribute("num_outputs", 2));
    } else {
      gate = products.of(input, w.gateUp().get(0));
      up = products.of(input, w.gateUp().get(1));
    }
    String activated =
        config.family().gemma()
            ? graph.contrib("FastGelu", List.of(gate))
            : graph.contrib("QuickGelu", List.of(gate), attribute("alpha", 1f));
    return products.of(graph.op("Mul", List.of(activated, up)), w.down());
  }

  private void head(String hidden) {
    String logits =
        weights.headIsTable() && weights.head() instanceof Matrix.Floats
            // The embedding itself, declared by the look-up already.
            ? graph.op(
                "Gemm",
                List.of(hidden, arithmetic.cast(graph, "embedding")),
                attribute("transB", 1))
            : products.of(hidden, weights.head());
    if (arithmetic.type() == DataType.FLOAT) {
      graph.node("", "Identity", List.of(logits), List.of("logits"));
    } else {
      Attribute floats = attribute("to", DataType.FLOAT.getNumber());
      graph.node("", "Cast", List.of(logits), List.of("logits"), floats);
    }
  }

  private String constant(String hint, Vector vector) {
    return arithmetic.cast(graph, graph.constant(hint, vector.toArray(), vector.size()));
  }

  private String reshape(String input, long... shape) {
    return graph.op("Reshape", List.of(input, graph.integers("shape", shape)));
  }
}
