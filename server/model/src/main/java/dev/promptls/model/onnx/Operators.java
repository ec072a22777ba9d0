package dev.promptls.model.onnx;

import dev.promptls.model.ModelException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which operators a model uses: ONNX Runtime's own, or functions that the model defines and that
/// are written out where they are called.
final class Operators {
  private static final Set<String> DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft");

  /// Loads a compiled graph from another file.
  private static final String COMPILED = "EPContext";

  private static final int MAX_DEPTH = 16;
  private static final int MAX_KINDS = 1 << 12;

  /// Nodes after all functions are written out.
  private static final long MAX_WRITTEN_OUT = 1 << 22;

  private final GraphRefusal refusal;
  private final Body graph = new Body();
  private final Map<Name, Body> functions = new HashMap<>();

  /// An operator.
  record Name(String domain, String type) {
    Name {
      domain = domain.equals("ai.onnx") ? "" : domain;
    }
  }

  /// How often a graph or function uses each operator, graphs inside included.
  static final class Body {
    private final Map<Name, Long> uses = new HashMap<>();
  }

  Operators(GraphRefusal refusal) {
    this.refusal = refusal;
  }

  Body graph() {
    return graph;
  }

  void use(Name operator, Body body) throws ModelException {
    body.uses.merge(operator, 1L, Long::sum);
    if (body.uses.size() > MAX_KINDS) {
      throw refusal.of("uses more than " + MAX_KINDS + " kinds of operators");
    }
  }

  void define(Name name, Body body) throws ModelException {
    if (functions.put(name, body) != null) {
      throw refusal.of("defines the function", name.type(), "twice");
    }
    if (functions.size() > MAX_KINDS) {
      throw refusal.of("defines more than " + MAX_KINDS + " functions");
    }
  }

  /// A graph or function with all functions in it written out.
  ///
  /// @param height how deep calls go below it
  private record Extent(long nodes, int height) {
    static final Extent NODE = new Extent(1, 0);

    /// With a part that is used so many times; the sum is kept from overflowing.
    Extent plus(Extent part, long times) {
      long more = Math.min(part.nodes, MAX_WRITTEN_OUT) * times;
      return new Extent(
          Math.min(nodes + more, Long.MAX_VALUE / 2), Math.max(height, part.height + 1));
    }
  }

  /// To be asked when all is read, since functions come last.
  void check() throws ModelException {
    Map<Name, Extent> known = new HashMap<>();
    check(extent(graph, 0, known, new HashSet<>()));
    for (Body body : functions.values()) {
      check(extent(body, 0, known, new HashSet<>()));
    }
  }

  private void check(Extent extent) throws ModelException {
    if (extent.nodes() > MAX_WRITTEN_OUT) {
      throw refusal.of("grows to millions of operators when its functions are written out");
    }
    if (extent.height() > MAX_DEPTH) {
      throw tooDeep();
    }
  }

  private Extent extent(Body body, int depth, Map<Name, Extent> known, Set<Name> open)
      throws ModelException {
    if (depth > MAX_DEPTH) {
      throw tooDeep();
    }
    Extent sum = new Extent(0, 0);
    for (Map.Entry<Name, Long> use : body.uses.entrySet()) {
      sum = sum.plus(extent(use.getKey(), depth, known, open), use.getValue());
    }
    return sum;
  }

  private Extent extent(Name operator, int depth, Map<Name, Extent> known, Set<Name> open)
      throws ModelException {
    Body function = functions.get(operator);
    if (function == null) {
      requireKnown(operator);
      return Extent.NODE;
    }
    Extent before = known.get(operator);
    if (before != null) {
      return before;
    }
    if (!open.add(operator)) {
      throw refusal.of("has the function", operator.type(), "call itself");
    }
    Extent extent = extent(function, depth + 1, known, open);
    open.remove(operator);
    known.put(operator, extent);
    return extent;
  }

  private ModelException tooDeep() {
    return refusal.of("nests functions more than " + MAX_DEPTH + " deep");
  }

  private void requireKnown(Name operator) throws ModelException {
    if (!DOMAINS.contains(operator.domain()) || operator.type().equals(COMPILED)) {
      throw refusal.of(
          "needs the operator",
          operator.domain() + "." + operator.type(),
          "of a library, and none is loaded for a model");
    }
  }
}
