package dev.promptls.prompt.convert;

import dev.promptls.prompt.convert.Term.About;
import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.text.Span;
import dev.promptls.template.Range;
import dev.promptls.template.TemplateException;
import dev.promptls.template.handlebars.Handlebars;
import dev.promptls.template.handlebars.HandlebarsExpr;
import dev.promptls.template.handlebars.HandlebarsNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the template of a dotprompt file. Partials are put in their places.
final class HandlebarsPieces {
  private static final int MAX_PARTIALS = 16;

  /// UTF-16 units of all partials that are put in their places, each as often as it is.
  private static final int MAX_INCLUDED = 4 << 20;

  /// What a partial counts for beside its text.
  private static final int PARTIAL_COST = 1_000;

  private final Losses losses;
  private final PartialResolver partials;

  /// What names mean, innermost last.
  private final List<Scope> scopes = new ArrayList<>();

  /// Of the file's template; offsets inside partials mean the tag that includes them.
  private final int base;

  private String source = "";

  private @Nullable Span inPartial;
  private int partialDepth;
  private int included;

  /// The name of the partial that is being read; empty in the prompt itself.
  private String inside = "";

  private int loops;

  /// @param context what `this` is
  /// @param names values with names of their own: block parameters, arguments of a partial
  /// @param deeper whether `..` leads out of it
  private record Scope(Term context, Map<String, Term> names, boolean deeper) {}

  HandlebarsPieces(Losses losses, PartialResolver partials, int base) {
    this.losses = losses;
    this.partials = partials;
    this.base = base;
  }

  /// @throws TemplateException if the template cannot be read
  List<Piece> read(String template) throws TemplateException {
    scopes.add(new Scope(new Term.Ref(0, List.of()), Map.of(), true));
    source = template;
    return pieces(program(template));
  }

  private static HandlebarsNode.Program program(String template) throws TemplateException {
    return Handlebars.parse(template, Handlebars.Options.plain()).program();
  }

  private List<Piece> pieces(HandlebarsNode.@Nullable Program program) {
    List<Piece> pieces = new ArrayList<>();
    if (program != null) {
      program.body().forEach(node -> add(node, pieces));
    }
    return pieces;
  }

  private void add(HandlebarsNode node, List<Piece> to) {
    Span where = span(node.range());
    switch (node) {
      case HandlebarsNode.Content content -> {
        if (!content.value().isEmpty()) {
          to.add(new Piece.Text(content.value()));
        }
      }
      case HandlebarsNode.Comment comment -> comment(comment, to);
      case HandlebarsNode.Mustache mustache -> mustache(mustache.call(), where, to);
      case HandlebarsNode.Block block -> block(block, to);
      case HandlebarsNode.Partial partial -> partial(partial, where, to);
      case HandlebarsNode.Inline _ ->
          losses.add("the inline partial", where, "is left out: it cannot be converted");
    }
  }

  private void comment(HandlebarsNode.Comment comment, List<Piece> to) {
    if (inPartial == null) {
      Range range = comment.range();
      String text = source.substring(range.start(), range.end());
      String bare = text.replaceAll("\\A\\{\\{~?!(?:--)?|(?:--)?~?\\}\\}\\z", "").strip();
      to.add(new Piece.Comment(bare, span(range)));
    }
  }

  private void mustache(HandlebarsExpr.Call call, Span where, List<Piece> to) {
    String name = call.callee() instanceof HandlebarsExpr.Path path ? path.original() : "";
    switch (name) {
      case "role" -> to.add(new Piece.Role(constant(call), where));
      case "history" -> to.add(new Piece.History(null, where));
      case "section" -> to.add(new Piece.Section(constant(call), where));
      case "media" -> {
        Term url = named(call, "url");
        to.add(
            new Piece.Media(
                url == null ? new Term.Literal("") : url, named(call, "contentType"), where));
      }
      case "json" ->
          to.add(new Piece.Json(argument(call, 0), indent(named(call, "indent")), where));
      case "log" -> {}
      default -> {
        if (call.hasArguments() && !name.equals("lookup")) {
          losses.add("the helper " + name, where, "is left out: it is not known");
        } else {
          to.add(new Piece.Value(term(call.callee(), call), where));
        }
      }
    }
  }

  private static int indent(@Nullable Term term) {
    return term instanceof Term.Literal(Number number) ? Math.clamp(number.intValue(), 0, 10) : 0;
  }

  private String constant(HandlebarsExpr.Call call) {
    Term term = argument(call, 0);
    if (term instanceof Term.Literal(String text)) {
      return text;
    }
    losses.add("the role", span(call.range()), "is taken for user: it is not written out");
    return "user";
  }

  private void block(HandlebarsNode.Block block, List<Piece> to) {
    HandlebarsExpr.Call call = block.call();
    String name = call.callee() instanceof HandlebarsExpr.Path path ? path.original() : "";
    Span where = span(new Range(block.range().start(), call.range().end()));
    Term first = argument(call, 0);
    switch (name) {
      case "if" -> to.add(conditional(first, block.program(), block.inverse(), where));
      case "unless" -> to.add(conditional(first, block.inverse(), block.program(), where));
      case "ifEquals" -> to.add(conditional(equal(call), block.program(), block.inverse(), where));
      case "unlessEquals" ->
          to.add(conditional(equal(call), block.inverse(), block.program(), where));
      case "each" -> each(first, block, where, to);
      case "with" -> with(first, block, where, to);
      case "role", "history", "section", "media", "json" -> mustache(call, where, to);
      default -> losses.add("the block " + name, where, "is left out: it is not known");
    }
  }

  private Piece conditional(
      Term test,
      HandlebarsNode.@Nullable Program then,
      HandlebarsNode.@Nullable Program otherwise,
      Span where) {
    return new Piece.If(test, pieces(then), pieces(otherwise), where);
  }

  private Term equal(HandlebarsExpr.Call call) {
    return new Term.Binary("==", argument(call, 0), argument(call, 1));
  }

  private void each(Term list, HandlebarsNode.Block block, Span where, List<Piece> to) {
    List<Piece> otherwise = pieces(block.inverse());
    loops++;
    int level = loops;
    Term.Ref item = new Term.Ref(level, List.of());
    List<String> parameters =
        block.program() == null ? List.of() : block.program().blockParameters();
    Map<String, Term> names = new HashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      names.put(parameters.get(i), i == 0 ? item : new Term.Loop(level, About.INDEX));
    }
    scopes.add(new Scope(item, names, true));
    List<Piece> body = pieces(block.program());
    scopes.removeLast();
    loops--;
    to.add(new Piece.Each(level, list, body, otherwise, where));
  }

  private void with(Term context, HandlebarsNode.Block block, Span where, List<Piece> to) {
    List<Piece> otherwise = pieces(block.inverse());
    List<String> parameters =
        block.program() == null ? List.of() : block.program().blockParameters();
    scopes.add(
        new Scope(
            context,
            parameters.isEmpty() ? Map.of() : Map.of(parameters.getFirst(), context),
            true));
    List<Piece> body = pieces(block.program());
    scopes.removeLast();
    to.add(new Piece.If(context, body, otherwise, where));
  }

  private void partial(HandlebarsNode.Partial partial, Span where, List<Piece> to) {
    String written = partial.name();
    if (included > MAX_INCLUDED) {
      losses.add("a partial", where, "is left out: all partials together are too long");
      return;
    }
    String name = written == null ? null : partials.named(written, inside);
    String found = name == null ? null : partials.partial(name);
    if (name == null || found == null || partialDepth >= MAX_PARTIALS) {
      losses.add("the partial " + written, where, "is left out: it was not found");
      to.addAll(pieces(partial.block()));
      return;
    }
    included += Math.min(found.length(), MAX_INCLUDED) + PARTIAL_COST;
    HandlebarsExpr.Call call = partial.call();
    Map<String, Term> names = new HashMap<>();
    call.hash().forEach(each -> names.put(each.name(), term(each.value())));
    Term context = call.arguments().isEmpty() ? scopes.getLast().context() : argument(call, 0);
    @Nullable Span outer = inPartial;
    inPartial = where;
    String caller = inside;
    inside = name;
    partialDepth++;
    scopes.add(new Scope(context, names, !call.arguments().isEmpty()));
    try {
      to.addAll(pieces(program(indented(found, partial.indent()))));
    } catch (TemplateException e) {
      losses.add("the partial " + written, where, "is left out: it cannot be read");
    }
    scopes.removeLast();
    partialDepth--;
    inside = caller;
    inPartial = outer;
  }

  private static String indented(String text, String indent) {
    return indent.isEmpty() ? text : text.replaceAll("(?m)^(?=.)", indent);
  }

  private Term argument(HandlebarsExpr.Call call, int index) {
    return index < call.arguments().size()
        ? term(call.arguments().get(index))
        : new Term.Literal(null);
  }

  private @Nullable Term named(HandlebarsExpr.Call call, String name) {
    for (HandlebarsExpr.Named each : call.hash()) {
      if (each.name().equals(name)) {
        return term(each.value());
      }
    }
    return null;
  }

  private Term term(HandlebarsExpr expression) {
    return switch (expression) {
      case HandlebarsExpr.Literal literal -> new Term.Literal(literal.value());
      case HandlebarsExpr.Path path -> path(path);
      case HandlebarsExpr.Call call -> term(call.callee(), call);
    };
  }

  private Term term(HandlebarsExpr callee, HandlebarsExpr.Call call) {
    if (callee instanceof HandlebarsExpr.Path path
        && path.original().equals("lookup")
        && call.arguments().size() == 2) {
      return new Term.Lookup(argument(call, 0), argument(call, 1));
    }
    if (call.hasArguments()) {
      losses.add("a call of a helper", span(call.range()), "is left out: it cannot be converted");
      return new Term.Literal(null);
    }
    return callee instanceof HandlebarsExpr.Literal literal
            && literal.value() instanceof String name
        ? scopes.getLast().context().field(name)
        : term(callee);
  }

  private Term path(HandlebarsExpr.Path path) {
    if (path.data()) {
      return data(path);
    }
    int at = scopes.size() - 1;
    for (int up = path.depth(); up > 0 && at > 0; at--) {
      up -= scopes.get(at).deeper() ? 1 : 0;
    }
    Term term = scopes.get(at).context();
    List<String> parts = path.parts();
    int from = 0;
    if (path.depth() == 0 && !path.scoped() && !parts.isEmpty()) {
      Term given = given(parts.getFirst());
      from = given == null ? 0 : 1;
      term = given == null ? term : given;
    }
    return term.fields(parts.subList(from, parts.size()));
  }

  private @Nullable Term given(String name) {
    for (Scope scope : scopes.reversed()) {
      Term term = scope.names().get(name);
      if (term != null) {
        return term;
      }
    }
    return null;
  }

  private Term data(HandlebarsExpr.Path path) {
    String first = path.parts().isEmpty() ? "" : path.parts().getFirst();
    int level = Math.max(0, loops - path.depth());
    Term term =
        switch (first) {
          case "index" -> new Term.Loop(level, About.INDEX);
          case "first" -> new Term.Loop(level, About.FIRST);
          case "last" -> new Term.Loop(level, About.LAST);
          case "key" -> new Term.Loop(level, About.KEY);
          case "root" -> new Term.Ref(0, List.of());
          default -> new Term.Context(List.of(first));
        };
    for (String part :
        path.parts().subList(Math.min(1, path.parts().size()), path.parts().size())) {
      term = term.field(part);
    }
    return term;
  }

  private Span span(Range range) {
    return inPartial == null ? new Span(base + range.start(), base + range.end()) : inPartial;
  }
}
