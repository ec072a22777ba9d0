package dev.promptls.lsp.session;

import dev.promptls.lab.ModelHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which models some work needs, so that those end that nobody wants any more: each takes hundreds
/// of megabytes.
final class HeldModels {
  private final Map<String, Held> all = new HashMap<>();

  /// The one that was chosen last for all documents; null if each has its own.
  private @Nullable String wanted;

  /// The one that can answer for all documents; null if each has its own.
  private @Nullable String only;

  /// @param users how much work needs it
  private record Held(ModelHandle handle, int users) {
    Held with(int more) {
      return new Held(handle, users + more);
    }
  }

  /// Keeps a model until it is given back with [#release].
  synchronized void hold(ModelHandle handle) {
    change(handle, 1);
  }

  void release(ModelHandle handle) {
    List<ModelHandle> unwanted;
    synchronized (this) {
      change(handle, -1);
      unwanted = unwanted();
    }
    unwanted.forEach(ModelHandle::unload);
  }

  /// Follows the choice of a model: once it can answer, the others end when their work is done.
  ///
  /// @param forAll whether it was chosen for all documents
  synchronized void want(ModelHandle handle, boolean forAll) {
    change(handle, 0);
    wanted = forAll ? handle.name() : null;
    only = forAll ? only : null;
  }

  /// A model can answer.
  void arrived(ModelHandle handle) {
    List<ModelHandle> unwanted;
    synchronized (this) {
      only = handle.name().equals(wanted) ? wanted : only;
      unwanted = unwanted();
    }
    unwanted.forEach(ModelHandle::unload);
  }

  private void change(ModelHandle handle, int users) {
    all.merge(handle.name(), new Held(handle, users), (known, _) -> known.with(users));
  }

  /// Those that nobody needs, which are forgotten.
  private List<ModelHandle> unwanted() {
    List<ModelHandle> unwanted = new ArrayList<>();
    all.values().stream()
        .filter(held -> only != null && held.users() == 0)
        .map(Held::handle)
        .filter(handle -> !handle.name().equals(only) && !handle.name().equals(wanted))
        .forEach(unwanted::add);
    unwanted.forEach(handle -> all.remove(handle.name()));
    return unwanted;
  }
}
