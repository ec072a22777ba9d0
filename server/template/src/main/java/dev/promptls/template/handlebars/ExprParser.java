package dev.promptls.template.handlebars;

import dev.promptls.template.Range;
import dev.promptls.template.handlebars.HandlebarsExpr.Literal;
import dev.promptls.template.handlebars.HandlebarsExpr.Named;
import dev.promptls.template.handlebars.HandlebarsExpr.Path;
import dev.promptls.template.run.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the expressions inside tags.
final class ExprParser {
  /// More than anybody writes; a list holds as many values as one likes.
  private static final int MOST_ARGUMENTS = 10_000;

  /// Characters that no name has.
  private static final String NO_NAME = "!\"#%&'()*+,./;<=>@[\\]^`{|}~";

  /// Whether names have an ASCII character.
  private static final boolean[] NAME_PARTS = new boolean[128];

  static {
    for (char c = 0; c < NAME_PARTS.length; c++) {
      NAME_PARTS[c] = !Whitespace.isSpace(c) && NO_NAME.indexOf(c) < 0;
    }
  }

  private final Scanner in;

  ExprParser(Scanner in) {
    this.in = in;
  }

  /// `name argument key=value`
  HandlebarsExpr.Call call() {
    in.space();
    return call(in.at(), operand());
  }

  /// As [#call], where an expression may give the name.
  HandlebarsExpr.Call partial() {
    in.space();
    return call(in.at(), argument());
  }

  private HandlebarsExpr.Call call(int start, HandlebarsExpr callee) {
    int end = in.at();
    if (!moreArguments()) {
      return new HandlebarsExpr.Call(callee, List.of(), List.of(), new Range(start, end));
    }
    List<HandlebarsExpr> arguments = new ArrayList<>(1);
    List<Named> hash = new ArrayList<>(1);
    while (moreArguments()) {
      if (arguments.size() + hash.size() >= MOST_ARGUMENTS) {
        throw new Failure(
            "A call takes at most " + MOST_ARGUMENTS + " arguments; give it a list or a map.",
            new Range(start, end));
      }
      Named named = named();
      if (named != null) {
        hash.add(named);
      } else if (hash.isEmpty()) {
        arguments.add(argument());
      } else {
        throw in.unexpected("an argument with a name");
      }
      end = in.at();
    }
    return new HandlebarsExpr.Call(
        callee, List.copyOf(arguments), List.copyOf(hash), new Range(start, end));
  }

  private boolean moreArguments() {
    in.space();
    return !in.atEnd()
        && !in.atClose()
        && in.peek() != ')'
        && in.peek() != '}'
        && !atBlockParameters();
  }

  private HandlebarsExpr argument() {
    return in.peek() == '(' ? subexpression() : operand();
  }

  private HandlebarsExpr.Call subexpression() {
    int start = in.at();
    in.deeper();
    in.expect('(');
    HandlebarsExpr.Call call = call();
    in.space();
    in.expect(')');
    in.shallower();
    return new HandlebarsExpr.Call(call.callee(), call.arguments(), call.hash(), in.since(start));
  }

  private @Nullable Named named() {
    int start = in.at();
    String name = in.peek() == '[' ? bracketed() : word();
    if (!name.isEmpty() && in.peek() == '=') {
      Range range = in.since(start);
      in.skip('=');
      in.space();
      return new Named(name, range, argument());
    }
    in.moveTo(start);
    return null;
  }

  private boolean atBlockParameters() {
    if (in.peek() != 'a' || in.peek(1) != 's' || !Whitespace.isSpace(in.peek(2))) {
      return false;
    }
    int start = in.at();
    in.moveTo(start + 2);
    in.space();
    boolean found = in.peek() == '|';
    in.moveTo(start);
    return found;
  }

  /// `as |a b|`, or nothing.
  List<String> blockParameters() {
    in.space();
    if (!atBlockParameters()) {
      return List.of();
    }
    in.moveTo(in.at() + 2);
    in.space();
    in.expect('|');
    List<String> names = new ArrayList<>();
    in.space();
    do {
      String name = word();
      if (name.isEmpty()) {
        throw in.unexpected("a name");
      }
      names.add(name);
      in.space();
    } while (!in.skip('|'));
    return List.copyOf(names);
  }

  /// The name that closes a block.
  Path name() {
    in.space();
    return switch (operand()) {
      case Path p -> p;
      case Literal l -> new Path(false, 0, List.of(l.original()), false, l.original(), l.range());
      case HandlebarsExpr.Call c -> throw new Failure("Expected a name.", c.range());
    };
  }

  /// A path or a literal.
  private HandlebarsExpr operand() {
    in.begin();
    int start = in.at();
    char c = in.peek();
    if (c == '"' || c == '\'') {
      return string(c);
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      HandlebarsExpr number = number();
      if (number != null) {
        return number;
      }
    }
    boolean data = in.skip('@');
    if (startsName()) {
      HandlebarsExpr word = data ? null : keyword(start);
      return word != null ? word : path(start, data);
    }
    throw in.unexpected("a name or a value");
  }

  private boolean startsName() {
    char c = in.peek();
    return c == '.' || c == '[' || isNamePart(c);
  }

  private boolean isNamePart(char c) {
    return c < NAME_PARTS.length ? NAME_PARTS[c] && !in.atEnd() : !Whitespace.isSpace(c);
  }

  private @Nullable Literal keyword(int start) {
    String word = word();
    if (endsLiteral()) {
      switch (word) {
        case "true", "false" -> {
          return new Literal(word.equals("true"), false, word, in.since(start));
        }
        case "null", "undefined" -> {
          return new Literal(null, word.equals("undefined"), word, in.since(start));
        }
        default -> {}
      }
    }
    in.moveTo(start);
    return null;
  }

  private Literal string(char quote) {
    int start = in.at();
    in.skip(quote);
    String text = upTo(quote, new Range(start, start + 1), "This string is not closed.");
    return new Literal(text, false, text, in.since(start));
  }

  private @Nullable Literal number() {
    int start = in.at();
    in.skip('-');
    int digits = in.at();
    digits();
    boolean whole = in.at() > digits;
    boolean fraction = false;
    if (whole && in.peek() == '.' && in.peek(1) >= '0' && in.peek(1) <= '9') {
      in.skip('.');
      digits();
      fraction = true;
    }
    if (!whole || !endsLiteral() || in.at() - start > 300) {
      in.moveTo(start);
      return null;
    }
    String text = in.text(start);
    Object value =
        fraction || text.length() > 16 ? (Object) Double.valueOf(text) : Long.valueOf(text);
    return new Literal(value, false, text, in.since(start));
  }

  private boolean endsLiteral() {
    return in.atEnd() || "~})]".indexOf(in.peek()) >= 0 || Whitespace.isSpace(in.peek());
  }

  private void digits() {
    while (in.peek() >= '0' && in.peek() <= '9') {
      in.moveTo(in.at() + 1);
    }
  }

  private Path path(int start, boolean data) {
    int depth = 0;
    boolean scoped = false;
    List<String> parts = new ArrayList<>(1);
    StringBuilder original = null;
    while (true) {
      int at = in.at();
      boolean bracket = in.peek() == '[';
      if (bracket && original == null) {
        original = new StringBuilder(in.text(start));
      }
      String part = bracket ? bracketed() : pathWord();
      boolean special = !bracket && (part.equals("..") || part.equals(".") || part.equals("this"));
      if (special && !parts.isEmpty()) {
        throw new Failure("'" + part + "' stands only at the start of a path.", in.since(at));
      }
      if (!special) {
        parts.add(part);
      } else if (part.equals("..")) {
        depth++;
      } else {
        scoped = true;
      }
      char separator = in.peek();
      if (original != null) {
        original.append(part);
      }
      if (separator != '.' && separator != '/') {
        String all = original == null ? in.text(start) : original.toString();
        return new Path(data, depth, List.copyOf(parts), scoped || depth > 0, all, in.since(start));
      }
      if (original != null) {
        original.append(separator);
      }
      in.moveTo(in.at() + 1);
      rejectLiteral();
    }
  }

  /// A name of a path that stands without brackets, `.` and `..` included.
  private String pathWord() {
    String word = word();
    if (word.isEmpty() && in.skip('.')) {
      String dots = in.skip('.') ? ".." : ".";
      if (!endsLiteral() && "=/.|".indexOf(in.peek()) < 0) {
        throw in.unexpected("the end of '" + dots + "'");
      }
      return dots;
    }
    if (word.isEmpty()) {
      throw in.unexpected("a name");
    }
    return word;
  }

  /// A number or a keyword at the end of a path is a literal to Handlebars, and so an error.
  private void rejectLiteral() {
    int start = in.at();
    Literal literal = number();
    literal = literal != null ? literal : isNamePart(in.peek()) ? keyword(start) : null;
    if (literal != null) {
      throw new Failure("Write '[" + literal.original() + "]' to look this up.", literal.range());
    }
  }

  private String word() {
    int start = in.at();
    while (isNamePart(in.peek())) {
      in.moveTo(in.at() + 1);
    }
    return in.text(start);
  }

  /// `[any name]`
  private String bracketed() {
    int start = in.at();
    in.expect('[');
    return upTo(']', new Range(start, start + 1), "This bracket is not closed.");
  }

  /// What stands before a character that closes it, and may stand in it behind a backslash.
  private String upTo(char close, Range open, String unclosed) {
    int start = in.at();
    StringBuilder unescaped = null;
    while (!in.atEnd() && in.peek() != close) {
      if (in.peek() == '\\' && in.peek(1) == close) {
        unescaped = unescaped == null ? new StringBuilder() : unescaped;
        unescaped.append(in.text(start));
        start = in.at() + 1;
        in.moveTo(start);
      }
      in.moveTo(in.at() + 1);
    }
    if (in.atEnd()) {
      throw new Failure(unclosed, open);
    }
    String rest = in.text(start);
    in.skip(close);
    return unescaped == null ? rest : unescaped.append(rest).toString();
  }
}
