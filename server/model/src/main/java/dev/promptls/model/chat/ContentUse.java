package dev.promptls.model.chat;

import dev.promptls.model.chat.ContentKinds.Kind;
import dev.promptls.model.chat.ContentKinds.Unclear;
import dev.promptls.template.jinja.JinjaExpr;
import dev.promptls.template.jinja.JinjaNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a chat template does with what the messages say, which are texts that are not empty: copies
/// it, perhaps without the white space at its ends, asks for its type, and looks for fixed texts in
/// it. Of a template that may do more nothing is told.
///
/// The template is read as a program over values of which no more than a [Kind] is known.
final class ContentUse {
  /// More than enough for names that are set from other names.
  private static final int PASSES = 8;

  private final ContentKinds kinds = new ContentKinds();

  /// Whether what is printed becomes a value.
  private boolean captured;

  private ContentUse() {}

  /// The texts that a template looks for in what messages say; null if it may do more than that.
  static @Nullable Set<String> sought(List<JinjaNode> template) {
    ContentUse use = new ContentUse();
    try {
      for (int pass = 0; pass < PASSES; pass++) {
        use.body(template);
        if (!use.kinds.learnt()) {
          return use.kinds.sought();
        }
      }
      return null;
    } catch (Unclear more) {
      return null;
    }
  }

  private void body(List<JinjaNode> nodes) throws Unclear {
    for (JinjaNode node : nodes) {
      node(node);
    }
  }

  private void node(JinjaNode node) throws Unclear {
    switch (node) {
      case JinjaNode.Text _, JinjaNode.Break _, JinjaNode.Continue _ -> {}
      case JinjaNode.Print(JinjaExpr expression, var _) -> {
        Kind kind = kinds.kind(expression);
        ContentKinds.require(kind != Kind.HOLDER && (kind == Kind.CLEAN || !captured));
      }
      case JinjaNode.If(var branches, var otherwise, var _) -> branches(branches, otherwise);
      case JinjaNode.For each -> loop(each);
      case JinjaNode.Set(JinjaExpr target, JinjaExpr value, var _) ->
          kinds.assign(target, kinds.kind(value));
      case JinjaNode.With(var assignments, var body, var _) -> {
        for (JinjaNode.Assignment assignment : assignments) {
          kinds.assign(assignment.target(), kinds.kind(assignment.value()));
        }
        body(body);
      }
      // What stands in a block may be printed again.
      case JinjaNode.Block _ -> throw new Unclear();
      case JinjaNode.Scoped(var _, var body, var _) -> body(body);
      case JinjaNode.Autoescape(JinjaExpr enabled, var body, var _) -> {
        kinds.clean(enabled);
        captured(body);
      }
      case JinjaNode.SetBlock(JinjaExpr target, var _, var body, var _) -> {
        captured(body);
        kinds.assign(target, Kind.CLEAN);
      }
      case JinjaNode.Macro(var _, var parameters, var body, var _) -> {
        for (JinjaNode.Parameter parameter : parameters) {
          kinds.parameter(parameter.name());
          kinds.clean(parameter.fallback());
        }
        captured(body);
      }
      case JinjaNode.FilterBlock(var _, var body, var _) -> captured(body);
      case JinjaNode.CallBlock(var _, var call, var body, var _) -> {
        kinds.clean(call);
        captured(body);
      }
      case JinjaNode.Do(JinjaExpr expression, var _) -> kinds.clean(expression);
    }
  }

  /// What is not printed at once may become anything.
  private void captured(List<JinjaNode> body) throws Unclear {
    boolean outer = captured;
    captured = true;
    body(body);
    captured = outer;
  }

  private void branches(List<JinjaNode.Branch> branches, @Nullable List<JinjaNode> otherwise)
      throws Unclear {
    for (JinjaNode.Branch branch : branches) {
      Boolean known = kinds.truth(branch.test());
      if (known == null) {
        kinds.kind(branch.test());
      }
      if (!Boolean.FALSE.equals(known)) {
        body(branch.body());
      }
      if (Boolean.TRUE.equals(known)) {
        return;
      }
    }
    if (otherwise != null) {
      body(otherwise);
    }
  }

  private void loop(JinjaNode.For each) throws Unclear {
    Kind sequence = kinds.kind(each.sequence());
    ContentKinds.require(sequence == Kind.CLEAN || sequence == Kind.HOLDER);
    kinds.assign(each.target(), sequence);
    if (each.filter() != null) {
      kinds.kind(each.filter());
    }
    body(each.body());
    if (each.otherwise() != null) {
      body(each.otherwise());
    }
  }
}
