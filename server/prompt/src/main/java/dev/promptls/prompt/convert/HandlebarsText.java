package dev.promptls.prompt.convert;

import dev.promptls.prompt.convert.Term.About;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Pieces as the template of a dotprompt file.
final class HandlebarsText {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  /// Words of the language that a simple name would be read as.
  private static final Set<String> RESERVED =
      Set.of("else", "this", "true", "false", "null", "undefined", "as");

  private final Losses losses;
  private final InputTypes types;
  private final HandlebarsTokens out = new HandlebarsTokens();

  /// The loops around, outermost first.
  private final List<Integer> levels = new ArrayList<>(List.of(0));

  private HandlebarsText(InputTypes types, Losses losses) {
    this.types = types;
    this.losses = losses;
  }

  /// @param framed whether white space at the borders of the whole would be trimmed
  static String of(List<Piece> pieces, InputTypes types, boolean framed, Losses losses) {
    HandlebarsText writer = new HandlebarsText(types, losses);
    writer.all(pieces);
    return writer.out.joined(framed);
  }

  private void all(List<Piece> pieces) {
    for (int i = 0; i < pieces.size(); i++) {
      String marker = marker(pieces.get(i));
      if (marker == null) {
        write(pieces.get(i));
      } else {
        mark(marker, i + 1 < pieces.size() ? pieces.get(i + 1) : null);
      }
    }
  }

  /// What stands in the tag of a piece that ends a message; null for other pieces.
  private static @Nullable String marker(Piece piece) {
    return switch (piece) {
      case Piece.Role(String role, Span _) -> "role \"" + role + '"';
      case Piece.History _ -> "history";
      default -> null;
    };
  }

  /// On a line of its own where the white space around it can be told to mean nothing.
  private void mark(String marker, @Nullable Piece after) {
    boolean free = out.endsDark();
    if (free) {
      out.text("\n");
    }
    boolean line = after != null && marker(after) == null && !beginsBlank(after);
    out.tag("{{" + (free ? "~" : "") + marker + (line ? "~" : "") + "}}");
    if (line) {
      out.text("\n");
    }
  }

  private static boolean beginsBlank(Piece piece) {
    return piece instanceof Piece.Text(String text) && Blanks.isBlank(text.charAt(0));
  }

  private void write(Piece piece) {
    switch (piece) {
      case Piece.Text(String text) -> out.text(text);
      case Piece.Value(Term term, var where) -> value(term, where);
      case Piece.Json(Term term, int indent, var where) ->
          out.tag("{{json " + term(term, where) + (indent > 0 ? " indent=" + indent : "") + "}}");
      case Piece.If(Term test, List<Piece> then, List<Piece> otherwise, var where) ->
          branch(test, then, otherwise, where);
      case Piece.Each each -> each(each);
      case Piece.Role _, Piece.History _ -> mark(String.valueOf(marker(piece)), null);
      case Piece.Media(Term url, Term type, var where) -> {
        String typed = type == null ? "" : " contentType=" + term(type, where);
        out.tag("{{media url=" + term(url, where) + typed + "}}");
      }
      case Piece.Section(String name, var _) -> out.tag("{{section \"" + name + "\"}}");
      case Piece.Comment(String text, var _) ->
          out.block(text.contains("}}") ? "{{!-- " + text + " --}}" : "{{! " + text + " }}");
    }
  }

  private void value(Term term, Span where) {
    types.tellNested(term, where, "dotprompt", losses);
    if (term instanceof Term.Literal(Object value)) {
      out.text(PlainValues.printed(value));
    } else if (term instanceof Term.Lookup) {
      String inner = term(term, where);
      out.tag("{{" + inner.substring(1, inner.length() - 1) + "}}");
    } else {
      String name = term(term, where);
      out.tag(name.isEmpty() ? "" : "{{" + name + "}}");
    }
  }

  private void branch(Term test, List<Piece> then, List<Piece> otherwise, Span where) {
    switch (test) {
      case Term.Not(Term inner) -> branchNot(inner, then, otherwise, where);
      case Term.Binary(String operator, Term left, Term right) when operator.equals("and") ->
          branch(left, List.of(new Piece.If(right, then, otherwise, where)), otherwise, where);
      case Term.Binary(String operator, Term left, Term right) when operator.equals("or") ->
          branch(left, then, List.of(new Piece.If(right, then, otherwise, where)), where);
      case Term.Binary(String operator, Term left, Term right) when operator.equals("==") ->
          block("ifEquals", term(left, where) + " " + term(right, where), then, otherwise);
      case Term.Binary(String operator, Term left, Term right) when operator.equals("!=") ->
          block("unlessEquals", term(left, where) + " " + term(right, where), then, otherwise);
      case Term.Filter(String name, Term.Ref input, List<Term> _)
          when name.equals("length") && types.hasLength(input) ->
          block("if", term(test, where), then, otherwise);
      case Term.Binary _, Term.Filter _ -> {
        losses.add(
            "the condition " + Term.shown(test),
            where,
            "is left out, and what depends on it stays: Handlebars cannot say it");
        all(then);
      }
      default -> block("if", term(test, where), then, otherwise);
    }
  }

  /// `unless` where nothing but the negative has something to say.
  private void branchNot(Term inner, List<Piece> unless, List<Piece> when, Span where) {
    boolean plain = inner instanceof Term.Ref || inner instanceof Term.Loop;
    if (plain && when.isEmpty()) {
      block("unless", term(inner, where), unless, List.of());
    } else {
      branch(inner, when, unless, where);
    }
  }

  private void block(String helper, String arguments, List<Piece> then, List<Piece> otherwise) {
    if (then.isEmpty() && helper.equals("if")) {
      block("unless", arguments, otherwise, List.of());
      return;
    }
    out.block("{{#" + helper + " " + arguments + "}}");
    all(then);
    if (!otherwise.isEmpty()) {
      out.block("{{else}}");
      all(otherwise);
    }
    out.block("{{/" + helper + "}}");
  }

  private void each(Piece.Each each) {
    if (types.of(each.list()).equals("object")) {
      losses.add(
          "the loop over " + Term.shown(each.list()),
          each.where(),
          "gives the values of the fields: Handlebars does not give their names as items");
    }
    out.block("{{#each " + term(each.list(), each.where()) + "}}");
    levels.add(each.level());
    all(each.body());
    levels.removeLast();
    if (!each.otherwise().isEmpty()) {
      out.block("{{else}}");
      all(each.otherwise());
    }
    out.block("{{/each}}");
  }

  /// As an argument; empty for what cannot be said.
  private String term(Term term, Span where) {
    return switch (term) {
      case Term.Literal(String text) -> text.indexOf('"') < 0 ? '"' + text + '"' : "'" + text + "'";
      case Term.Literal(Object value) -> value == null ? "null" : PlainValues.printed(value);
      case Term.Ref ref -> input(ref, where);
      case Term.Context(List<String> path) -> "@" + String.join(".", path);
      case Term.Loop(int level, About about) -> loop(level, about, where);
      case Term.Lookup(Term target, Term key) ->
          "(lookup " + term(target, where) + " " + term(key, where) + ")";
      case Term.Filter(String name, Term.Ref input, List<Term> _)
          when name.equals("length") && types.hasLength(input) ->
          path(input.level(), input.path()) + ".length";
      case Term.Filter(String name, Term input, List<Term> _) -> {
        losses.add("the filter " + name, where, "is left out: Handlebars has no filters");
        yield term(input, where);
      }
      case Term.Not _, Term.Binary _ -> {
        losses.add(
            "the value " + Term.shown(term), where, "is left out: Handlebars cannot compute");
        yield "null";
      }
    };
  }

  private String loop(int level, About about, Span where) {
    String up = "../".repeat(Math.max(0, levels.size() - 1 - levels.lastIndexOf(level)));
    if (about == About.COUNT) {
      losses.add("the count from 1", where, "becomes a count from 0: Handlebars cannot add");
    }
    return "@"
        + up
        + switch (about) {
          case INDEX, COUNT -> "index";
          case FIRST -> "first";
          case LAST -> "last";
          case KEY -> "key";
        };
  }

  private String input(Term.Ref ref, Span where) {
    Term measured = types.measured(ref);
    if (measured != null && types.hasLength(measured)) {
      losses.add("the value " + Term.shown(ref), where, "becomes a length: Handlebars reads it so");
    }
    if (types.of(ref).equals("thread")) {
      losses.add(
          "the value " + Term.shown(ref),
          where,
          "has nothing in it: dotprompt tells nothing of the conversation so far");
    }
    return path(ref.level(), ref.path());
  }

  private String path(int level, List<String> path) {
    int up = levels.size() - 1 - Math.max(0, levels.lastIndexOf(level));
    StringBuilder text = new StringBuilder("../".repeat(up));
    if (path.isEmpty()) {
      return up == 0 ? "this" : text.append("this").toString();
    }
    if (up == 0 && calls(path.getFirst())) {
      text.append("this.");
    }
    for (int i = 0; i < path.size(); i++) {
      String name = path.get(i);
      text.append(i > 0 ? "." : "").append(NAME.matcher(name).matches() ? name : "[" + name + "]");
    }
    return text.toString();
  }

  /// Whether a simple name would call a helper or mean a value of the language.
  private static boolean calls(String name) {
    return RESERVED.contains(name) || Vocabulary.helper(Format.DOTPROMPT, name) != null;
  }
}
