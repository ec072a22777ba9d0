package dev.promptls.model.decode;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.promptls.model.Cancellation;
import dev.promptls.model.Finish;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/// One answer, a token a step. A step over a single token always uses the same kernel, so the
/// answer does not depend on what else runs.
final class GenerateJob extends Job<Generation> {
  private final LoadedDecoder model;
  private final PromptEncoder.Encoded prompt;
  private final Answer answer;
  private final Sampler sampler;
  private final Stopwatch stopwatch = new Stopwatch();
  private @Nullable Slot slot;
  private @Nullable Prefill prefill;
  private int cached;

  GenerateJob(
      GenerateRequest request,
      LoadedDecoder model,
      PromptEncoder.Encoded prompt,
      Answer answer,
      Cancellation cancellation) {
    super(request.lane(), cancellation);
    this.model = model;
    this.prompt = prompt;
    this.answer = answer;
    sampler = new Sampler(request.sampling(), prompt.ids());
  }

  @Override
  boolean step(RunOptions options) throws OrtException {
    if (answer.isOver()) {
      return true;
    }
    stopwatch.begin();
    if (slot == null) {
      slot = model.slots().lease(prompt.ids());
      cached = slot.ids().size();
      prefill = new Prefill(model.decoder(), slot, prompt.ids());
    }
    FloatBuffer logits;
    if (answer.size() > 0) {
      logits = decode(slot, options);
    } else if (prefill != null) {
      logits = prefill.advance(options);
    } else {
      throw new IllegalStateException("A slot without its prefill.");
    }
    if (logits == null) {
      return false;
    }
    stopwatch.firstToken();
    return answer.add(sampler.next(logits, 0, model.vocabulary()));
  }

  private FloatBuffer decode(Slot leased, RunOptions options) throws OrtException {
    int past = prompt.ids().size() + answer.size() - 1;
    leased.cache().ensureCapacity(Prefill.capacity(leased.cache().capacity(), past + 1));
    int[] token = {answer.last()};
    return model.decoder().step(token, leased.cache(), leased.row(), past, new long[] {0}, options);
  }

  @Override
  Generation finished() {
    return answer.generation(prompt, cached, stopwatch);
  }

  @Override
  Generation cancelled() {
    answer.end(Finish.CANCELLED);
    return finished();
  }

  @Override
  void release() {
    if (slot != null) {
      model.slots().release(slot);
    }
  }
}
