package dev.promptls.prompt.workspace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Follows an input through the partials it is given to and back to all who give it: what these
/// call the same thing, and the keys it is passed by.
final class InputFlow {
  /// Bounds for workspaces made to take long: partials that call themselves with a field of what
  /// they are given make ever longer paths.
  private static final int MOST = 5_000;

  private static final int MOST_NAMES = 12;

  private final Workspace workspace;
  private final Set<Symbol.Input> inputs = new LinkedHashSet<>();
  private final Set<Key> keys = new LinkedHashSet<>();
  private final Deque<Symbol.Input> open = new ArrayDeque<>();

  private InputFlow(Workspace workspace) {
    this.workspace = workspace;
  }

  /// The key by which a caller passes an input to a partial.
  record Key(String caller, PartialUse call, String key) {}

  /// @param inputs what the files call it
  record Result(Set<Symbol.Input> inputs, Set<Key> keys) {}

  static Result of(Symbol.Input input, Workspace workspace) {
    InputFlow flow = new InputFlow(workspace);
    flow.visit(input.file(), input.path());
    while (!flow.open.isEmpty()) {
      Symbol.Input next = flow.open.removeFirst();
      flow.down(next);
      if (PartialNames.isPartial(next.file())) {
        flow.up(next);
      }
    }
    return new Result(flow.inputs, flow.keys);
  }

  private void visit(String file, List<String> path) {
    Symbol.Input input = new Symbol.Input(file, path);
    if (path.size() <= MOST_NAMES && inputs.size() < MOST && inputs.add(input)) {
      open.addLast(input);
    }
  }

  /// To the partials that a file calls, if they or what they call read it.
  private void down(Symbol.Input input) {
    FileFacts caller = workspace.file(input.file());
    for (PartialUse call : caller == null ? List.<PartialUse>of() : caller.partials()) {
      String called = workspace.partial(call.name(), input.file());
      if (called != null) {
        for (List<String> path : inside(call, input.path())) {
          if (reads(called, path, new HashSet<>())) {
            visit(called, path);
          }
        }
      }
    }
  }

  /// What a partial calls an input of its caller.
  private static List<List<String>> inside(PartialUse call, List<String> path) {
    List<List<String>> inside = new ArrayList<>();
    List<String> base = call.base();
    if (base != null && path.size() > base.size() && InputPaths.startsWith(path, base)) {
      List<String> rest = path.subList(base.size(), path.size());
      if (!call.keys().containsKey(rest.getFirst())) {
        inside.add(rest);
      }
    }
    call.keys()
        .forEach((key, value) -> {
          // The variable that is passed keeps its own name; its fields are known by theirs.
          if (!value.isEmpty()
              && path.size() > value.size()
              && InputPaths.startsWith(path, value)) {
            inside.add(join(List.of(key), path.subList(value.size(), path.size())));
          }
        });
    return inside;
  }

  /// From a partial to those who call it.
  private void up(Symbol.Input input) {
    for (String caller : workspace.usersOf(input.file())) {
      FileFacts facts = workspace.file(caller);
      for (PartialUse call : facts == null ? List.<PartialUse>of() : facts.partials()) {
        if (input.file().equals(workspace.partial(call.name(), caller))) {
          up(caller, call, input.path());
        }
      }
    }
  }

  private void up(String caller, PartialUse call, List<String> path) {
    String first = path.getFirst();
    List<String> value = call.keys().get(first);
    List<String> base = call.base();
    if (value != null && path.size() == 1) {
      keys.add(new Key(caller, call, first));
    } else if (value != null && !value.isEmpty()) {
      visit(caller, join(value, path.subList(1, path.size())));
    } else if (value == null && base != null) {
      visit(caller, join(base, path));
    }
  }

  private boolean reads(String file, List<String> path, Set<Symbol.Input> asked) {
    FileFacts facts = workspace.file(file);
    if (facts == null
        || path.size() > MOST_NAMES
        || asked.size() > MOST
        || !asked.add(new Symbol.Input(file, path))) {
      return false;
    }
    if (facts.mentions(path)) {
      return true;
    }
    for (PartialUse call : facts.partials()) {
      String called = workspace.partial(call.name(), file);
      if (called != null) {
        for (List<String> further : inside(call, path)) {
          if (reads(called, further, asked)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static List<String> join(List<String> one, List<String> other) {
    List<String> joined = new ArrayList<>(one);
    joined.addAll(other);
    return List.copyOf(joined);
  }
}
