package dev.promptls.model.onnx;

import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.gguf.Tensor;
import dev.promptls.model.gguf.blocks.BlockFormat;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rewrites tensors of a GGUF file into the weight file, value for value.
final class MatrixWriter {
  private static final int ROWS_AT_ONCE = 512;

  private final GgufFile file;
  private final WeightFile out;

  MatrixWriter(GgufFile file, WeightFile out) {
    this.file = file;
    this.out = out;
  }

  /// Whether these tensors can be laid one after the other as a single matrix.
  static boolean canJoin(List<Tensor> tensors) {
    return tensors.stream().map(MatrixWriter::form).distinct().count() == 1;
  }

  private record Form(int bits, int group, boolean minimum) {}

  private static Optional<Form> form(Tensor tensor) {
    return BlockFormat.of(tensor.type()).map(f -> new Form(f.bits(), f.group(), f.hasMinimum()));
  }

  /// Writes tensors of one form and width as one matrix, the rows of the first before those of the
  /// next.
  Matrix matrix(String name, List<Tensor> tensors) throws IOException {
    Optional<Form> form = form(tensors.getFirst());
    return form.isPresent()
        ? blocks(name, tensors, form.get(), true)
        : new Matrix.Floats(name, rows(tensors), tensors.getFirst().columns(), transposed(tensors));
  }

  /// Writes a table of rows to be looked up. Its minima, if any, are `[rows, groups]`.
  Matrix table(String name, Tensor tensor) throws IOException {
    Optional<Form> form = form(tensor);
    if (form.isPresent()) {
      return blocks(name, List.of(tensor), form.get(), false);
    }
    out.begin();
    for (int row = 0; row < tensor.rows(); row++) {
      out.append(Floats.row(file.data(tensor), tensor, row));
    }
    return new Matrix.Floats(name, tensor.rows(), tensor.columns(), out.end());
  }

  /// Writes the minima of a table again, the way a matrix has them.
  Matrix.Blocks asMatrix(Matrix.Blocks table, Tensor tensor) throws IOException {
    if (table.minima() == null) {
      return table;
    }
    Decoded decoded = new Decoded(List.of(tensor), table.groups());
    decoded.readAll();
    return new Matrix.Blocks(
        table.name() + ".head",
        table.rows(),
        table.columns(),
        table.bits(),
        table.group(),
        table.codes(),
        table.scales(),
        out.write(transpose(decoded.minima, table.rows(), table.groups())));
  }

  private Matrix.Blocks blocks(String name, List<Tensor> tensors, Form form, boolean transpose)
      throws IOException {
    int rows = rows(tensors);
    int columns = tensors.getFirst().columns();
    int groups = columns / form.group();
    Decoded decoded = new Decoded(tensors, groups);
    out.begin();
    decoded.writeCodes(form.bits());
    WeightFile.Region codes = out.end();
    WeightFile.Region scales = out.write(decoded.scales);
    WeightFile.Region minima = null;
    if (form.minimum()) {
      minima = out.write(transpose ? transpose(decoded.minima, rows, groups) : decoded.minima);
    }
    return new Matrix.Blocks(name, rows, columns, form.bits(), form.group(), codes, scales, minima);
  }

  private WeightFile.Region transposed(List<Tensor> tensors) throws IOException {
    int rows = rows(tensors);
    int columns = tensors.getFirst().columns();
    float[] values = new float[Math.multiplyExact(rows, columns)];
    int at = 0;
    for (Tensor tensor : tensors) {
      MemorySegment bytes = file.data(tensor);
      for (int row = 0; row < tensor.rows(); row++, at++) {
        float[] source = Floats.row(bytes, tensor, row);
        for (int column = 0; column < columns; column++) {
          values[column * rows + at] = source[column];
        }
      }
    }
    return out.write(values);
  }

  private static float[] transpose(float[] values, int rows, int columns) {
    float[] result = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        result[column * rows + row] = values[row * columns + column];
      }
    }
    return result;
  }

  private static int rows(List<Tensor> tensors) {
    return tensors.stream().mapToInt(Tensor::rows).sum();
  }

  /// The scales and minima of some tensors, and their codes on the way to the file.
  private final class Decoded {
    private final List<Tensor> tensors;
    private final int groups;
    private final float[] scales;
    private final float[] minima;

    Decoded(List<Tensor> tensors, int groups) {
      this.tensors = tensors;
      this.groups = groups;
      scales = new float[Math.multiplyExact(rows(tensors), groups)];
      minima = new float[scales.length];
    }

    void readAll() throws IOException {
      decode(null);
    }

    void writeCodes(int bits) throws IOException {
      decode(codes -> out.append(bits == 4 ? packed(codes) : ByteBuffer.wrap(codes)));
    }

    private void decode(@Nullable CodeSink sink) throws IOException {
      int group = 0;
      for (Tensor tensor : tensors) {
        for (int row = 0; row < tensor.rows(); row += ROWS_AT_ONCE) {
          int count = Math.min(ROWS_AT_ONCE, tensor.rows() - row);
          byte[] codes = decodeRows(tensor, row, count, group);
          if (sink != null) {
            sink.accept(codes);
          }
          group += count * groups;
        }
      }
    }

    private byte[] decodeRows(Tensor tensor, int first, int count, int group) {
      BlockFormat format = BlockFormat.of(tensor.type()).orElseThrow();
      MemorySegment bytes = file.data(tensor);
      int columns = tensor.columns();
      int perBlock = tensor.type().blockValues();
      int blocksPerRow = columns / perBlock;
      byte[] codes = new byte[Math.multiplyExact(count, columns)];
      IntStream.range(0, count)
          .parallel()
          .forEach(row -> {
            for (int b = 0; b < blocksPerRow; b++) {
              long block = (long) (first + row) * blocksPerRow + b;
              format.decode(
                  bytes,
                  block * tensor.type().blockBytes(),
                  codes,
                  row * columns + b * perBlock,
                  scales,
                  minima,
                  group + row * groups + b * (perBlock / format.group()));
            }
          });
      return codes;
    }

    /// Two codes a byte, the one of even index in the low half.
    private static ByteBuffer packed(byte[] codes) {
      byte[] pairs = new byte[codes.length / 2];
      for (int i = 0; i < pairs.length; i++) {
        pairs[i] = (byte) (codes[2 * i] | codes[2 * i + 1] << 4);
      }
      return ByteBuffer.wrap(pairs);
    }
  }

  /// Takes the codes of some rows, one a byte.
  private interface CodeSink {
    void accept(byte[] codes) throws IOException;
  }
}
