package dev.promptls.template.jinja;

import dev.promptls.template.Rendering;
import dev.promptls.template.python.Arguments;
import dev.promptls.template.python.BlockReference;
import dev.promptls.template.python.Callable;
import dev.promptls.template.python.Dialect;
import dev.promptls.template.python.Html;
import dev.promptls.template.python.Loop;
import dev.promptls.template.python.Macro;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.run.Adoption;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Output;
import dev.promptls.template.run.Undefined;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Renders the nodes of a template: one interpreter a rendering.
final class Interpreter {
  /// What a body ends with.
  private enum Ending {
    NORMAL,
    BREAK,
    CONTINUE
  }

  private final String source;
  private final Tree tree;
  private final Frames frames;
  private final Meter meter;
  private final Evaluator evaluator;
  private final Html html;
  private final boolean prompty;

  /// Takes the pieces of the text, if they are asked for.
  private final @Nullable Segments segments;

  private @Nullable Output whole;

  /// The names that the bodies of macros use.
  private final IdentityHashMap<List<JinjaNode>, Set<String>> names = new IdentityHashMap<>();

  Interpreter(
      String source, Tree tree, Jinja.Options options, Meter meter, @Nullable Segments segments) {
    this.segments = segments;
    this.source = source;
    this.tree = tree;
    this.frames = Frames.of(tree.nodes());
    this.meter = meter;
    this.prompty = options.dialect() == Dialect.PROMPTY;
    PythonText text = new PythonText(meter, prompty);
    this.html = new Html(meter, text);
    this.evaluator = new Evaluator(options, meter, text, html);
  }

  Rendering render(Map<?, ?> variables) {
    Output out = new Output(meter);
    whole = out;
    Scope scope = new Scope(Adoption.of(variables), frames.owned(tree.nodes()));
    if (!prompty) {
      Map<String, Callable> blocks = new HashMap<>();
      tree.blocks()
          .forEach((name, block) -> blocks.put(name, none -> html.made(printed(block, scope))));
      scope.set("self", new BlockReference(blocks));
    }
    run(tree.nodes(), scope, out);
    return out.rendering();
  }

  private Ending run(List<JinjaNode> nodes, Scope scope, Output out) {
    for (JinjaNode node : nodes) {
      try {
        meter.step();
        Ending ending = run(node, scope, out);
        if (ending != Ending.NORMAL) {
          return ending;
        }
      } catch (Failure failure) {
        throw failure.at("", node.range());
      }
    }
    return Ending.NORMAL;
  }

  private Ending run(JinjaNode node, Scope scope, Output out) {
    switch (node) {
      case JinjaNode.Text t -> {
        out.literal(t.value(), "", source, t.range());
        if (segments != null && out == whole) {
          segments.literal(t.value());
        }
      }
      case JinjaNode.Print p -> {
        String made = html.printed(evaluator.value(p.expression(), scope));
        out.made(made, "", p.range());
        if (segments != null && out == whole) {
          segments.made(p, made);
        }
      }
      case JinjaNode.If i -> {
        return conditional(i, scope, out);
      }
      case JinjaNode.For f -> loop(f, scope, out);
      case JinjaNode.Set s ->
          evaluator.assign(s.target(), evaluator.value(s.value(), scope), scope);
      case JinjaNode.SetBlock s -> {
        Object body = html.made(caught(s.body(), scope));
        JinjaExpr.Filter filter = s.filter();
        Object value = filter == null ? body : evaluator.filterChain(filter, body, scope);
        evaluator.assign(s.target(), value, scope);
      }
      case JinjaNode.Macro m ->
          scope.set(m.name(), macro(m.name(), m.parameters(), m.body(), scope));
      case JinjaNode.CallBlock c -> callBlock(c, scope, out);
      case JinjaNode.FilterBlock f -> {
        Object body = html.made(caught(f.body(), scope));
        Object value = evaluator.filterChain(f.filter(), body, scope);
        out.made(html.printed(value), "", f.range());
      }
      case JinjaNode.With w -> {
        Scope inner = inner(w.body(), scope);
        for (JinjaNode.Assignment a : w.assignments()) {
          evaluator.assign(a.target(), evaluator.value(a.value(), scope), inner);
        }
        return nested(w.body(), inner, out);
      }
      case JinjaNode.Autoescape a -> {
        return autoescape(a, scope, out);
      }
      case JinjaNode.Block b -> {
        return block(b, b.scoped() ? scope : scope.context(), out);
      }
      case JinjaNode.Scoped s -> {
        return nested(s.body(), inner(s.body(), scope), out);
      }
      case JinjaNode.Do d -> evaluator.value(d.expression(), scope);
      case JinjaNode.Break b -> {
        return Ending.BREAK;
      }
      case JinjaNode.Continue c -> {
        return Ending.CONTINUE;
      }
    }
    return Ending.NORMAL;
  }

  /// The scope of a body.
  private Scope inner(List<JinjaNode> body, Scope outer) {
    return new Scope(outer, frames.owned(body));
  }

  private Ending nested(List<JinjaNode> nodes, Scope scope, Output out) {
    meter.enter();
    Ending ending = run(nodes, scope, out);
    meter.leave();
    return ending;
  }

  private String printed(JinjaNode.Block block, Scope scope) {
    Output inner = new Output(meter);
    block(block, scope, inner);
    return inner.text();
  }

  private Ending block(JinjaNode.Block node, Scope scope, Output out) {
    if (node.required()) {
      throw new Failure("Nobody fills the required block '" + node.name() + "'.");
    }
    boolean outer = html.automatic(false);
    Scope inner = Scope.block(scope, frames.owned(node.body()));
    Ending ending = nested(node.body(), inner, out);
    html.automatic(outer);
    return ending;
  }

  private Ending autoescape(JinjaNode.Autoescape node, Scope scope, Output out) {
    boolean outer = html.automatic(Python.truth(evaluator.value(node.enabled(), scope)));
    Ending ending = nested(node.body(), inner(node.body(), scope), out);
    html.automatic(outer);
    return ending;
  }

  private String caught(List<JinjaNode> body, Scope scope) {
    return text(body, inner(body, scope));
  }

  private String text(List<JinjaNode> nodes, Scope scope) {
    Output inner = new Output(meter);
    nested(nodes, scope, inner);
    return inner.text();
  }

  private Ending conditional(JinjaNode.If node, Scope scope, Output out) {
    for (JinjaNode.Branch branch : node.branches()) {
      if (Python.truth(evaluator.value(branch.test(), scope))) {
        return nested(branch.body(), scope, out);
      }
    }
    List<JinjaNode> otherwise = node.otherwise();
    return otherwise == null ? Ending.NORMAL : nested(otherwise, scope, out);
  }

  private void loop(JinjaNode.For node, Scope scope, Output out) {
    loop(node, evaluator.value(node.sequence(), scope), 0, scope, out);
  }

  private void loop(
      JinjaNode.For node, @Nullable Object sequence, int depth, Scope scope, Output out) {
    List<@Nullable Object> items = new ArrayList<>();
    Iterator<@Nullable Object> all = evaluator.loopItems(sequence);
    JinjaExpr filter = node.filter();
    while (all.hasNext()) {
      meter.step();
      Object item = all.next();
      if (filter != null) {
        Scope inner = new Scope(scope, Set.of());
        evaluator.assign(node.target(), item, inner);
        if (!Python.truth(evaluator.value(filter, inner))) {
          continue;
        }
      }
      items.add(item);
    }
    List<JinjaNode> otherwise = node.otherwise();
    if (items.isEmpty() && otherwise != null) {
      nested(otherwise, inner(otherwise, scope), out);
      return;
    }
    Loop loop = new Loop(items, depth, node.recursive() ? recursion(node, scope) : null);
    Ending ending = Ending.NORMAL;
    while (ending != Ending.BREAK && loop.advance()) {
      meter.step();
      Scope inner = inner(node.body(), scope);
      inner.set("loop", loop);
      evaluator.assign(node.target(), loop.item(), inner);
      ending = nested(node.body(), inner, out);
    }
  }

  private Loop.Recursion recursion(JinjaNode.For node, Scope scope) {
    return (sequence, depth) -> {
      Output inner = new Output(meter);
      meter.enter();
      loop(node, sequence, depth, scope, inner);
      meter.leave();
      return inner.text();
    };
  }

  private void callBlock(JinjaNode.CallBlock node, Scope scope, Output out) {
    Macro caller = macro(null, node.parameters(), node.body(), scope);
    Object value = evaluator.call(node.call(), scope, Map.of("caller", caller));
    out.made(html.printed(value), "", node.range());
  }

  private Macro macro(
      @Nullable String name,
      List<JinjaNode.Parameter> parameters,
      List<JinjaNode> body,
      Scope scope) {
    Set<String> used = names.computeIfAbsent(body, JinjaOutline::names);
    boolean escaping = html.automatic();
    return new Macro(
        name,
        parameters.stream().map(JinjaNode.Parameter::name).toList(),
        used,
        arguments -> {
          Scope inner = inner(body, scope);
          boolean outer = html.automatic(escaping);
          // A default value may call the macro again.
          meter.enter();
          bind(name, parameters, arguments, used, inner);
          meter.leave();
          String text = text(body, inner);
          html.automatic(outer);
          return html.made(text);
        });
  }

  /// Gives a macro its arguments. What has no parameter is found in `varargs` and `kwargs`, if the
  /// macro's body asks for them, and is an error if not.
  private void bind(
      @Nullable String name,
      List<JinjaNode.Parameter> parameters,
      Arguments arguments,
      Set<String> used,
      Scope scope) {
    List<@Nullable Object> positional = arguments.positional();
    Map<String, @Nullable Object> named = new LinkedHashMap<>(arguments.named());
    Object caller = named.remove("caller");
    for (int i = 0; i < parameters.size(); i++) {
      JinjaNode.Parameter parameter = parameters.get(i);
      JinjaExpr fallback = parameter.fallback();
      if (i < positional.size()) {
        scope.set(parameter.name(), positional.get(i));
      } else if (named.containsKey(parameter.name())) {
        scope.set(parameter.name(), named.remove(parameter.name()));
      } else if (fallback != null) {
        scope.set(parameter.name(), evaluator.value(fallback, scope));
      } else {
        scope.set(
            parameter.name(),
            new Undefined("The parameter '" + parameter.name() + "' was not given."));
      }
    }
    int taken = Math.min(parameters.size(), positional.size());
    if (taken < positional.size() && !used.contains("varargs")) {
      throw new Failure("'" + name + "' takes at most " + parameters.size() + " arguments.");
    }
    if (!named.isEmpty() && !used.contains("kwargs")) {
      throw new Failure(
          "'" + name + "' takes no argument '" + named.keySet().iterator().next() + "'.");
    }
    if (caller != null && !used.contains("caller")) {
      throw new Failure(
          "'" + name + "' does not use 'caller', so it cannot stand in a call block.");
    }
    scope.set("varargs", new Tuple(positional.subList(taken, positional.size())));
    scope.set("kwargs", new LinkedHashMap<Object, @Nullable Object>(named));
    scope.set("caller", caller == null ? new Undefined("No caller is defined.") : caller);
  }
}
