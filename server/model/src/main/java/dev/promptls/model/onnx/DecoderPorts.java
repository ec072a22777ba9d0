package dev.promptls.model.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxJavaType;
import dev.promptls.model.ModelException;
import dev.promptls.model.onnx.GraphFacts.Port;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a published graph takes and gives, checked against what can be given to it.
///
/// @param shape of the cache
/// @param sharesCache whether past and present may be one buffer
/// @param integers of tokens, mask and positions: `INT64` or `INT32`
/// @param scalars inputs apart from the cache that the graph has
record DecoderPorts(
    KvCache.Shape shape,
    int vocabulary,
    boolean sharesCache,
    OnnxJavaType integers,
    Set<String> scalars) {
  static final String TOKENS = "input_ids";
  static final String MASK = "attention_mask";
  static final String POSITIONS = "position_ids";
  static final String LOGITS = "logits";

  /// Of graphs that hold one branch with a past and one without.
  static final String HAS_PAST = "use_cache_branch";

  /// How many of the last positions get logits; 0 for all.
  static final String KEPT = "num_logits_to_keep";

  private static final Set<String> KNOWN = Set.of(TOKENS, MASK, POSITIONS, HAS_PAST, KEPT);
  private static final int MAX_LAYERS = 512;
  private static final int MAX_WIDTH = 1 << 20;

  DecoderPorts {
    scalars = Set.copyOf(scalars);
  }

  static DecoderPorts of(Path graph, GraphFacts facts, PublishedConfig config)
      throws ModelException {
    return new Reading(new GraphRefusal(graph), facts, config).read();
  }

  private record Reading(GraphRefusal refusal, GraphFacts facts, PublishedConfig config) {
    DecoderPorts read() throws ModelException {
      Set<String> scalars = new TreeSet<>();
      for (Port input : facts.inputs()) {
        if (!input.name().startsWith(KvCache.PAST)) {
          if (!KNOWN.contains(input.name())) {
            throw refusal.of("wants the input", input.name(), "which no plain decoder has");
          }
          scalars.add(input.name());
        }
      }
      KvCache.Shape shape = cache();
      int vocabulary = config.vocabularySize();
      Port logits = output(LOGITS);
      if (isOther(logits, 2, vocabulary)) {
        throw refusal.of("gives another number of logits than config.json names tokens");
      }
      if (logits.dimensions().size() == 3 && logits.dimensions().get(1) == 1) {
        throw refusal.of("gives logits of the last token only, and scores need those of all");
      }
      return new DecoderPorts(shape, vocabulary, facts.sharesCache(), integers(), scalars);
    }

    private OnnxJavaType integers() throws ModelException {
      int element = input(TOKENS).element();
      for (String name : List.of(MASK, POSITIONS)) {
        Optional<Port> other = facts.input(name);
        if (other.isPresent() && other.get().element() != element) {
          throw refusal.of("wants tokens and", name, "in different types");
        }
      }
      return switch (element) {
        case DataType.INT64_VALUE -> OnnxJavaType.INT64;
        case DataType.INT32_VALUE -> OnnxJavaType.INT32;
        default -> throw refusal.of("wants tokens of a type other than int64 and int32");
      };
    }

    private KvCache.Shape cache() throws ModelException {
      Port first =
          facts
              .input(KvCache.PAST + KvCache.name(0))
              .orElseThrow(() -> refusal.of("was exported without a cache (`past_key_values`)"));
      int layers = layers();
      int heads = width(first, 1, config.kvHeads());
      int size = width(first, 3, config.headSize());
      KvCache.Shape shape = new KvCache.Shape(layers, heads, size, element(first));
      for (int i = 0; i < 2 * layers; i++) {
        check(input(KvCache.PAST + KvCache.name(i)), first.element(), shape);
        check(output(KvCache.PRESENT + KvCache.name(i)), first.element(), shape);
      }
      return shape;
    }

    private int layers() throws ModelException {
      long pasts =
          facts.inputs().stream().filter(port -> port.name().startsWith(KvCache.PAST)).count();
      int layers = config.layers();
      if (layers > MAX_LAYERS || pasts != 2L * layers) {
        throw refusal.of(
            "has %d inputs for its cache where config.json names %d layers"
                .formatted(pasts, layers));
      }
      return layers;
    }

    private OnnxJavaType element(Port port) throws ModelException {
      return switch (port.element()) {
        case DataType.FLOAT_VALUE -> OnnxJavaType.FLOAT;
        case DataType.FLOAT16_VALUE -> OnnxJavaType.FLOAT16;
        default -> throw refusal.of("has a cache of a type other than float and float16");
      };
    }

    private int width(Port port, int dimension, Optional<Integer> otherwise) throws ModelException {
      long fixed = port.dimensions().size() == 4 ? port.dimensions().get(dimension) : -1;
      long width = fixed > 0 ? fixed : otherwise.orElse(0);
      if (width < 1 || width > MAX_WIDTH) {
        throw refusal.of("says nothing sound of the heads in its cache");
      }
      return (int) width;
    }

    private void check(Port port, int element, KvCache.Shape shape) throws ModelException {
      boolean fits =
          port.element() == element
              && port.dimensions().size() == 4
              && !isOther(port, 1, shape.kvHeads())
              && !isOther(port, 3, shape.headSize());
      if (!fits) {
        throw refusal.of("has a cache whose parts differ in shape at", port.name(), "");
      }
    }

    private static boolean isOther(Port port, int dimension, int expected) {
      return port.dimensions().size() > dimension
          && port.dimensions().get(dimension) != -1
          && port.dimensions().get(dimension) != expected;
    }

    private Port input(String name) throws ModelException {
      return facts
          .input(name)
          .orElseThrow(() -> refusal.of("has no input", name, "as decoders have"));
    }

    private Port output(String name) throws ModelException {
      return facts
          .output(name)
          .orElseThrow(() -> refusal.of("has no output", name, "as decoders have"));
    }
  }
}
