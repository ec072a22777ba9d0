package dev.promptls.template.handlebars;

import dev.promptls.template.Range;
import dev.promptls.template.Rendering;
import dev.promptls.template.handlebars.Frame.Scope;
import dev.promptls.template.handlebars.Frame.Snippet;
import dev.promptls.template.javascript.JavaScript;
import dev.promptls.template.run.Adoption;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Output;
import dev.promptls.template.run.Undefined;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Renders the nodes of a Handlebars template: one interpreter a rendering.
final class Interpreter {
  private final Handlebars.Options options;
  private final Meter meter;
  private final Evaluator evaluator;
  private final Helpers helpers;

  /// Partials that this rendering has read already.
  private final Map<String, Scope> sources = new HashMap<>();

  private final Map<String, HandlebarsNode.Program> programs = new HashMap<>();

  Interpreter(Handlebars.Options options, Meter meter) {
    this.options = options;
    this.meter = meter;
    this.evaluator = new Evaluator(options, meter, this);
    this.helpers = new Helpers(this, meter);
  }

  Rendering render(
      String source, HandlebarsNode.Program program, Map<?, ?> variables, Map<?, ?> given) {
    Check.check(program, options);
    Map<@Nullable Object, @Nullable Object> context = Adoption.of(variables);
    Map<String, @Nullable Object> data = new HashMap<>();
    Adoption.of(given).forEach((name, value) -> data.put(String.valueOf(name), value));
    data.putIfAbsent("root", context);
    Scope scope = new Scope("", source, Map.of(), null);
    Frame frame = new Frame(context, null, new Frame.Data(data, null), null, scope);
    Output out = new Output(meter);
    run(program, frame, out);
    return out.rendering();
  }

  /// A program as a value. Nothing stands for an absent one.
  ///
  /// @param parameters the values of its block parameters
  Fragment fragment(
      HandlebarsNode.@Nullable Program program, Frame frame, List<@Nullable Object> parameters) {
    Output out = new Output(meter);
    print(program, frame, parameters, out);
    return new Fragment(out);
  }

  /// Adds what a program renders to an output. Nothing stands for an absent one.
  ///
  /// @param parameters the values of its block parameters
  void print(
      HandlebarsNode.@Nullable Program program,
      Frame frame,
      List<@Nullable Object> parameters,
      Output out) {
    if (program != null) {
      Frame inner = frame.withParameters(program.blockParameters(), parameters);
      if (program.chained()) {
        run(program, inner, out);
      } else {
        nested(program, inner, out);
      }
    }
  }

  private void nested(HandlebarsNode.Program program, Frame frame, Output out) {
    meter.enter();
    run(program, frame, out);
    meter.leave();
  }

  private void run(HandlebarsNode.Program program, Frame frame, Output out) {
    Frame inner = withInline(program, frame);
    for (HandlebarsNode node : program.body()) {
      try {
        meter.step();
        run(node, inner, out);
      } catch (Failure failure) {
        throw failure.at(frame.scope().template(), node.range());
      }
    }
  }

  private void run(HandlebarsNode node, Frame frame, Output out) {
    switch (node) {
      case HandlebarsNode.Content c ->
          out.literal(c.value(), frame.scope().template(), frame.scope().source(), c.range());
      case HandlebarsNode.Mustache m ->
          print(evaluator.tag(m.call(), null, frame), out, frame, m.range());
      case HandlebarsNode.Block b -> block(b, frame, out);
      case HandlebarsNode.Partial p -> partial(p, frame, out);
      case HandlebarsNode.Comment c -> {}
      case HandlebarsNode.Inline i -> {}
    }
  }

  /// Adds a value to the output, with its origins where it has them.
  ///
  /// @param range where it is printed, null for a value that has its origins
  void print(@Nullable Object value, Output out, Frame frame, @Nullable Range range) {
    if (value instanceof Fragment fragment) {
      out.append(fragment.output());
    } else {
      Range place = range == null ? new Range(0, 0) : range;
      out.made(JavaScript.text(value, meter), frame.scope().template(), place);
    }
  }

  /// A value as JavaScript's `String` gives it.
  String string(@Nullable Object value) {
    return value instanceof Fragment fragment
        ? fragment.toString()
        : JavaScript.string(value, meter);
  }

  private void block(HandlebarsNode.Block node, Frame frame, Output out) {
    Object value = evaluator.tag(node.call(), node, frame);
    if (!evaluator.isHelper(node.call(), frame)) {
      HelperCall call = new HelperCall("", List.of(), Map.of(), node, frame, this);
      value = section(value, call);
    }
    print(value, out, frame, node.range());
  }

  /// A block whose name is a variable: shown for each element of a list, or once for what is there.
  private Object section(@Nullable Object value, HelperCall call) {
    return switch (value) {
      case null -> call.inverse();
      case Undefined u -> call.inverse();
      case Boolean b -> b ? call.block() : call.inverse();
      case List<?> l -> helpers.each(l, call);
      default -> call.inside(call.frame().with(value), List.of());
    };
  }

  private Frame withInline(HandlebarsNode.Program program, Frame frame) {
    Map<String, Snippet> inline = null;
    for (HandlebarsNode node : program.body()) {
      if (node instanceof HandlebarsNode.Inline definition) {
        if (inline == null) {
          inline = new HashMap<>(frame.scope().inline());
        }
        String name = JavaScript.text(evaluator.value(definition.name(), frame), meter);
        inline.put(name, new Snippet(definition.program(), frame));
      }
    }
    if (inline == null) {
      return frame;
    }
    Scope scope = frame.scope();
    return frame.withScope(
        new Scope(scope.template(), scope.source(), inline, scope.partialBlock()));
  }

  private void partial(HandlebarsNode.Partial node, Frame frame, Output out) {
    if (node.call().arguments().size() > 1) {
      throw new Failure("A partial takes at most one context; name the other values.");
    }
    Object context =
        node.call().arguments().isEmpty()
            ? frame.context()
            : evaluator.value(node.call().arguments().getFirst(), frame);
    if (!node.call().hash().isEmpty()) {
      context = overlaid(context, evaluator.hash(node.call(), frame));
    }
    String name = node.name();
    if (name == null) {
      name = JavaScript.text(evaluator.value(node.call().callee(), frame), meter);
    }
    Output inner = new Output(meter);
    meter.enter();
    render(name, node, context, frame, inner);
    meter.leave();
    if (node.indent().isEmpty()) {
      out.append(inner);
    } else {
      out.appendIndented(inner, node.indent(), frame.scope().template(), node.range());
    }
  }

  private static Object overlaid(@Nullable Object context, Map<String, @Nullable Object> hash) {
    Map<@Nullable Object, @Nullable Object> all = new LinkedHashMap<>();
    if (context instanceof Map<?, ?> map) {
      all.putAll(map);
    }
    all.putAll(hash);
    return all;
  }

  private void render(
      String written,
      HandlebarsNode.Partial node,
      @Nullable Object context,
      Frame frame,
      Output out) {
    Snippet given = node.block() == null ? null : new Snippet(node.block(), frame);
    Scope scope = frame.scope();
    Snippet snippet =
        written.equals("@partial-block") ? scope.partialBlock() : scope.inline().get(written);
    if (snippet != null) {
      // A snippet sees the names of the template it was written in.
      Scope home = snippet.frame().scope();
      Snippet block = written.equals("@partial-block") ? home.partialBlock() : given;
      Scope own = new Scope(home.template(), home.source(), scope.inline(), block);
      run(
          snippet.program(),
          snippet.frame().with(context).withData(frame.data().own()).withScope(own),
          out);
      return;
    }
    String caller = scope.template();
    String name = caller.isEmpty() ? written : options.names().apply(written, caller);
    HandlebarsNode.Program program = read(name);
    if (program != null) {
      Scope read = sources.get(name);
      String source = read == null ? "" : read.source();
      // What the block defines, its partial may use.
      Map<String, Snippet> inline =
          given == null ? scope.inline() : withInline(given.program(), frame).scope().inline();
      Scope own = new Scope(name, source, inline, given == null ? scope.partialBlock() : given);
      run(program, new Frame(context, null, frame.data(), null, own), out);
    } else if (given != null) {
      run(given.program(), frame.with(context), out);
    } else {
      throw new Failure("There is no partial '" + written + "'.");
    }
  }

  private HandlebarsNode.@Nullable Program read(String name) {
    if (programs.containsKey(name)) {
      return programs.get(name);
    }
    String source = options.partials().apply(name);
    if (source == null) {
      return null;
    }
    meter.chars(source.length());
    try {
      HandlebarsNode.Program program = Parser.parse(source, meter);
      Check.check(program, options);
      programs.put(name, program);
      sources.put(name, new Scope(name, source, Map.of(), null));
      return program;
    } catch (Failure failure) {
      throw failure.in(name);
    }
  }
}
