package dev.promptls.model.onnx;

import java.util.List;
import java.util.Optional;

/// What [GraphCheck] learns of a graph on its way.
///
/// @param inputs without initializers
/// @param sharesCache whether each past goes into a `GroupQueryAttention` and nowhere else, so that
///   past and present may be one buffer
record GraphFacts(List<Port> inputs, List<Port> outputs, boolean sharesCache) {
  GraphFacts {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /// An input or output of the graph.
  ///
  /// @param element number of a `TensorProto.DataType`; 0 if it is no tensor
  /// @param dimensions -1 where free
  record Port(String name, int element, List<Long> dimensions) {
    Port {
      dimensions = List.copyOf(dimensions);
    }
  }

  Optional<Port> input(String name) {
    return inputs.stream().filter(port -> port.name().equals(name)).findFirst();
  }

  Optional<Port> output(String name) {
    return outputs.stream().filter(port -> port.name().equals(name)).findFirst();
  }
}
