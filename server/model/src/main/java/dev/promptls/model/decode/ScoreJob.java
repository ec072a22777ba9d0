package dev.promptls.model.decode;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.promptls.model.Cancellation;
import dev.promptls.model.Score;
import dev.promptls.model.Score.Likely;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.TokenIds;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The likelihood of each token of a text, a chunk of tokens a step. Starts afresh: what is cached
/// has no logits any more.
final class ScoreJob extends Job<Score> {
  /// Logits of a chunk are `[chunk, vocabulary]` floats: 12 MB for 50,000 tokens.
  private static final int CHUNK = 64;

  private final ScoreRequest request;
  private final LoadedDecoder model;
  private final TokenIds ids;
  private final LogSoftmax softmax;
  private final List<Double> logprobs = new ArrayList<>();
  private final List<List<Likely>> top = new ArrayList<>();
  private @Nullable Slot slot;
  private int done;

  ScoreJob(ScoreRequest request, LoadedDecoder model, TokenIds ids, Cancellation cancellation) {
    super(request.lane(), cancellation);
    this.request = request;
    this.model = model;
    this.ids = ids;
    softmax = new LogSoftmax(model.vocabulary());
  }

  @Override
  boolean step(RunOptions options) throws OrtException {
    if (ids.isEmpty()) {
      return true;
    }
    if (slot == null) {
      slot = model.slots().lease(ids);
      slot.rewind(0);
    }
    int to = Prefill.chunkEnd(done, ids.size(), CHUNK);
    TokenIds chunk = ids.slice(done, to);
    long[] all = new long[chunk.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    slot.cache().ensureCapacity(Prefill.capacity(slot.cache().capacity(), to));
    FloatBuffer logits =
        model.decoder().step(chunk.toArray(), slot.cache(), slot.row(), done, all, options);
    slot.append(chunk);
    read(logits, chunk.size());
    done = to;
    return done == ids.size();
  }

  private void read(FloatBuffer rows, int count) {
    float[] logits = new float[model.vocabulary()];
    for (int row = 0; row < count; row++) {
      rows.get(row * logits.length, logits);
      double normaliser = softmax.logSumExp(logits);
      int next = done + row + 1;
      if (next < ids.size()) {
        logprobs.add(logits[ids.get(next)] - normaliser);
      }
      if (request.top() > 0) {
        top.add(likeliest(logits, normaliser));
      }
    }
  }

  private List<Likely> likeliest(float[] logits, double normaliser) {
    List<Likely> best = new ArrayList<>();
    for (int id : Likeliest.of(logits, request.top())) {
      best.add(new Likely(id, logits[id] - normaliser));
    }
    return List.copyOf(best);
  }

  @Override
  Score finished() {
    return new Score(ids, List.copyOf(logprobs), List.copyOf(top));
  }

  /// What there is: the log-probabilities computed so far.
  @Override
  Score cancelled() {
    return finished();
  }

  @Override
  void release() {
    if (slot != null) {
      model.slots().release(slot);
    }
  }
}
