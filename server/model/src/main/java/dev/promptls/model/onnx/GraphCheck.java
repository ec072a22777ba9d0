package dev.promptls.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.promptls.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads an ONNX file of a stranger before ONNX Runtime does: whether its parts fit together, nest
/// within bounds, stay in their folder and need nothing that would be loaded from elsewhere.
final class GraphCheck {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_NODES = 1 << 20;
  private static final int MAX_PORTS = 1 << 12;
  private static final int MAX_PORT_BYTES = 1 << 16;

  private static final BitSet REPEATED = new BitSet();
  private static final BitSet MODEL = single(ModelProto.GRAPH_FIELD_NUMBER);
  private static final BitSet ATTRIBUTE =
      single(
          AttributeProto.T_FIELD_NUMBER,
          AttributeProto.G_FIELD_NUMBER,
          AttributeProto.SPARSE_TENSOR_FIELD_NUMBER);
  private static final BitSet SPARSE =
      single(SparseTensorProto.VALUES_FIELD_NUMBER, SparseTensorProto.INDICES_FIELD_NUMBER);

  private final ProtoReader in;
  private final GraphRefusal refusal;
  private final TensorCheck tensors;
  private final Operators operators;
  private final CacheUse cache = new CacheUse();
  private final Set<String> initializers = new HashSet<>();
  private final List<GraphFacts.Port> inputs = new ArrayList<>();
  private final List<GraphFacts.Port> outputs = new ArrayList<>();
  private int nodes;

  private GraphCheck(ProtoReader in, GraphRefusal refusal, TensorCheck tensors) {
    this.in = in;
    this.refusal = refusal;
    this.tensors = tensors;
    operators = new Operators(refusal);
  }

  private static BitSet single(int... fields) {
    BitSet set = new BitSet();
    for (int field : fields) {
      set.set(field);
    }
    return set;
  }

  /// Checks a file.
  ///
  /// @param folder of the model: nothing outside of it is read
  /// @throws ModelException if ONNX Runtime should not see it
  static GraphFacts check(Path file, Path folder) throws ModelException {
    GraphRefusal refusal = new GraphRefusal(file);
    try {
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw refusal.of("is a link that leads out of the model's folder");
      }
      long size = Files.size(file);
      if (size > Integer.MAX_VALUE) {
        throw refusal.of("is larger than the 2 GB that an ONNX file can have");
      }
      try (InputStream bytes = Files.newInputStream(file)) {
        ProtoReader in = new ProtoReader(CodedInputStream.newInstance(bytes), (int) size);
        TensorCheck tensors = new TensorCheck(file, folder, refusal);
        return new GraphCheck(in, refusal, tensors).model();
      }
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(refusal.of("is no whole ONNX file").getMessage(), e);
    } catch (IOException e) {
      throw new ModelException(
          "The model %s cannot be read (%s): look at the disk and the file's permissions."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private GraphFacts model() throws IOException, ModelException {
    in.fields(
        MODEL,
        (field, type) -> {
          switch (field) {
            case ModelProto.GRAPH_FIELD_NUMBER -> graph(type, 0, operators.graph());
            case ModelProto.FUNCTIONS_FIELD_NUMBER -> function(type);
            case ModelProto.TRAINING_INFO_FIELD_NUMBER ->
                throw refusal.of("is for training, not for answers");
            default -> {
              return false;
            }
          }
          return true;
        });
    operators.check();
    inputs.removeIf(port -> initializers.contains(port.name()));
    return new GraphFacts(inputs, outputs, cache.isShared(inputs));
  }

  private void graph(int wireType, int depth, Operators.Body body)
      throws IOException, ModelException {
    if (depth > MAX_DEPTH) {
      throw refusal.of("nests graphs more than " + MAX_DEPTH + " deep");
    }
    in.message(
        wireType,
        REPEATED,
        (field, type) -> {
          switch (field) {
            case GraphProto.NODE_FIELD_NUMBER -> node(type, depth, body);
            case GraphProto.INITIALIZER_FIELD_NUMBER -> initializer(type, depth);
            case GraphProto.SPARSE_INITIALIZER_FIELD_NUMBER -> sparse(type);
            case GraphProto.INPUT_FIELD_NUMBER -> port(type, depth, inputs);
            case GraphProto.OUTPUT_FIELD_NUMBER -> port(type, depth, outputs);
            default -> {
              return false;
            }
          }
          return true;
        });
  }

  private void initializer(int type, int depth) throws IOException, ModelException {
    String name = tensors.read(in, type);
    if (depth == 0) {
      initializers.add(name);
    }
    count();
  }

  private void count() throws ModelException {
    if (++nodes > MAX_NODES) {
      throw refusal.of("has more than a million parts");
    }
  }

  private void port(int type, int depth, List<GraphFacts.Port> ports)
      throws IOException, ModelException {
    byte[] bytes = in.bytes(type, MAX_PORT_BYTES);
    if (depth > 0) {
      return;
    }
    if (ports.size() == MAX_PORTS) {
      throw refusal.of("has more than " + MAX_PORTS + " inputs or outputs");
    }
    ValueInfoProto info = ValueInfoProto.parseFrom(bytes);
    List<Long> dimensions = new ArrayList<>();
    for (Dimension dimension : info.getType().getTensorType().getShape().getDimList()) {
      dimensions.add(dimension.hasDimValue() ? dimension.getDimValue() : -1L);
    }
    ports.add(
        new GraphFacts.Port(
            info.getName(), info.getType().getTensorType().getElemType(), dimensions));
  }

  private void function(int wireType) throws IOException, ModelException {
    Operators.Body body = new Operators.Body();
    String[] name = {"", ""};
    in.message(
        wireType,
        REPEATED,
        (field, type) -> {
          switch (field) {
            case FunctionProto.NAME_FIELD_NUMBER -> name[0] = in.text(type);
            case FunctionProto.DOMAIN_FIELD_NUMBER -> name[1] = in.text(type);
            case FunctionProto.NODE_FIELD_NUMBER -> node(type, 1, body);
            case FunctionProto.ATTRIBUTE_PROTO_FIELD_NUMBER -> attribute(type, 1, body);
            default -> {
              return false;
            }
          }
          return true;
        });
    operators.define(new Operators.Name(name[1], name[0]), body);
  }

  private void node(int wireType, int depth, Operators.Body body)
      throws IOException, ModelException {
    count();
    List<String> taken = new ArrayList<>();
    List<String> given = new ArrayList<>();
    String[] name = {"", ""};
    in.message(
        wireType,
        REPEATED,
        (field, type) -> {
          switch (field) {
            case NodeProto.INPUT_FIELD_NUMBER -> taken.add(in.text(type));
            case NodeProto.OUTPUT_FIELD_NUMBER -> given.add(in.text(type));
            case NodeProto.OP_TYPE_FIELD_NUMBER -> name[0] = in.text(type);
            case NodeProto.DOMAIN_FIELD_NUMBER -> name[1] = in.text(type);
            case NodeProto.ATTRIBUTE_FIELD_NUMBER -> attribute(type, depth, body);
            default -> {
              return false;
            }
          }
          if (taken.size() + given.size() > MAX_PORTS) {
            throw refusal.of("has an operator with more than " + MAX_PORTS + " values");
          }
          return true;
        });
    Operators.Name operator = new Operators.Name(name[1], name[0]);
    operators.use(operator, body);
    cache.note(operator, depth, taken, given);
  }

  private void attribute(int wireType, int depth, Operators.Body body)
      throws IOException, ModelException {
    in.message(
        wireType,
        ATTRIBUTE,
        (field, type) -> {
          switch (field) {
            case AttributeProto.T_FIELD_NUMBER, AttributeProto.TENSORS_FIELD_NUMBER -> {
              count();
              var _ = tensors.read(in, type);
            }
            case AttributeProto.G_FIELD_NUMBER, AttributeProto.GRAPHS_FIELD_NUMBER ->
                graph(type, depth + 1, body);
            case AttributeProto.SPARSE_TENSOR_FIELD_NUMBER,
                AttributeProto.SPARSE_TENSORS_FIELD_NUMBER ->
                sparse(type);
            default -> {
              return false;
            }
          }
          return true;
        });
  }

  private void sparse(int wireType) throws IOException, ModelException {
    count();
    in.message(
        wireType,
        SPARSE,
        (field, type) -> {
          if (field != SparseTensorProto.VALUES_FIELD_NUMBER
              && field != SparseTensorProto.INDICES_FIELD_NUMBER) {
            return false;
          }
          var _ = tensors.read(in, type);
          return true;
        });
  }
}
