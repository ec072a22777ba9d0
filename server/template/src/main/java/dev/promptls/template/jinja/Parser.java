package dev.promptls.template.jinja;

import dev.promptls.template.Range;
import dev.promptls.template.jinja.Token.Kind;
import dev.promptls.template.python.Dialect;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the nodes of a template.
final class Parser {
  /// Tags of Jinja that would need other templates.
  private static final Set<String> OTHER_TEMPLATES = Set.of("include", "import", "from", "extends");

  private final Tokens tokens;
  private final ExprParser expressions;
  private final Dialect dialect;
  private final Map<String, JinjaNode.Block> blocks = new LinkedHashMap<>();
  private int loops;

  private Parser(Tokens tokens, Dialect dialect) {
    this.tokens = tokens;
    this.expressions = new ExprParser(tokens, dialect);
    this.dialect = dialect;
  }

  static Tree parse(String source, Jinja.Options options, Meter meter) {
    Tokens tokens = new Tokens(new Lexer(source, options, meter));
    Parser parser = new Parser(tokens, options.dialect());
    List<JinjaNode> nodes = parser.nodes(Set.of(), "", new Range(0, 0));
    return new Tree(nodes, Map.copyOf(parser.blocks));
  }

  /// Nodes up to one of the tags in `ends`, whose name is the current token then; without ends, to
  /// the end of the template.
  private List<JinjaNode> nodes(Set<String> ends, String tag, Range opening) {
    int depth = tokens.depth();
    tokens.deeper();
    List<JinjaNode> nodes = new ArrayList<>();
    while (true) {
      Token token = tokens.next();
      switch (token.kind()) {
        case TEXT -> nodes.add(new JinjaNode.Text(token.text(), token.range()));
        case PRINT_BEGIN -> {
          JinjaExpr expression = expressions.tuple(true, "");
          tokens.expect(Kind.PRINT_END, "'}}'");
          nodes.add(new JinjaNode.Print(expression, tokens.since(token.range())));
        }
        case TAG_BEGIN -> {
          if (tokens.current().kind() == Kind.NAME && ends.contains(tokens.current().text())) {
            tokens.backTo(depth);
            return nodes;
          }
          nodes.add(statement(token.range()));
        }
        default -> {
          if (ends.isEmpty()) {
            return List.copyOf(nodes);
          }
          throw new Failure("'" + tag + "' is not closed; add '{% end" + tag + " %}'.", opening);
        }
      }
    }
  }

  private JinjaNode statement(Range start) {
    Token tag = tokens.expectName();
    return switch (tag.text()) {
      case "if" -> conditional(start);
      case "for" -> loop(start);
      case "set" -> set(start);
      case "macro" -> macro(start);
      case "call" -> callBlock(start);
      case "filter" -> {
        JinjaExpr.Filter filter = expressions.filterChain();
        List<JinjaNode> body = body("filter", start);
        yield new JinjaNode.FilterBlock(filter, body, tokens.since(start));
      }
      case "with" -> with(start);
      case "block" -> block(start);
      case "autoescape" -> {
        JinjaExpr enabled = expressions.expression();
        List<JinjaNode> body = body("autoescape", start);
        yield new JinjaNode.Autoescape(enabled, body, tokens.since(start));
      }
      case "print" -> {
        JinjaExpr printed = expressions.tuple(true, "");
        Range range = closed(start);
        yield new JinjaNode.Print(
            printed instanceof JinjaExpr.TupleOf t
                ? new JinjaExpr.Concatenation(t.items(), t.range())
                : printed,
            range);
      }
      default -> extension(tag, start);
    };
  }

  /// Tags that only some dialects know.
  private JinjaNode extension(Token tag, Range start) {
    String name = tag.text();
    if (dialect == Dialect.CHAT) {
      switch (name) {
        case "break", "continue" -> {
          if (loops == 0) {
            throw new Failure("'" + name + "' stands outside of a loop.", tag.range());
          }
          Range range = closed(start);
          return name.equals("break") ? new JinjaNode.Break(range) : new JinjaNode.Continue(range);
        }
        case "generation" -> {
          return new JinjaNode.Scoped(name, body(name, start), tokens.since(start));
        }
        case "do" -> {
          JinjaExpr expression = expressions.tuple(true, "");
          return new JinjaNode.Do(expression, closed(start));
        }
        default -> {}
      }
    }
    if (OTHER_TEMPLATES.contains(name)) {
      throw new Failure("'" + name + "' is not available: a template stands alone.", tag.range());
    }
    if (name.startsWith("end") || name.equals("else") || name.equals("elif")) {
      throw new Failure("'" + name + "' closes nothing that is open here; remove it.", tag.range());
    }
    throw new Failure("There is no tag '" + name + "'.", tag.range());
  }

  /// The end of a tag that stands alone.
  private Range closed(Range start) {
    tokens.expect(Kind.TAG_END, "'%}'");
    return tokens.since(start);
  }

  private List<JinjaNode> body(String tag, Range start, String... ends) {
    // Python's habit of a colon behind a statement is allowed.
    tokens.skipOperator(":");
    tokens.expect(Kind.TAG_END, "'%}'");
    String name = tag.startsWith("block ") ? "block" : tag;
    Set<String> all = ends.length == 0 ? Set.of("end" + name) : Set.of(ends);
    List<JinjaNode> body = nodes(all, name, tokens.since(start));
    if (ends.length == 0) {
      tokens.next();
      if (tag.startsWith("block ")) {
        tokens.skipName(tag.substring("block ".length()));
      }
      tokens.expect(Kind.TAG_END, "'%}'");
    }
    return List.copyOf(body);
  }

  private JinjaNode conditional(Range start) {
    List<JinjaNode.Branch> branches = new ArrayList<>();
    while (true) {
      JinjaExpr test = expressions.tuple(false, "");
      List<JinjaNode> body = body("if", start, "elif", "else", "endif");
      branches.add(new JinjaNode.Branch(test, body));
      String end = tokens.next().text();
      if (end.equals("elif")) {
        continue;
      }
      List<JinjaNode> otherwise = null;
      if (end.equals("else")) {
        otherwise = body("if", start);
      } else {
        tokens.expect(Kind.TAG_END, "'%}'");
      }
      return new JinjaNode.If(List.copyOf(branches), otherwise, tokens.since(start));
    }
  }

  private JinjaNode loop(Range start) {
    JinjaExpr target = expressions.target("in", false);
    if (target instanceof JinjaExpr.Name name && name.name().equals("loop")) {
      throw new Failure("'loop' is the loop itself; name another variable.", target.range());
    }
    tokens.expectKeyword("in");
    JinjaExpr sequence = expressions.tuple(false, "recursive");
    JinjaExpr filter = tokens.skipName("if") ? expressions.expression() : null;
    boolean recursive = tokens.skipName("recursive");
    loops++;
    List<JinjaNode> body = body("for", start, "endfor", "else");
    loops--;
    List<JinjaNode> otherwise = null;
    if (tokens.next().text().equals("else")) {
      otherwise = body("for", start);
    } else {
      tokens.expect(Kind.TAG_END, "'%}'");
    }
    return new JinjaNode.For(
        target, sequence, filter, recursive, body, otherwise, tokens.since(start));
  }

  private JinjaNode set(Range start) {
    JinjaExpr target = expressions.target("", true);
    if (tokens.skipOperator("=")) {
      JinjaExpr value = expressions.tuple(true, "");
      return new JinjaNode.Set(target, value, closed(start));
    }
    JinjaExpr.Filter filter = tokens.skipOperator("|") ? expressions.filterChain() : null;
    List<JinjaNode> body = body("set", start);
    return new JinjaNode.SetBlock(target, filter, body, tokens.since(start));
  }

  private JinjaNode macro(Range start) {
    String name = tokens.expectName().text();
    List<JinjaNode.Parameter> parameters = parameters();
    List<JinjaNode> body = bodyOutsideLoops("macro", start);
    return new JinjaNode.Macro(name, parameters, body, tokens.since(start));
  }

  private List<JinjaNode> bodyOutsideLoops(String tag, Range start) {
    int outer = loops;
    loops = 0;
    List<JinjaNode> body = body(tag, start);
    loops = outer;
    return body;
  }

  private List<JinjaNode.Parameter> parameters() {
    List<JinjaNode.Parameter> parameters = new ArrayList<>();
    boolean fallbacks = false;
    tokens.expectOperator("(");
    while (!tokens.current().isOperator(")")) {
      Token name = tokens.expectName();
      if (parameters.stream().anyMatch(other -> other.name().equals(name.text()))) {
        throw new Failure("There are two parameters '" + name.text() + "'.", name.range());
      }
      JinjaExpr fallback = tokens.skipOperator("=") ? expressions.expression() : null;
      if (fallback == null && fallbacks) {
        throw new Failure(
            "A parameter without default stands behind one with a default.", name.range());
      }
      if (fallback == null && name.text().equals("caller")) {
        throw new Failure("The parameter 'caller' needs a default.", name.range());
      }
      fallbacks |= fallback != null;
      parameters.add(new JinjaNode.Parameter(name.text(), fallback));
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    tokens.expectOperator(")");
    return List.copyOf(parameters);
  }

  private JinjaNode callBlock(Range start) {
    List<JinjaNode.Parameter> parameters =
        tokens.current().isOperator("(") ? parameters() : List.of();
    JinjaExpr expression = expressions.expression();
    if (!(expression instanceof JinjaExpr.Call call)) {
      throw new Failure("A call block needs the call of a macro.", expression.range());
    }
    List<JinjaNode> body = bodyOutsideLoops("call", start);
    return new JinjaNode.CallBlock(parameters, call, body, tokens.since(start));
  }

  private JinjaNode with(Range start) {
    List<JinjaNode.Assignment> assignments = new ArrayList<>();
    while (tokens.current().kind() != Kind.TAG_END) {
      JinjaExpr target = expressions.target("", false);
      tokens.expectOperator("=");
      assignments.add(new JinjaNode.Assignment(target, expressions.expression()));
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    List<JinjaNode> body = body("with", start);
    return new JinjaNode.With(List.copyOf(assignments), body, tokens.since(start));
  }

  private JinjaNode block(Range start) {
    Token name = tokens.expectName();
    boolean scoped = tokens.skipName("scoped");
    boolean required = tokens.skipName("required");
    List<JinjaNode> body = bodyOutsideLoops("block " + name.text(), start);
    JinjaNode.Block block =
        new JinjaNode.Block(name.text(), scoped, required, body, tokens.since(start));
    if (blocks.put(name.text(), block) != null) {
      throw new Failure("There are two blocks '" + name.text() + "'.", name.range());
    }
    return block;
  }
}
