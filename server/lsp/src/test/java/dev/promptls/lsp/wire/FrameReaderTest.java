package dev.promptls.lsp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.lsp.Nightly;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static final String GOOD = frame("{\"id\":1}");

  @Test
  void aSoundFrameIsItsBody() throws IOException {
    assertEquals(List.of("{\"id\":1}", "{}"), bodies(GOOD + frame("{}")));
  }

  @Test
  void otherHeadersAndLowerCaseAreFine() throws IOException {
    assertEquals(
        List.of("{}"),
        bodies(
            "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:2\r\n\r\n{}"));
  }

  @Test
  void aLengthThatIsTooLongDoesNotSwallowTheNextFrame() throws IOException {
    for (int excess = 1; excess < 40; excess++) {
      String tooLong = "Content-Length: " + (8 + excess) + "\r\n\r\n{\"id\":2}";
      List<String> bodies = bodies(tooLong + GOOD + frame("{}"));
      assertEquals("{\"id\":2}", bodies.getFirst(), "excess " + excess);
      assertEquals(List.of("{\"id\":1}", "{}"), lastTwo(bodies), "excess " + excess);
    }
  }

  @Test
  void aLengthThatIsTooShortLosesOnlyItsOwnFrame() throws IOException {
    for (int length = 0; length < 8; length++) {
      String tooShort = "Content-Length: " + length + "\r\n\r\n{\"id\":2}";
      List<String> bodies = bodies(tooShort + GOOD + frame("{}"));
      assertEquals(List.of("{\"id\":1}", "{}"), lastTwo(bodies), "length " + length);
    }
  }

  @Test
  void aHeaderThatIsNoneIsToldOfOnceAndSteppedOver() throws IOException {
    for (String header :
        List.of(
            "Content-Length: -5",
            "Content-Length: 0x10",
            "Content-Length: 99999999999999999999",
            "Content-Length:",
            "Cpntent-Length: 8",
            "")) {
      var frames = frames(header + "\r\nX\r\n\r\n{\"id\":2}\r\n\r\nmore\r\n\r\n" + GOOD);
      assertEquals(2, frames.size(), header);
      assertTrue(frames.getFirst() instanceof Frame.Bad, header);
      assertEquals(List.of("{\"id\":1}"), bodies(frames), header);
    }
  }

  @Test
  void aLengthBeyondAllMeasureIsRefusedAndItsBodySteppedOver() throws IOException {
    var frames = frames("Content-Length: 5000000000\r\n\r\n{\"id\":2}" + GOOD);
    assertTrue(frames.getFirst() instanceof Frame.Bad);
    assertEquals(List.of("{\"id\":1}"), bodies(frames));
  }

  @Test
  void anotherCharacterSetIsRefused() throws IOException {
    var frames = frames("Content-Type: x; charset=utf-16\r\nContent-Length: 2\r\n\r\n{}" + GOOD);
    assertTrue(frames.getFirst() instanceof Frame.Bad);
    assertEquals(List.of("{\"id\":1}"), bodies(frames));
  }

  @Test
  void aHeaderOfSixtyMegabytesCostsNoMemory() throws IOException {
    long before = Nightly.heap();
    var endless =
        new RepeatedBytes("X-Junk: 0123456789".getBytes(StandardCharsets.UTF_8), 60 << 20);
    var in =
        new SequenceInputStream(
            endless, new ByteArrayInputStream(("\r\n" + GOOD).getBytes(StandardCharsets.UTF_8)));
    var frames = frames(new FrameReader(in));
    assertEquals(List.of("{\"id\":1}"), bodies(frames));
    assertTrue(Nightly.heap() - before < (64 << 20));
  }

  @Test
  void anEndInTheMiddleIsAnEnd() throws IOException {
    for (int cut = 0; cut < GOOD.length(); cut++) {
      assertEquals(List.of(), bodies(GOOD.substring(0, cut)), "cut at " + cut);
    }
  }

  @Test
  void bytesMayComeOneByOne() throws IOException {
    var slow =
        new ByteArrayInputStream((GOOD + "junk" + GOOD).getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(1, length));
          }
        };
    assertEquals(List.of("{\"id\":1}", "{\"id\":1}"), bodies(frames(new FrameReader(slow))));
  }

  @Test
  void afterAnyMutationTheGoodFramesThatFollowAreFound() throws IOException {
    long seed = Long.getLong("promptls.seed", 20260);
    int rounds = Nightly.times("promptls.fuzz.frames", 30_000, 1_000_000);
    var random = new Random(seed);
    String base = frame("{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":{\"text\":\"a\\nb\"}}");
    for (int round = 0; round < rounds; round++) {
      byte[] mutated = Mutations.of(base.getBytes(StandardCharsets.UTF_8), random);
      var in =
          new SequenceInputStream(
              new ByteArrayInputStream(mutated),
              new ByteArrayInputStream((GOOD + frame("{}")).getBytes(StandardCharsets.UTF_8)));
      List<String> found = bodies(frames(new FrameReader(in)));
      assertEquals("{}", found.getLast(), "seed " + seed + ", round " + round);
    }
  }

  private static List<String> lastTwo(List<String> all) {
    return all.subList(all.size() - 2, all.size());
  }

  private static String frame(String body) {
    return "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static List<String> bodies(String bytes) throws IOException {
    return bodies(frames(bytes));
  }

  private static List<String> bodies(List<Frame> frames) {
    var bodies = new ArrayList<String>();
    for (Frame frame : frames) {
      if (frame instanceof Frame.Body body) {
        bodies.add(StandardCharsets.UTF_8.decode(body.bytes()).toString());
      }
    }
    return bodies;
  }

  private static List<Frame> frames(String bytes) throws IOException {
    return frames(
        new FrameReader(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.UTF_8))));
  }

  private static List<Frame> frames(FrameReader reader) throws IOException {
    var frames = new ArrayList<Frame>();
    for (Frame next = reader.next(); !(next instanceof Frame.End); next = reader.next()) {
      frames.add(next);
    }
    return frames;
  }

  /// The same bytes over and over.
  private static final class RepeatedBytes extends InputStream {
    private final byte[] bytes;
    private final long total;
    private long given;

    RepeatedBytes(byte[] bytes, long total) {
      this.bytes = bytes;
      this.total = total;
    }

    @Override
    public int read() {
      return given == total ? -1 : bytes[(int) (given++ % bytes.length)];
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int size = 0;
      while (size < length && given < total) {
        target[offset + size++] = (byte) read();
      }
      return size == 0 ? -1 : size;
    }
  }
}
