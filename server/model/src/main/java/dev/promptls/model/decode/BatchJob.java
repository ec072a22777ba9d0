package dev.promptls.model.decode;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.promptls.model.Cancellation;
import dev.promptls.model.Finish;
import dev.promptls.model.Generation;
import dev.promptls.model.Lane;
import dev.promptls.model.LanguageModel.BatchSink;
import dev.promptls.model.Sampling;
import dev.promptls.model.TokenIds;
import dev.promptls.model.onnx.KvCache;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Many answers side by side: each has a row of one cache, and a step gives every row its next
/// token. A row that is done takes the next prompt; what that shares with a row already there (the
/// examples of a few-shot prompt, mostly) is copied, not computed. A step never has a single row,
/// so an answer does not depend on how many others are left.
final class BatchJob extends Job<List<Generation>> {
  private final LoadedDecoder model;
  private final List<Item> items;
  private final BatchSink sink;
  private final KvCache cache;
  private final List<Slot> rows = new ArrayList<>();

  /// The item of each row in use; these are the first rows.
  private final List<Item> active = new ArrayList<>();

  private int started;

  /// One prompt and its answer.
  static final class Item {
    private final PromptEncoder.Encoded prompt;
    private final Answer answer;
    private final Sampler sampler;
    private final Stopwatch stopwatch = new Stopwatch();
    private @Nullable Prefill prefill;
    private int cached;

    Item(PromptEncoder.Encoded prompt, Answer answer, Sampling sampling) {
      this.prompt = prompt;
      this.answer = answer;
      sampler = new Sampler(sampling, prompt.ids());
    }

    private Generation generation() {
      return answer.generation(prompt, cached, stopwatch);
    }
  }

  /// @param cache with at least two rows, each large enough for any prompt and its answer
  BatchJob(
      Lane lane,
      LoadedDecoder model,
      List<Item> items,
      KvCache cache,
      BatchSink sink,
      Cancellation cancellation) {
    super(lane, cancellation);
    this.model = model;
    this.items = items;
    this.cache = cache;
    this.sink = sink;
    for (int row = 0; row < cache.rows(); row++) {
      rows.add(new Slot(cache, row));
    }
  }

  @Override
  boolean step(RunOptions options) throws OrtException {
    fillRows();
    for (int row = 0; row < active.size(); row++) {
      if (active.get(row).answer.size() == 0) {
        prefill(row, options);
        return isOver();
      }
    }
    if (!active.isEmpty()) {
      decode(options);
    }
    return isOver();
  }

  private boolean isOver() {
    return active.isEmpty() && started == items.size();
  }

  private void fillRows() {
    // One at a time: the next shares what the one before has computed.
    boolean filling = active.stream().anyMatch(item -> item.answer.size() == 0);
    while (!filling && active.size() < rows.size() && started < items.size()) {
      int index = started++;
      Item item = items.get(index);
      if (item.answer.isOver()) {
        sink.accept(index, item.generation());
        continue;
      }
      Slot slot = rows.get(active.size());
      Optional<Slot> best = SlotPool.longestPrefix(rows, item.prompt.ids());
      if (best.isPresent()) {
        int common = best.get().ids().commonPrefix(item.prompt.ids());
        if (common > slot.ids().commonPrefix(item.prompt.ids())) {
          slot.copyFrom(best.get(), common);
        }
      }
      slot.rewind(SlotPool.reusable(slot.ids(), item.prompt.ids()));
      item.cached = slot.ids().size();
      item.prefill = new Prefill(model.decoder(), slot, item.prompt.ids());
      active.add(item);
      filling = true;
    }
  }

  private void prefill(int row, RunOptions options) throws OrtException {
    Item item = active.get(row);
    item.stopwatch.begin();
    Prefill prefill = item.prefill;
    if (prefill == null) {
      throw new IllegalStateException("A row without its prefill.");
    }
    FloatBuffer logits = prefill.advance(options);
    if (logits != null) {
      take(row, logits, 0);
    }
  }

  private void decode(RunOptions options) throws OrtException {
    // Never fewer than two rows, for the kernel's sake; the extra one is nobody's.
    int count = Math.max(2, active.size());
    int[] tokens = new int[count];
    int[] past = new int[count];
    for (int row = 0; row < active.size(); row++) {
      Item item = active.get(row);
      tokens[row] = item.answer.last();
      past[row] = item.prompt.ids().size() + item.answer.size() - 1;
    }
    if (active.size() < count) {
      rows.get(active.size()).rewind(0);
    }
    FloatBuffer logits = model.decoder().stepRows(tokens, cache, past, options);
    // From the last row on, since a row that is done is filled from behind.
    for (int row = active.size() - 1; row >= 0; row--) {
      take(row, logits, row);
    }
  }

  private void take(int row, FloatBuffer logits, int logitsRow) {
    Item item = active.get(row);
    item.stopwatch.firstToken();
    if (item.answer.add(item.sampler.next(logits, logitsRow, model.vocabulary()))) {
      sink.accept(items.indexOf(item), item.generation());
      free(row);
    }
  }

  /// Keeps the rows in use together.
  private void free(int row) {
    int last = active.size() - 1;
    if (row != last) {
      Item moved = active.get(last);
      TokenIds prefilled = rows.get(last).ids();
      int tokens = moved.prompt.ids().size() + moved.answer.size();
      cache.copyPrefix(cache, last, row, Math.min(tokens, cache.capacity()));
      rows.get(row).rewind(0);
      rows.get(row).append(prefilled);
      moved.prefill = new Prefill(model.decoder(), rows.get(row), moved.prompt.ids());
      active.set(row, moved);
    }
    active.removeLast();
  }

  @Override
  List<Generation> finished() {
    return items.stream().map(Item::generation).toList();
  }

  @Override
  List<Generation> cancelled() {
    items.forEach(item -> item.answer.end(Finish.CANCELLED));
    return finished();
  }

  @Override
  void release() {
    cache.close();
  }
}
