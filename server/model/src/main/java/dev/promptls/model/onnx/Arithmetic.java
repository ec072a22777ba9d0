package dev.promptls.model.onnx;

import static dev.promptls.model.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxJavaType;
import java.util.List;

/// What a graph computes with.
enum Arithmetic {
  /// Floats, and activations quantised to 8 bits for the products: fast on a processor.
  INT8(4, DataType.FLOAT),
  /// Float throughout: what the stored weights give.
  FLOAT(1, DataType.FLOAT),
  /// Half precision, as the kernels of CUDA want activations, scales and cache.
  HALF(1, DataType.FLOAT16);

  private final int accuracyLevel;
  private final DataType type;

  Arithmetic(int accuracyLevel, DataType type) {
    this.accuracyLevel = accuracyLevel;
    this.type = type;
  }

  /// What `MatMulNBits` calls it.
  int accuracyLevel() {
    return accuracyLevel;
  }

  /// Of activations and of the cache.
  DataType type() {
    return type;
  }

  /// [#type] as the cache is made.
  OnnxJavaType element() {
    return type == DataType.FLOAT16 ? OnnxJavaType.FLOAT16 : OnnxJavaType.FLOAT;
  }

  /// A value of floats in this arithmetic. Of constants, which are stored as floats once for all
  /// graphs, ONNX Runtime keeps only the result.
  String cast(GraphBuilder graph, String floats) {
    return type == DataType.FLOAT
        ? floats
        : graph.op("Cast", List.of(floats), attribute("to", type.getNumber()));
  }
}
