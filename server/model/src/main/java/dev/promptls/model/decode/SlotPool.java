package dev.promptls.model.decode;

import dev.promptls.model.TokenIds;
import dev.promptls.model.onnx.Decoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cache slots of one decoder, so that a document being typed, a preview and a run do not evict
/// each other. Only the model thread uses it.
final class SlotPool implements AutoCloseable {
  private static final int FIRST_CAPACITY = 1024;

  /// Below this a prefix is computed as fast as it is copied.
  private static final int WORTH_COPYING = 16;

  private final Decoder decoder;
  private final int maxSlots;
  private final long maxBytes;

  /// Free slots, the one used last at the end.
  private final List<Slot> free = new ArrayList<>();

  private final List<Slot> leased = new ArrayList<>();

  SlotPool(Decoder decoder, int maxSlots, long maxBytes) {
    this.decoder = decoder;
    this.maxSlots = maxSlots;
    this.maxBytes = maxBytes;
  }

  /// A slot whose first tokens are those of `prompt`, as many as can be had; the others are
  /// forgotten. At least two tokens are left to compute, since a step over one would give other
  /// bits.
  Slot lease(TokenIds prompt) {
    Optional<Slot> best = longestPrefix(free, prompt);
    int common = best.map(slot -> slot.ids().commonPrefix(prompt)).orElse(0);
    Slot slot;
    if (best.isPresent() && (2 * common >= best.get().ids().size() || isFull())) {
      slot = common > 0 ? best.get() : free.getFirst();
      free.remove(slot);
    } else {
      // Large enough at once: to make room takes a tenth of a second, and nothing can interrupt it.
      int capacity = Prefill.capacity(FIRST_CAPACITY, prompt.size());
      slot = new Slot(decoder.newCache(1, capacity), 0);
      if (common >= WORTH_COPYING) {
        slot.copyFrom(best.get(), common);
      }
    }
    slot.rewind(reusable(slot.ids(), prompt));
    leased.add(slot);
    return slot;
  }

  /// How many cached tokens a prompt may build on.
  static int reusable(TokenIds cached, TokenIds prompt) {
    return Math.max(0, Math.min(cached.commonPrefix(prompt), prompt.size() - 2));
  }

  static Optional<Slot> longestPrefix(List<Slot> slots, TokenIds prompt) {
    Slot best = null;
    int longest = -1;
    for (Slot slot : slots) {
      int common = slot.ids().commonPrefix(prompt);
      if (common >= longest) {
        longest = common;
        best = slot;
      }
    }
    return Optional.ofNullable(best);
  }

  void release(Slot slot) {
    leased.remove(slot);
    free.add(slot);
    while (free.size() > 1 && (free.size() + leased.size() > maxSlots || bytes() > maxBytes)) {
      free.removeFirst().cache().close();
    }
  }

  private boolean isFull() {
    return free.size() + leased.size() >= maxSlots || bytes() >= maxBytes;
  }

  private long bytes() {
    return free.stream().mapToLong(slot -> slot.cache().bytes()).sum()
        + leased.stream().mapToLong(slot -> slot.cache().bytes()).sum();
  }

  @Override
  public void close() {
    free.forEach(slot -> slot.cache().close());
    leased.forEach(slot -> slot.cache().close());
    free.clear();
    leased.clear();
  }
}
