package dev.promptls.template.handlebars;

import dev.promptls.template.handlebars.HandlebarsNode.Program;
import dev.promptls.template.run.Failure;
import org.jspecify.annotations.Nullable;

/// Finds calls of helpers that do not exist, also in parts that a rendering would not reach, as
/// compiling a template with known helpers only does.
final class Check {
  private final Handlebars.Options options;

  private Check(Handlebars.Options options) {
    this.options = options;
  }

  static void check(Program program, Handlebars.Options options) {
    new Check(options).program(program);
  }

  private void program(@Nullable Program program) {
    if (program == null) {
      return;
    }
    for (HandlebarsNode node : program.body()) {
      switch (node) {
        case HandlebarsNode.Mustache m -> call(m.call(), m.call().hasArguments());
        case HandlebarsNode.Block b -> {
          call(b.call(), b.call().hasArguments());
          program(b.program());
          program(b.inverse());
        }
        case HandlebarsNode.Partial p -> {
          inside(p.call());
          if (p.call().callee() instanceof HandlebarsExpr.Call name) {
            call(name, true);
          }
          program(p.block());
        }
        case HandlebarsNode.Inline i -> program(i.program());
        case HandlebarsNode.Content c -> {}
        case HandlebarsNode.Comment c -> {}
      }
    }
  }

  private void call(HandlebarsExpr.Call call, boolean helper) {
    if (helper) {
      String name = call.helper();
      if (!Evaluator.BUILT_IN.contains(name) && !options.helpers().containsKey(name)) {
        throw new Failure("There is no helper '" + name + "'.", call.callee().range());
      }
    } else if (call.callee() instanceof HandlebarsExpr.Call callee) {
      call(callee, true);
    }
    inside(call);
  }

  private void inside(HandlebarsExpr.Call call) {
    for (HandlebarsExpr argument : call.arguments()) {
      if (argument instanceof HandlebarsExpr.Call inner) {
        call(inner, true);
      }
    }
    for (HandlebarsExpr.Named named : call.hash()) {
      if (named.value() instanceof HandlebarsExpr.Call inner) {
        call(inner, true);
      }
    }
  }
}
