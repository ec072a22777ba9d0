package dev.promptls.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Puts an ONNX graph together. A value is known by its name; an empty name leaves an optional
/// input out. Initializers that lie in the weight file are referred to, never copied.
final class GraphBuilder {
  static final String MICROSOFT = "com.microsoft";
  static final String NONE = "";

  private static final int OPSET = 21;
  private static final int IR_VERSION = 10;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("decoder");
  private int serial;

  /// An attribute of a node.
  sealed interface Attribute {
    String name();

    record Int(String name, long value) implements Attribute {}

    record Real(String name, float value) implements Attribute {}

    record Ints(String name, List<Long> values) implements Attribute {}
  }

  static Attribute attribute(String name, long value) {
    return new Attribute.Int(name, value);
  }

  static Attribute attribute(String name, float value) {
    return new Attribute.Real(name, value);
  }

  /// A name not yet in use.
  String fresh(String hint) {
    return hint + "_" + serial++;
  }

  /// Adds a node of the standard domain with one output and gives the output's name.
  String op(String type, List<String> inputs, Attribute... attributes) {
    String output = fresh(type);
    node("", type, inputs, List.of(output), attributes);
    return output;
  }

  /// Adds a node of ONNX Runtime's own domain with one output and gives the output's name.
  String contrib(String type, List<String> inputs, Attribute... attributes) {
    String output = fresh(type);
    node(MICROSOFT, type, inputs, List.of(output), attributes);
    return output;
  }

  void node(
      String domain,
      String type,
      List<String> inputs,
      List<String> outputs,
      Attribute... attributes) {
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setName(fresh(type + "_node"))
            .setDomain(domain)
            .setOpType(type)
            .addAllInput(inputs)
            .addAllOutput(outputs);
    for (Attribute attribute : attributes) {
      node.addAttribute(proto(attribute));
    }
    graph.addNode(node);
  }

  private static AttributeProto proto(Attribute attribute) {
    AttributeProto.Builder proto = AttributeProto.newBuilder().setName(attribute.name());
    return switch (attribute) {
      case Attribute.Int(String name, long value) ->
          proto.setType(AttributeProto.AttributeType.INT).setI(value).build();
      case Attribute.Real(String name, float value) ->
          proto.setType(AttributeProto.AttributeType.FLOAT).setF(value).build();
      case Attribute.Ints(String name, List<Long> values) ->
          proto.setType(AttributeProto.AttributeType.INTS).addAllInts(values).build();
    };
  }

  /// An initializer in the weight file.
  String weights(String name, TensorProto.DataType type, WeightFile.Region region, long... shape) {
    TensorProto.Builder tensor = tensor(name, type, shape);
    tensor
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", region.file()))
        .addExternalData(entry("offset", Long.toString(region.offset())))
        .addExternalData(entry("length", Long.toString(region.bytes())));
    graph.addInitializer(tensor);
    return name;
  }

  /// A small constant inside the graph.
  String constant(String hint, float[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return constant(hint, TensorProto.DataType.FLOAT, bytes, shape);
  }

  /// A small constant of bytes inside the graph.
  String constant(String hint, byte[] values, long... shape) {
    return constant(hint, TensorProto.DataType.UINT8, ByteBuffer.wrap(values), shape);
  }

  private String constant(String hint, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
    String name = fresh(hint);
    graph.addInitializer(tensor(name, type, shape).setRawData(ByteString.copyFrom(bytes)));
    return name;
  }

  /// A list of integers inside the graph, such as a shape or axes.
  String integers(String hint, long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return constant(hint, TensorProto.DataType.INT64, bytes, values.length);
  }

  /// @param shape a number for a fixed dimension, another word for a free one
  void input(String name, TensorProto.DataType type, Object... shape) {
    graph.addInput(info(name, type, shape));
  }

  /// @param shape as for [#input]
  void output(String name, TensorProto.DataType type, Object... shape) {
    graph.addOutput(info(name, type, shape));
  }

  ModelProto build() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("promptls")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1))
        .setGraph(graph)
        .build();
  }

  private static TensorProto.Builder tensor(String name, TensorProto.DataType type, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor;
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static ValueInfoProto info(String name, TensorProto.DataType type, Object... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (Object size : shape) {
      dimensions.addDim(
          size instanceof Number number
              ? TensorShapeProto.Dimension.newBuilder().setDimValue(number.longValue())
              : TensorShapeProto.Dimension.newBuilder().setDimParam(size.toString()));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(dimensions)))
        .build();
  }
}
