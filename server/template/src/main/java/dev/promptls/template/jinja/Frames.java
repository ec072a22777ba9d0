package dev.promptls.template.jinja;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which names belong to which body, as Python's compiler decides it before a template runs: what a
/// body sets before it mentions it otherwise, and nobody around it mentions, is its own. Until it
/// is set, the bodies inside find nothing there, even if a variable of that name was given.
final class Frames {
  private final IdentityHashMap<List<JinjaNode>, Set<String>> owned = new IdentityHashMap<>();
  private final Queue<Frame> open = new ArrayDeque<>();

  /// A body that is looked at once the bodies around it were.
  private record Frame(
      @Nullable Frame outer, List<JinjaNode> body, Set<String> mentioned, Set<String> owned) {
    Frame(@Nullable Frame outer, List<JinjaNode> body) {
      this(outer, body, new HashSet<>(), new HashSet<>());
    }

    boolean knows(String name) {
      for (Frame frame = this; frame != null; frame = frame.outer) {
        if (frame.mentioned.contains(name)) {
          return true;
        }
      }
      return false;
    }

    void read(@Nullable JinjaExpr expression) {
      if (expression != null) {
        mentioned.addAll(JinjaOutline.names(expression));
      }
    }

    /// @param surely whether this is set whenever the body is run
    void set(String name, boolean surely) {
      if (surely && !knows(name)) {
        owned.add(name);
      }
      mentioned.add(name);
    }

    void set(JinjaExpr target, boolean surely) {
      switch (target) {
        case JinjaExpr.Name n -> set(n.name(), surely);
        case JinjaExpr.TupleOf t -> t.items().forEach(item -> set(item, surely));
        default -> read(target);
      }
    }
  }

  private Frames() {}

  static Frames of(List<JinjaNode> template) {
    Frames frames = new Frames();
    frames.open.add(new Frame(null, template));
    for (Frame frame = frames.open.poll(); frame != null; frame = frames.open.poll()) {
      frames.nodes(frame.body, frame, true);
      if (!frame.owned.isEmpty()) {
        frames.owned.put(frame.body, frame.owned);
      }
    }
    return frames;
  }

  /// The names that belong to a body.
  Set<String> owned(List<JinjaNode> body) {
    return owned.getOrDefault(body, Set.of());
  }

  private void nodes(List<JinjaNode> nodes, Frame frame, boolean surely) {
    for (JinjaNode node : nodes) {
      switch (node) {
        case JinjaNode.Print p -> frame.read(p.expression());
        case JinjaNode.Do d -> frame.read(d.expression());
        case JinjaNode.Set s -> {
          frame.read(s.value());
          frame.set(s.target(), surely);
        }
        case JinjaNode.If i -> {
          for (JinjaNode.Branch branch : i.branches()) {
            frame.read(branch.test());
            nodes(branch.body(), frame, false);
          }
          nodes(i.otherwise() == null ? List.of() : i.otherwise(), frame, false);
        }
        case JinjaNode.Macro m -> {
          frame.set(m.name(), surely);
          macro(m.parameters(), m.body(), frame);
        }
        default -> body(node, frame, surely);
      }
    }
  }

  private void body(JinjaNode node, Frame frame, boolean surely) {
    switch (node) {
      case JinjaNode.SetBlock s -> {
        frame.set(s.target(), surely);
        inner(frame, s.body());
      }
      case JinjaNode.For f -> {
        frame.read(f.sequence());
        Frame body = inner(frame, f.body());
        body.mentioned.add("loop");
        body.set(f.target(), false);
        inner(frame, f.otherwise() == null ? List.of() : f.otherwise());
      }
      case JinjaNode.CallBlock c -> {
        frame.read(c.call());
        macro(c.parameters(), c.body(), frame);
      }
      case JinjaNode.FilterBlock f -> {
        frame.read(f.filter());
        inner(frame, f.body());
      }
      case JinjaNode.With w -> {
        Frame body = inner(frame, w.body());
        for (JinjaNode.Assignment assignment : w.assignments()) {
          frame.read(assignment.value());
          body.set(assignment.target(), false);
        }
      }
      case JinjaNode.Autoescape a -> inner(frame, a.body()).read(a.enabled());
      // A block sees the template's variables, not what its surroundings make of their names.
      case JinjaNode.Block b -> inner(null, b.body());
      case JinjaNode.Scoped s -> inner(frame, s.body());
      default -> {}
    }
  }

  private void macro(List<JinjaNode.Parameter> parameters, List<JinjaNode> body, Frame outer) {
    Frame frame = inner(outer, body);
    frame.mentioned.addAll(Set.of("caller", "varargs", "kwargs"));
    for (JinjaNode.Parameter parameter : parameters) {
      // A fallback finds no parameter that comes later, nor its own.
      frame.mentioned.add(parameter.name());
      frame.owned.add(parameter.name());
      frame.read(parameter.fallback());
    }
  }

  private Frame inner(@Nullable Frame outer, List<JinjaNode> body) {
    Frame frame = new Frame(outer, body);
    open.add(frame);
    return frame;
  }
}
