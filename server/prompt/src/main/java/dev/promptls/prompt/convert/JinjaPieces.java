package dev.promptls.prompt.convert;

import dev.promptls.prompt.convert.Term.About;
import dev.promptls.prompt.text.Span;
import dev.promptls.template.Range;
import dev.promptls.template.TemplateException;
import dev.promptls.template.jinja.Jinja;
import dev.promptls.template.jinja.JinjaExpr;
import dev.promptls.template.jinja.JinjaNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the template of a Prompty file.
final class JinjaPieces {
  private static final Map<String, About> LOOP =
      Map.of(
          "index0", About.INDEX,
          "index", About.COUNT,
          "first", About.FIRST,
          "last", About.LAST);

  private final Losses losses;
  private final int base;

  /// Names of inputs that hold conversations.
  private final Set<String> threads;

  /// The names of the loops' items, innermost first.
  private final Deque<String> items = new ArrayDeque<>();

  JinjaPieces(Losses losses, int base, Set<String> threads) {
    this.losses = losses;
    this.base = base;
    this.threads = threads;
  }

  /// Branches of one condition, each inside the one before where there is no `elif`.
  private static final int MAX_BRANCHES = 100;

  /// @throws TemplateException if the template cannot be read
  List<Piece> read(String template) throws TemplateException {
    return pieces(Jinja.parse(template, Jinja.Options.prompty()).nodes());
  }

  private List<Piece> pieces(@Nullable List<JinjaNode> nodes) {
    List<Piece> pieces = new ArrayList<>();
    for (JinjaNode node : nodes == null ? List.<JinjaNode>of() : nodes) {
      add(node, pieces);
    }
    return pieces;
  }

  private void add(JinjaNode node, List<Piece> to) {
    Span where = span(node.range());
    switch (node) {
      case JinjaNode.Text text -> {
        if (!text.value().isEmpty()) {
          to.add(new Piece.Text(text.value()));
        }
      }
      case JinjaNode.Print print -> to.add(printed(print, where));
      case JinjaNode.If condition -> to.add(branches(condition, 0, where));
      case JinjaNode.For loop -> loop(loop, where, to);
      default ->
          losses.add(
              "a tag of Jinja", where, "is left out: only if and for have a counterpart elsewhere");
    }
  }

  private Piece printed(JinjaNode.Print print, Span where) {
    Term term = term(print.expression());
    return term instanceof Term.Ref(int level, List<String> path)
            && level == 0
            && path.size() == 1
            && threads.contains(path.getFirst())
        ? new Piece.History(path.getFirst(), where)
        : new Piece.Value(term, where);
  }

  private Piece branches(JinjaNode.If condition, int from, Span where) {
    JinjaNode.Branch branch = condition.branches().get(from);
    if (from == MAX_BRANCHES) {
      losses.add("a branch", where, "is left out: a condition may have " + from + " before it");
      return new Piece.If(term(branch.test()), List.of(), List.of(), where);
    }
    List<Piece> otherwise =
        from + 1 < condition.branches().size()
            ? List.of(branches(condition, from + 1, span(branch.test().range())))
            : pieces(condition.otherwise());
    return new Piece.If(
        term(branch.test()),
        pieces(branch.body()),
        otherwise,
        from == 0 ? span(branch.test().range()) : where);
  }

  private void loop(JinjaNode.For loop, Span where, List<Piece> to) {
    if (!(loop.target() instanceof JinjaExpr.Name(String name, Range _)) || loop.filter() != null) {
      losses.add("the loop", where, "is left out: it has more than one name or a filter");
      return;
    }
    Term list = term(loop.sequence());
    List<Piece> otherwise = pieces(loop.otherwise());
    items.push(name);
    List<Piece> body = pieces(loop.body());
    int level = items.size();
    items.pop();
    to.add(new Piece.Each(level, list, body, otherwise, span(loop.sequence().range())));
  }

  private Term term(JinjaExpr expression) {
    return switch (expression) {
      case JinjaExpr.Literal literal -> new Term.Literal(literal.value());
      case JinjaExpr.Name name -> name(name.name());
      case JinjaExpr.Attribute attribute -> attribute(attribute);
      case JinjaExpr.Item item ->
          term(item.index()) instanceof Term.Literal(Object key) && key != null
              ? term(item.target()).field(String.valueOf(key))
              : new Term.Lookup(term(item.target()), term(item.index()));
      case JinjaExpr.Filter filter when filter.input() != null ->
          new Term.Filter(
              filter.name(),
              term(filter.input()),
              filter.arguments().positional().stream().map(this::term).toList());
      case JinjaExpr.Unary unary when unary.operator().equals("not") ->
          new Term.Not(term(unary.operand()));
      case JinjaExpr.Binary binary ->
          new Term.Binary(binary.operator(), term(binary.left()), term(binary.right()));
      case JinjaExpr.Comparison comparison -> comparison(comparison);
      default -> {
        losses.add(
            "an expression of Jinja",
            span(expression.range()),
            "is left out: it has no counterpart");
        yield new Term.Literal(null);
      }
    };
  }

  private Term name(String name) {
    int level = items.size();
    for (String item : items) {
      if (item.equals(name)) {
        return new Term.Ref(level, List.of());
      }
      level--;
    }
    return new Term.Ref(0, List.of(name));
  }

  private Term attribute(JinjaExpr.Attribute attribute) {
    boolean loop = attribute.target() instanceof JinjaExpr.Name name && name.name().equals("loop");
    About about = LOOP.get(attribute.name());
    return loop && about != null && !items.isEmpty()
        ? new Term.Loop(items.size(), about)
        : term(attribute.target()).field(attribute.name());
  }

  private Term comparison(JinjaExpr.Comparison comparison) {
    Term whole = null;
    Term left = term(comparison.first());
    for (JinjaExpr.Operand operand : comparison.rest()) {
      Term right = term(operand.value());
      Term part = new Term.Binary(operand.operator(), left, right);
      whole = whole == null ? part : new Term.Binary("and", whole, part);
      left = right;
    }
    return whole == null ? left : whole;
  }

  private Span span(Range range) {
    return new Span(base + range.start(), base + range.end());
  }
}
