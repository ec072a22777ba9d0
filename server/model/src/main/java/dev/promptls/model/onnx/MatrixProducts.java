package dev.promptls.model.onnx;

import static dev.promptls.model.onnx.GraphBuilder.NONE;
import static dev.promptls.model.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The products with the weights of a graph, and what they share.
final class MatrixProducts {
  private final GraphBuilder graph;
  private final Arithmetic arithmetic;

  /// Block sums by input and group size: matrices that read the same input share them.
  private final Map<String, String> blockSums = new HashMap<>();

  /// Inputs with their block sums behind them, by these and how many times.
  private final Map<String, String> widened = new HashMap<>();

  /// Which column belongs to which group, by columns and group size.
  private final Map<String, Members> memberships = new HashMap<>();

  MatrixProducts(GraphBuilder graph, Arithmetic arithmetic) {
    this.graph = graph;
    this.arithmetic = arithmetic;
  }

  /// `input · matrixᵀ`.
  String of(String input, Matrix matrix) {
    return switch (matrix) {
      case Matrix.Floats floats -> {
        String values =
            arithmetic.cast(
                graph,
                graph.weights(
                    floats.name(),
                    DataType.FLOAT,
                    floats.values(),
                    floats.columns(),
                    floats.rows()));
        yield graph.op("MatMul", List.of(input, values));
      }
      case Matrix.Blocks blocks -> of(input, blocks);
    };
  }

  private String of(String input, Matrix.Blocks matrix) {
    if (arithmetic == Arithmetic.FLOAT && !matrix.halves().isEmpty()) {
      return graph.op(
          "Add",
          List.of(of(input, matrix.halves().getFirst()), of(input, matrix.halves().getLast())));
    }
    Matrix.Wide wide = matrix.wide();
    String sums = matrix.minima() == null && wide == null ? NONE : blockSums(input, matrix);
    String product = wide == null ? product(input, matrix) : wideProduct(input, sums, matrix, wide);
    if (matrix.minima() == null || (wide != null && arithmetic != Arithmetic.FLOAT)) {
      return product;
    }
    int width = MinimumDigits.sums(matrix.group(), matrix.groups());
    String minima =
        arithmetic.cast(
            graph,
            graph.weights(
                matrix.name() + ".minima", DataType.FLOAT, matrix.minima(), width, matrix.rows()));
    return graph.op("Gemm", List.of(sums, minima, product));
  }

  private String product(String input, Matrix.Blocks matrix) {
    return blockProduct(
        matrix.rows(), matrix.columns(), matrix.bits(), matrix.group(), operands(input, matrix, 0));
  }

  /// With the input's sums behind the input, once for each digit.
  private String wideProduct(String input, String sums, Matrix.Blocks matrix, Matrix.Wide wide) {
    int blocks = matrix.groups() + wide.blocks();
    String zeroPoints =
        graph.weights(
            matrix.name() + ".zero_points",
            DataType.UINT8,
            wide.zeroPoints(),
            wide.zeroPoints().bytes());
    int digits =
        wide.blocks() * matrix.group() / MinimumDigits.sums(matrix.group(), matrix.groups());
    String widest =
        widened.computeIfAbsent(
            sums + "/" + digits,
            key -> {
              List<String> parts = new ArrayList<>(List.of(input));
              parts.addAll(Collections.nCopies(digits, sums));
              return graph.op("Concat", parts, attribute("axis", -1));
            });
    List<String> operands = new ArrayList<>(operands(widest, matrix, wide.blocks()));
    operands.add(zeroPoints);
    return blockProduct(
        matrix.rows(), blocks * matrix.group(), matrix.bits(), matrix.group(), operands);
  }

  /// @param more blocks that a row has beyond the groups of the input
  private List<String> operands(String input, Matrix.Blocks matrix, int more) {
    long blocks = (long) matrix.groups() + more;
    return List.of(
        input,
        graph.weights(
            matrix.name() + ".codes",
            DataType.UINT8,
            matrix.codes(),
            matrix.rows(),
            blocks,
            (long) matrix.group() * matrix.bits() / 8),
        arithmetic.cast(
            graph,
            graph.weights(
                matrix.name() + ".scales",
                DataType.FLOAT,
                matrix.scales(),
                blocks * matrix.rows())));
  }

  private String blockProduct(int rows, int columns, int bits, int group, List<String> operands) {
    return graph.contrib(
        "MatMulNBits",
        operands,
        attribute("K", columns),
        attribute("N", rows),
        attribute("bits", bits),
        attribute("block_size", group),
        attribute("accuracy_level", arithmetic.accuracyLevel()));
  }

  /// The sums of each group of `input`, `[tokens, sums]`: a product with zeros and ones, by the
  /// kernel that computes the other products too and so sums what they see of the input.
  private String blockSums(String input, Matrix.Blocks matrix) {
    return blockSums.computeIfAbsent(
        input + "/" + matrix.group(),
        key -> {
          Members members = members(matrix.columns(), matrix.group());
          return blockProduct(
              MinimumDigits.sums(matrix.group(), matrix.groups()),
              matrix.columns(),
              4,
              matrix.group(),
              List.of(input, members.codes(), members.scales()));
        });
  }

  /// Names of the codes and scales of a matrix with a one where a column belongs to a group.
  private record Members(String codes, String scales) {}

  private Members members(int columns, int group) {
    return memberships.computeIfAbsent(
        columns + "/" + group,
        key -> {
          int groups = columns / group;
          int sums = MinimumDigits.sums(group, groups);
          byte[] codes = new byte[sums * columns / 2];
          Arrays.fill(codes, (byte) 0x88);
          for (int g = 0; g < groups; g++) {
            int at = (g * columns + g * group) / 2;
            Arrays.fill(codes, at, at + group / 2, (byte) 0x99);
          }
          float[] scales = new float[sums * groups];
          Arrays.fill(scales, 1);
          return new Members(
              graph.constant("members", codes, sums, groups, group / 2),
              arithmetic.cast(graph, graph.constant("ones", scales, scales.length)));
        });
  }
}
