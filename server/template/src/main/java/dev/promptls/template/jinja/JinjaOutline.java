package dev.promptls.template.jinja;

import dev.promptls.template.Outline;
import dev.promptls.template.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks a Jinja template for its [Outline].
final class JinjaOutline {
  private final List<Outline.Variable> variables = new ArrayList<>();
  private final List<Outline.Call> calls = new ArrayList<>();
  private final List<Outline.Block> blocks = new ArrayList<>();
  private Set<String> locals = new HashSet<>();

  static Outline of(List<JinjaNode> nodes) {
    JinjaOutline outline = new JinjaOutline();
    outline.nodes(nodes);
    return new Outline(
        List.copyOf(outline.variables),
        List.copyOf(outline.calls),
        List.of(),
        List.copyOf(outline.blocks));
  }

  /// The names of the variables and functions that an expression uses.
  static Set<String> names(JinjaExpr expression) {
    JinjaOutline outline = new JinjaOutline();
    outline.expression(expression);
    return outline.names();
  }

  /// The names of the variables and functions that a template uses.
  static Set<String> names(List<JinjaNode> nodes) {
    JinjaOutline outline = new JinjaOutline();
    outline.nodes(nodes);
    return outline.names();
  }

  private Set<String> names() {
    Set<String> names = new HashSet<>();
    variables.forEach(variable -> names.add(variable.name()));
    calls.stream()
        .filter(call -> call.kind() == Outline.Call.Kind.FUNCTION)
        .forEach(call -> names.add(call.name()));
    return names;
  }

  private void nodes(@Nullable List<JinjaNode> nodes) {
    if (nodes != null) {
      nodes.forEach(this::node);
    }
  }

  private void node(JinjaNode node) {
    switch (node) {
      case JinjaNode.Print p -> expression(p.expression());
      case JinjaNode.Do d -> expression(d.expression());
      case JinjaNode.Set s -> {
        expression(s.value());
        target(s.target());
      }
      case JinjaNode.Text t -> {}
      case JinjaNode.Break b -> {}
      case JinjaNode.Continue c -> {}
      default -> block(node);
    }
  }

  private void block(JinjaNode node) {
    String name =
        switch (node) {
          case JinjaNode.If i -> "if";
          case JinjaNode.For f -> "for";
          case JinjaNode.SetBlock s -> "set";
          case JinjaNode.Macro m -> "macro";
          case JinjaNode.CallBlock c -> "call";
          case JinjaNode.FilterBlock f -> "filter";
          case JinjaNode.With w -> "with";
          case JinjaNode.Autoescape a -> "autoescape";
          case JinjaNode.Block b -> "block " + b.name();
          case JinjaNode.Scoped s -> s.tag();
          default -> "";
        };
    blocks.add(new Outline.Block(name, node.range()));
    switch (node) {
      case JinjaNode.If i -> {
        for (JinjaNode.Branch branch : i.branches()) {
          expression(branch.test());
          nodes(branch.body());
        }
        nodes(i.otherwise());
      }
      case JinjaNode.For f -> loop(f);
      case JinjaNode.SetBlock s -> {
        inner(List.of(), s.body());
        expression(s.filter());
        target(s.target());
      }
      case JinjaNode.Macro m -> {
        locals.add(m.name());
        inner(m.parameters(), m.body());
      }
      case JinjaNode.CallBlock c -> {
        expression(c.call());
        inner(c.parameters(), c.body());
      }
      case JinjaNode.FilterBlock f -> {
        expression(f.filter());
        inner(List.of(), f.body());
      }
      case JinjaNode.With w -> with(w);
      case JinjaNode.Autoescape a -> {
        expression(a.enabled());
        inner(List.of(), a.body());
      }
      case JinjaNode.Block b -> inner(List.of(), b.body());
      case JinjaNode.Scoped s -> inner(List.of(), s.body());
      default -> {}
    }
  }

  private void loop(JinjaNode.For node) {
    expression(node.sequence());
    Set<String> outer = locals;
    locals = new HashSet<>(outer);
    locals.add("loop");
    target(node.target());
    expression(node.filter());
    nodes(node.body());
    locals = outer;
    inner(List.of(), node.otherwise());
  }

  private void with(JinjaNode.With node) {
    node.assignments().forEach(assignment -> expression(assignment.value()));
    Set<String> outer = locals;
    locals = new HashSet<>(outer);
    node.assignments().forEach(assignment -> target(assignment.target()));
    nodes(node.body());
    locals = outer;
  }

  private void inner(List<JinjaNode.Parameter> parameters, @Nullable List<JinjaNode> body) {
    Set<String> outer = locals;
    locals = new HashSet<>(outer);
    for (JinjaNode.Parameter parameter : parameters) {
      expression(parameter.fallback());
      locals.add(parameter.name());
    }
    nodes(body);
    locals = outer;
  }

  private void target(JinjaExpr target) {
    switch (target) {
      case JinjaExpr.Name n -> locals.add(n.name());
      case JinjaExpr.TupleOf t -> t.items().forEach(this::target);
      default -> expression(target);
    }
  }

  private void expression(@Nullable JinjaExpr expression) {
    switch (expression) {
      case null -> {}
      case JinjaExpr.Literal l -> {}
      case JinjaExpr.Name n -> variable(n.name(), List.of(), n.range());
      case JinjaExpr.Attribute a -> path(a);
      case JinjaExpr.Item i -> path(i);
      case JinjaExpr.Slice s -> {
        expression(s.from());
        expression(s.to());
        expression(s.step());
      }
      case JinjaExpr.Call c -> {
        if (c.function() instanceof JinjaExpr.Name n) {
          calls.add(new Outline.Call(Outline.Call.Kind.FUNCTION, n.name(), n.range()));
        } else {
          expression(c.function());
        }
        arguments(c.arguments());
      }
      case JinjaExpr.Filter f -> {
        expression(f.input());
        calls.add(new Outline.Call(Outline.Call.Kind.FILTER, f.name(), f.nameRange()));
        arguments(f.arguments());
      }
      case JinjaExpr.Test t -> {
        expression(t.input());
        calls.add(new Outline.Call(Outline.Call.Kind.TEST, t.name(), t.nameRange()));
        arguments(t.arguments());
      }
      case JinjaExpr.Unary u -> expression(u.operand());
      case JinjaExpr.Binary b -> {
        expression(b.left());
        expression(b.right());
      }
      case JinjaExpr.Comparison c -> {
        expression(c.first());
        c.rest().forEach(operand -> expression(operand.value()));
      }
      case JinjaExpr.Concatenation c -> c.parts().forEach(this::expression);
      case JinjaExpr.Conditional c -> {
        expression(c.then());
        expression(c.test());
        expression(c.otherwise());
      }
      case JinjaExpr.ListOf l -> l.items().forEach(this::expression);
      case JinjaExpr.TupleOf t -> t.items().forEach(this::expression);
      case JinjaExpr.MapOf m ->
          m.pairs()
              .forEach(pair -> {
                expression(pair.key());
                expression(pair.value());
              });
    }
  }

  private void arguments(JinjaExpr.Arguments arguments) {
    arguments.positional().forEach(this::expression);
    arguments.named().forEach(named -> expression(named.value()));
    expression(arguments.spread());
    expression(arguments.spreadNamed());
  }

  /// A variable with what is looked up in it, as far as names and literals go.
  private void path(JinjaExpr expression) {
    List<String> path = new ArrayList<>();
    JinjaExpr root = expression;
    while (true) {
      if (root instanceof JinjaExpr.Attribute a) {
        path.addFirst(a.name());
        root = a.target();
      } else if (root instanceof JinjaExpr.Item i) {
        if (i.index() instanceof JinjaExpr.Literal l && l.value() != null) {
          path.addFirst(l.value().toString());
        } else {
          // What is looked up behind a computed index cannot be named.
          path.clear();
          expression(i.index());
        }
        root = i.target();
      } else if (root instanceof JinjaExpr.Name n) {
        variable(n.name(), path, expression.range());
        return;
      } else {
        expression(root);
        return;
      }
    }
  }

  private void variable(String name, List<String> path, Range range) {
    variables.add(new Outline.Variable(name, List.copyOf(path), locals.contains(name), range));
  }
}
