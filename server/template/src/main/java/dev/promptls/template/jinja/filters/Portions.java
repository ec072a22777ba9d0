package dev.promptls.template.jinja.filters;

import dev.promptls.template.python.Bound;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The filters `batch` and `slice`, which cut a sequence into several.
record Portions(Meter meter) {
  /// Lists of a given length, the last one filled up if that is asked for.
  List<@Nullable Object> batches(List<@Nullable Object> items, Bound bound) {
    int size = bound.integer("linecount", 0);
    bound.required("linecount");
    List<@Nullable Object> batches = new ArrayList<>();
    List<@Nullable Object> batch = new ArrayList<>();
    for (Object item : items) {
      if (batch.size() == size) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(item);
    }
    if (!batch.isEmpty()) {
      Object fill = bound.get("fill_with", null);
      while (fill != null && batch.size() < size) {
        meter.step();
        batch.add(fill);
      }
      batches.add(batch);
    }
    return batches;
  }

  /// A given number of lists of about the same length.
  List<@Nullable Object> slices(List<@Nullable Object> all, Bound bound) {
    int count = bound.integer("slices", 0);
    if (count <= 0) {
      throw new Failure("'slice' needs the number of slices.");
    }
    meter.steps(count);
    int size = all.size() / count;
    int longer = all.size() % count;
    Object fill = bound.get("fill_with", null);
    List<@Nullable Object> slices = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < count; i++) {
      int end = at + size + (i < longer ? 1 : 0);
      List<@Nullable Object> slice = new ArrayList<>(all.subList(at, end));
      if (fill != null && i >= longer) {
        slice.add(fill);
      }
      slices.add(slice);
      at = end;
    }
    return slices;
  }
}
