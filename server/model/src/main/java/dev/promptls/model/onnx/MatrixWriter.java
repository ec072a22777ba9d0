package dev.promptls.model.onnx;

import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.gguf.Tensor;
import dev.promptls.model.gguf.blocks.BlockFormat;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

  /// The same codes and scales as a table, with minima the way a matrix has them.
  Matrix.Blocks asMatrix(String name, Matrix.Blocks table, Tensor tensor) throws IOException {
    Decoded decoded = new Decoded(List.of(tensor), table.groups());
    decoded.readAll();
    return new Matrix.Blocks(
        name,
        table.rows(),
        table.columns(),
        table.bits(),
        table.group(),
        table.codes(),
        table.scales(),
        null,
        table.minima() == null ? null : decoded.writeMinima(decoded.minima),
        halves(name, decoded, table.bits(), table.minima() != null));
  }

  private List<Matrix.Blocks> halves(String name, Decoded decoded, int bits, boolean minimum)
      throws IOException {
    if (bits == 4) {
      return List.of();
    }
    decoded.readAll();
    int rows = rows(decoded.tensors);
    int columns = decoded.tensors.getFirst().columns();
    float[] highScales = new float[decoded.scales.length];
    float[] rest = new float[highScales.length];
    for (int i = 0; i < rest.length; i++) {
      highScales[i] = 16 * decoded.scales[i];
      rest[i] = 8 * decoded.scales[i] + (minimum ? decoded.minima[i] : 0);
    }
    int group = columns / decoded.groups;
    return List.of(
        new Matrix.Blocks(
            name + ".high",
            rows,
            columns,
            4,
            group,
            decoded.writeCodes(codes -> halfBytes(codes, 4)),
            out.write(highScales),
            null,
            decoded.writeMinima(rest),
            List.of()),
        new Matrix.Blocks(
            name + ".low",
            rows,
            columns,
            4,
            group,
            decoded.writeCodes(codes -> halfBytes(codes, 0)),
            out.write(decoded.scales),
            null,
            null,
            List.of()));
  }

  private Matrix.Blocks blocks(String name, List<Tensor> tensors, Form form, boolean forProduct)
      throws IOException {
    int rows = rows(tensors);
    int columns = tensors.getFirst().columns();
    int groups = columns / form.group();
    Decoded decoded = new Decoded(tensors, groups);
    if (forProduct && form.minimum()) {
      return wide(name, decoded, form);
    }
    WeightFile.Region codes = decoded.writeCodes(all -> packed(all, form.bits()));
    return new Matrix.Blocks(
        name,
        rows,
        columns,
        form.bits(),
        form.group(),
        codes,
        out.write(decoded.scales),
        null,
        form.minimum() ? out.write(decoded.minima) : null,
        forProduct ? halves(name, decoded, form.bits(), false) : List.of());
  }

  private Matrix.Blocks wide(String name, Decoded decoded, Form form) throws IOException {
    int rows = rows(decoded.tensors);
    MinimumDigits digits = new MinimumDigits(form.bits(), form.group(), decoded.groups, rows);
    WeightFile.Region codes =
        decoded.writeCodes(
            all -> packed(digits.widen(all, decoded.scales, decoded.minima), form.bits()));
    WeightFile.Region scales = out.write(digits.scales());
    WeightFile.Region zeroPoints = out.write(packed(digits.zeroPoints(), form.bits()));
    // Float arithmetic takes 8 bits by halves, which know nothing of digits.
    return new Matrix.Blocks(
        name,
        rows,
        decoded.groups * form.group(),
        form.bits(),
        form.group(),
        codes,
        scales,
        new Matrix.Wide(zeroPoints, digits.more()),
        form.bits() == 4 ? decoded.writeMinima(decoded.minima) : null,
        halves(name, new Decoded(decoded.tensors, decoded.groups), form.bits(), true));
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

    /// `[sums, rows]`.
    WeightFile.Region writeMinima(float[] values) throws IOException {
      int rows = rows(tensors);
      int sums = MinimumDigits.sums(tensors.getFirst().columns() / groups, groups);
      float[] turned = new float[Math.multiplyExact(sums, rows)];
      for (int row = 0; row < rows; row++) {
        for (int g = 0; g < groups; g++) {
          turned[g * rows + row] = values[row * groups + g];
        }
      }
      return out.write(turned);
    }

    WeightFile.Region writeCodes(Function<byte[], ByteBuffer> packing) throws IOException {
      out.begin();
      decode(codes -> out.append(packing.apply(codes)));
      return out.end();
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
              format
                  .decoder()
                  .decode(
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
  }

  /// Codes of so many bits, one a byte, as `MatMulNBits` takes them.
  private static ByteBuffer packed(byte[] codes, int bits) {
    return bits == 4 ? halfBytes(codes, 0) : ByteBuffer.wrap(codes);
  }

  /// Four bits of each code, from `shift` up; two codes a byte, the one of even index in the low
  /// half.
  private static ByteBuffer halfBytes(byte[] codes, int shift) {
    byte[] pairs = new byte[codes.length / 2];
    for (int i = 0; i < pairs.length; i++) {
      int even = codes[2 * i] >> shift & 15;
      int odd = codes[2 * i + 1] >> shift & 15;
      pairs[i] = (byte) (even | odd << 4);
    }
    return ByteBuffer.wrap(pairs);
  }

  /// Takes the codes of some rows, one a byte.
  private interface CodeSink {
    void accept(byte[] codes) throws IOException;
  }
}
