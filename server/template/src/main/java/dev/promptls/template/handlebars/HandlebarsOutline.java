package dev.promptls.template.handlebars;

import dev.promptls.template.Outline;
import dev.promptls.template.handlebars.HandlebarsNode.Program;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks a Handlebars template for its [Outline].
final class HandlebarsOutline {
  /// Helpers whose block has another context.
  private static final Set<String> NEW_CONTEXT = Set.of("each", "with");

  private final Set<String> helpers;
  private final List<Outline.Variable> variables = new ArrayList<>();
  private final List<Outline.Call> calls = new ArrayList<>();
  private final List<Outline.Partial> partials = new ArrayList<>();
  private final List<Outline.Block> blocks = new ArrayList<>();
  private final Deque<List<String>> parameters = new ArrayDeque<>();
  private int contexts;

  private HandlebarsOutline(Set<String> helpers) {
    this.helpers = helpers;
  }

  static Outline of(Program program, Set<String> helpers) {
    HandlebarsOutline outline = new HandlebarsOutline(helpers);
    outline.program(program, 0);
    return new Outline(
        List.copyOf(outline.variables),
        List.copyOf(outline.calls),
        List.copyOf(outline.partials),
        List.copyOf(outline.blocks));
  }

  /// @param deeper how many contexts deeper the program is than what is around it
  private void program(@Nullable Program program, int deeper) {
    if (program == null) {
      return;
    }
    contexts += deeper;
    parameters.push(program.blockParameters());
    for (HandlebarsNode node : program.body()) {
      switch (node) {
        case HandlebarsNode.Mustache m -> call(m.call(), m.call().hasArguments());
        case HandlebarsNode.Block b -> block(b);
        case HandlebarsNode.Partial p -> {
          String name = p.name();
          if (name != null) {
            partials.add(new Outline.Partial(name, p.call().callee().range()));
          } else {
            value(p.call().callee());
          }
          arguments(p.call());
          program(p.block(), 0);
        }
        case HandlebarsNode.Inline i -> program(i.program(), 1);
        case HandlebarsNode.Content c -> {}
        case HandlebarsNode.Comment c -> {}
      }
    }
    parameters.pop();
    contexts -= deeper;
  }

  private void block(HandlebarsNode.Block block) {
    HandlebarsExpr callee = block.call().callee();
    String name = callee instanceof HandlebarsExpr.Path p ? p.original() : "";
    blocks.add(new Outline.Block(name, block.range()));
    boolean helper = call(block.call(), block.call().hasArguments());
    boolean deeper = NEW_CONTEXT.contains(name) || !helper;
    program(block.program(), deeper ? 1 : 0);
    program(block.inverse(), 0);
  }

  /// Notes a call or a variable.
  ///
  /// @return whether it is a call
  private boolean call(HandlebarsExpr.Call call, boolean certain) {
    HandlebarsExpr callee = call.callee();
    boolean helper = certain;
    if (callee instanceof HandlebarsExpr.Path path) {
      helper |= path.isSimple() && helpers.contains(path.original());
      if (helper) {
        calls.add(new Outline.Call(Outline.Call.Kind.HELPER, path.original(), path.range()));
      } else {
        variable(path);
      }
    } else {
      value(callee);
    }
    arguments(call);
    return helper;
  }

  private void arguments(HandlebarsExpr.Call call) {
    call.arguments().forEach(this::value);
    call.hash().forEach(named -> value(named.value()));
  }

  private void value(HandlebarsExpr expression) {
    switch (expression) {
      case HandlebarsExpr.Literal l -> {}
      case HandlebarsExpr.Path p -> variable(p);
      case HandlebarsExpr.Call c -> call(c, true);
    }
  }

  private void variable(HandlebarsExpr.Path path) {
    List<String> parts = path.parts();
    boolean root = path.data() && !parts.isEmpty() && parts.getFirst().equals("root");
    int from = root ? 1 : 0;
    if (parts.size() <= from) {
      return;
    }
    String name = path.data() && !root ? "@" + parts.getFirst() : parts.get(from);
    boolean parameter =
        !path.data() && !path.scoped() && parameters.stream().anyMatch(p -> p.contains(name));
    boolean local = !root && (path.data() || parameter || contexts > path.depth());
    variables.add(
        new Outline.Variable(name, parts.subList(from + 1, parts.size()), local, path.range()));
  }
}
