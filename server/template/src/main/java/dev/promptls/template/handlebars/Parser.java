package dev.promptls.template.handlebars;

import dev.promptls.template.Range;
import dev.promptls.template.handlebars.HandlebarsNode.Content;
import dev.promptls.template.handlebars.HandlebarsNode.Program;
import dev.promptls.template.handlebars.HandlebarsNode.Strip;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the nodes of a Handlebars template, by the grammar of Handlebars.js.
final class Parser {
  /// How a body ended.
  ///
  /// @param kind `/` for a closing tag, `^` or `else` for an inverse, empty at the end
  /// @param chain the call behind `else`, null without
  private record Ending(
      String kind, @Nullable Opening chain, Strip strip, String name, Range range) {}

  /// What stands in an opening tag.
  private record Opening(HandlebarsExpr.Call call, List<String> blockParameters, Strip strip) {}

  private final String source;
  private final Scanner in;
  private final ExprParser expressions;
  private @Nullable Ending ending;

  private Parser(String source, Meter meter) {
    this.source = source;
    this.in = new Scanner(source, meter);
    this.expressions = new ExprParser(in);
  }

  static Program parse(String source, Meter meter) {
    Parser parser = new Parser(source, meter);
    Program program = new Program(parser.body(), List.of(), false);
    Ending ending = parser.ended();
    if (!ending.kind().isEmpty()) {
      throw new Failure(
          "'" + ending.kind() + ending.name() + "' closes nothing that is open; remove it.",
          ending.range());
    }
    Whitespace.strip(program);
    return program;
  }

  private Ending ended() {
    if (ending == null) {
      throw new IllegalStateException("no body was read");
    }
    return ending;
  }

  /// Nodes up to a closing tag, an inverse or the end; [#ended] tells which.
  private List<HandlebarsNode> body() {
    in.deeper();
    List<HandlebarsNode> nodes = new ArrayList<>();
    ending = null;
    while (ending == null) {
      content(nodes);
      if (in.atEnd()) {
        int end = source.length();
        ending = new Ending("", null, Strip.NONE, "", new Range(end, end));
      } else {
        tag(nodes);
      }
    }
    in.shallower();
    return nodes;
  }

  /// Text up to the next tag.
  private void content(List<HandlebarsNode> nodes) {
    while (!in.atEnd()) {
      in.begin();
      int open = source.indexOf("{{", in.at());
      if (open < 0) {
        add(nodes, in.at(), source.length());
        in.moveTo(source.length());
        return;
      }
      boolean escaped = open > in.at() && source.charAt(open - 1) == '\\';
      boolean escape = escaped && open - 1 > in.at() && source.charAt(open - 2) == '\\';
      if (!escaped || escape) {
        add(nodes, in.at(), escape ? open - 1 : open);
        in.moveTo(open);
        return;
      }
      // An escaped tag is text, up to the next tag or escape.
      add(nodes, in.at(), open - 1);
      int next = source.indexOf("{{", open + 2);
      int stop = next < 0 ? source.length() : next;
      while (next >= 0 && stop > open + 2 && stop > next - 2 && source.charAt(stop - 1) == '\\') {
        stop--;
      }
      add(nodes, open, stop);
      in.moveTo(stop);
    }
  }

  private void add(List<HandlebarsNode> nodes, int from, int to) {
    if (to > from) {
      String text = source.substring(from, to);
      nodes.add(new Content(text, text, false, false, new Range(from, to)));
    }
  }

  private void tag(List<HandlebarsNode> nodes) {
    int start = in.at();
    if (source.startsWith("{{{{", start)) {
      nodes.add(rawBlock(start));
      return;
    }
    in.moveTo(start + 2);
    boolean open = in.skip('~');
    char kind = in.peek();
    switch (kind) {
      case '!' -> nodes.add(comment(start, open));
      case '>' -> {
        in.skip('>');
        HandlebarsExpr.Call call = expressions.partial();
        Strip strip = Strip.of(open, in.close());
        nodes.add(new HandlebarsNode.Partial(call, null, "", strip, Strip.NONE, in.since(start)));
      }
      case '#' -> nodes.add(block(start, open));
      case '/' -> {
        in.skip('/');
        String name = expressions.name().original();
        ending = new Ending("/", null, Strip.of(open, in.close()), name, in.since(start));
      }
      case '^' -> inverse(start, open, nodes);
      case '{' -> {
        in.skip('{');
        HandlebarsExpr.Call call = expressions.call();
        in.space();
        in.expect('}');
        Strip strip = Strip.of(open, in.closeBraces());
        nodes.add(new HandlebarsNode.Mustache(call, strip, in.since(start)));
      }
      default -> {
        if (in.skipElse()) {
          otherwise(start, open);
          return;
        }
        in.skip('&');
        nodes.add(mustache(start, open, expressions.call()));
      }
    }
  }

  private HandlebarsNode mustache(int start, boolean open, HandlebarsExpr.Call call) {
    Strip strip = Strip.of(open, in.close());
    return new HandlebarsNode.Mustache(call, strip, in.since(start));
  }

  private HandlebarsNode comment(int start, boolean open) {
    boolean dashes = source.startsWith("!--", in.at());
    int close = -1;
    if (dashes) {
      close = source.indexOf("--", in.at() + 3);
      while (close >= 0 && !closesComment(close + 2)) {
        close = source.indexOf("--", close + 1);
      }
    }
    if (close >= 0) {
      in.moveTo(close + 2);
      Strip strip = Strip.of(open, in.close());
      return new HandlebarsNode.Comment(strip, in.since(start));
    }
    int end = source.indexOf("}}", in.at());
    if (end < 0 || dashes) {
      throw new Failure("This comment is not closed.", new Range(start, start + 2));
    }
    boolean tilde = source.charAt(end - 1) == '~';
    in.moveTo(end + 2);
    return new HandlebarsNode.Comment(Strip.of(open, tilde), in.since(start));
  }

  private boolean closesComment(int at) {
    return source.startsWith("}}", at) || source.startsWith("~}}", at);
  }

  private void otherwise(int start, boolean open) {
    in.space();
    if (in.atClose()) {
      Strip strip = Strip.of(open, in.close());
      ending = new Ending("else", null, strip, "", in.since(start));
      return;
    }
    Opening chain = opening(open);
    ending = new Ending("else", chain, chain.strip(), "", in.since(start));
  }

  private void inverse(int start, boolean open, List<HandlebarsNode> nodes) {
    in.skip('^');
    in.space();
    if (in.atClose()) {
      Strip strip = Strip.of(open, in.close());
      ending = new Ending("^", null, strip, "", in.since(start));
      return;
    }
    nodes.add(block(start, opening(open), true));
  }

  private Opening opening(boolean open) {
    HandlebarsExpr.Call call = expressions.call();
    List<String> parameters = expressions.blockParameters();
    return new Opening(call, parameters, Strip.of(open, in.close()));
  }

  private HandlebarsNode block(int start, boolean open) {
    in.skip('#');
    if (in.skip('>')) {
      HandlebarsExpr.Call call = expressions.partial();
      List<String> parameters = expressions.blockParameters();
      Opening opening = new Opening(call, parameters, Strip.of(open, in.close()));
      Program program = new Program(body(), opening.blockParameters(), false);
      Strip close = closing(start, opening);
      return new HandlebarsNode.Partial(
          opening.call(), program, "", opening.strip(), close, in.since(start));
    }
    if (in.skip('*')) {
      Opening opening = opening(open);
      boolean inline =
          opening.call().callee() instanceof HandlebarsExpr.Path path
              && path.original().equals("inline")
              && opening.call().arguments().size() == 1;
      if (!inline) {
        throw new Failure("The only decorator is 'inline \"name\"'.", in.since(start));
      }
      Program program = new Program(body(), List.of(), false);
      Strip close = closing(start, opening);
      HandlebarsExpr name = opening.call().arguments().getFirst();
      return new HandlebarsNode.Inline(name, program, opening.strip(), close, in.since(start));
    }
    return block(start, opening(open), false);
  }

  private HandlebarsNode block(int start, Opening opening, boolean inverted) {
    Program program = new Program(body(), opening.blockParameters(), false);
    Program inverse = null;
    Strip between = null;
    Ending end = ended();
    if (end.kind().equals("else") || end.kind().equals("^")) {
      if (inverted && end.chain() != null) {
        throw new Failure("An inverted block has no 'else if'; use '#unless'.", end.range());
      }
      between = end.strip();
      inverse = inverseProgram(end, true);
    }
    Strip close = closing(start, opening);
    Range range = in.since(start);
    return inverted
        ? new HandlebarsNode.Block(
            opening.call(), inverse, program, opening.strip(), between, close, range)
        : new HandlebarsNode.Block(
            opening.call(), program, inverse, opening.strip(), between, close, range);
  }

  /// What follows an `else`, up to the closing tag, which becomes the [#ended].
  ///
  /// @param first whether it is the first `else` of its block
  private Program inverseProgram(Ending otherwise, boolean first) {
    Opening chain = otherwise.chain();
    if (chain == null) {
      Program program = new Program(body(), List.of(), false);
      if (!ended().kind().equals("/") && !ended().kind().isEmpty()) {
        throw new Failure("This block has an 'else' already.", ended().range());
      }
      return program;
    }
    in.deeper();
    Program program = new Program(body(), chain.blockParameters(), false);
    Ending end = ended();
    Program inverse = null;
    Strip between = null;
    if (end.kind().equals("else") || end.kind().equals("^")) {
      between = end.strip();
      inverse = inverseProgram(end, false);
    }
    in.shallower();
    // As in Handlebars.js, whose grammar closes later branches by their own opening tag.
    Strip close = first ? ended().strip() : chain.strip();
    Range range =
        new Range(
            otherwise.range().start(),
            Math.max(otherwise.range().start(), ended().range().start()));
    List<HandlebarsNode> body = new ArrayList<>();
    body.add(
        new HandlebarsNode.Block(
            chain.call(), program, inverse, chain.strip(), between, close, range));
    return new Program(body, List.of(), true);
  }

  /// Checks the closing tag that ended the last body.
  private Strip closing(int start, Opening opening) {
    Ending end = ended();
    String name =
        switch (opening.call().callee()) {
          case HandlebarsExpr.Path p -> p.original();
          case HandlebarsExpr.Literal l -> l.original();
          case HandlebarsExpr.Call c -> "";
        };
    if (end.kind().isEmpty()) {
      throw new Failure(
          "'" + name + "' is not closed; add '{{/" + name + "}}'.",
          new Range(start, opening.call().range().end()));
    }
    if (!end.kind().equals("/")) {
      throw new Failure("'" + name + "' has no 'else'.", end.range());
    }
    if (!end.name().equals(name)) {
      throw new Failure(
          "'" + end.name() + "' closes '" + name + "'; make them the same.", end.range());
    }
    ending = null;
    return end.strip();
  }

  /// A block whose inside is text.
  private HandlebarsNode rawBlock(int start) {
    in.moveTo(start + 4);
    HandlebarsExpr.Call call = expressions.call();
    in.space();
    in.expect('}');
    in.expect('}');
    in.expect('}');
    in.expect('}');
    String name = call.callee() instanceof HandlebarsExpr.Path p ? p.original() : "";
    String close = "{{{{/" + name + "}}}}";
    int end = rawEnd(in.at(), close);
    if (end < 0) {
      throw new Failure("This raw block is not closed; add '" + close + "'.", in.since(start));
    }
    List<HandlebarsNode> body = new ArrayList<>();
    add(body, in.at(), end);
    in.moveTo(end + close.length());
    Program program = new Program(body, List.of(), false);
    return new HandlebarsNode.Block(
        call, program, null, Strip.NONE, null, Strip.NONE, in.since(start));
  }

  /// The place of the closing that belongs to a raw block, past those of blocks inside it.
  private int rawEnd(int from, String close) {
    int depth = 1;
    for (int at = source.indexOf("{{{{", from); at >= 0; at = source.indexOf("{{{{", at + 4)) {
      depth += source.startsWith("/", at + 4) ? -1 : 1;
      if (depth == 0) {
        return source.startsWith(close, at) ? at : -1;
      }
    }
    return -1;
  }
}
