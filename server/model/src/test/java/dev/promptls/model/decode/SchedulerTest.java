package dev.promptls.model.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.promptls.model.Cancellation;
import dev.promptls.model.Finish;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import dev.promptls.model.onnx.Decoder;
import dev.promptls.model.onnx.Hardware;
import dev.promptls.model.onnx.ModelFolder;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs that end before they are done.
class SchedulerTest {
  private static final int CHUNKS = 3;

  @TempDir static Path folder;

  @Test
  void aJobThatIsRefusedGivesBackWhatItHolds() {
    Scheduler scheduler = new Scheduler("closed");
    scheduler.close();
    Idle job = new Idle();
    assertThrows(ModelException.class, () -> scheduler.run(job));
    assertEquals(1, job.released);
    assertEquals(0, job.steps);
  }

  @Test
  void cancellingAPrefillEndsItWithinAChunk() throws Exception {
    ModelFolder model = ModelFolder.open(TestModels.imported(TestModels.microFile(), folder));
    TokenIds prompt =
        TokenIds.of(
            new Random(5)
                .ints((long) CHUNKS * Prefill.CHUNK, 0, model.info().vocabularySize())
                .toArray());
    try (Decoder decoder = model.load(false, Hardware.cpu(1));
        SlotPool slots = new SlotPool(decoder, 2, 1L << 30);
        Scheduler scheduler = new Scheduler("prefill")) {
      LoadedDecoder loaded = new LoadedDecoder(decoder, slots, model.info().vocabularySize());
      Cancellation cancellation = new Cancellation();
      // The second chunk is under way when the request is cancelled.
      Watched cut = new Watched(job(model, loaded, prompt, cancellation), cancellation, 2);
      Generation cancelled = scheduler.run(cut);
      assertEquals(Finish.CANCELLED, cancelled.finish());
      assertEquals(0, cancelled.usage().outputTokens());
      assertEquals(2, cut.steps);
      Cancellation never = new Cancellation();
      Watched whole = new Watched(job(model, loaded, prompt, never), never, 0);
      Generation next = scheduler.run(whole);
      assertEquals(Finish.LENGTH, next.finish());
      // What was computed of the first is not computed again. The chunk under way counts if it was
      // done before it could be cut short.
      int chunks = next.usage().cachedTokens() / Prefill.CHUNK;
      assertTrue(chunks == 1 || chunks == 2, () -> chunks + " chunks cached");
      assertEquals(CHUNKS - chunks, whole.steps);
    }
  }

  private static GenerateJob job(
      ModelFolder model, LoadedDecoder loaded, TokenIds prompt, Cancellation cancellation)
      throws ModelException {
    GenerateRequest request = GenerateRequest.greedy(new Input.Ids(prompt), 1, Lane.TYPING);
    Answer answer =
        new Answer(request, 1, Set.of(), model.vocabulary().tokenizer().stream(), TokenSink.NONE);
    return new GenerateJob(
        request, loaded, new PromptEncoder.Encoded("", prompt), answer, cancellation);
  }

  /// Counts the steps of another job and cancels it during one of them.
  private static final class Watched extends Job<Generation> {
    private final GenerateJob job;
    private final int cancelledIn;
    private int steps;

    Watched(GenerateJob job, Cancellation cancellation, int cancelledIn) {
      super(job.lane(), cancellation);
      this.job = job;
      this.cancelledIn = cancelledIn;
    }

    @Override
    boolean step(RunOptions options) throws OrtException {
      if (++steps == cancelledIn) {
        cancellation().cancel();
      }
      return job.step(options);
    }

    @Override
    Generation finished() {
      return job.finished();
    }

    @Override
    Generation cancelled() {
      return job.cancelled();
    }

    @Override
    void release() {
      job.release();
    }
  }

  private static final class Idle extends Job<String> {
    private int steps;
    private int released;

    Idle() {
      super(Lane.BATCH, new Cancellation());
    }

    @Override
    boolean step(RunOptions options) {
      steps++;
      return true;
    }

    @Override
    String finished() {
      return "done";
    }

    @Override
    String cancelled() {
      return "cancelled";
    }

    @Override
    void release() {
      released++;
    }
  }
}
