package dev.promptls.prompt.convert;

import dev.promptls.prompt.convert.Term.About;
import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Pieces as the body of a Prompty file.
final class JinjaText {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> FILTERS =
      Set.of("upper", "lower", "trim", "join", "length", "default", "replace");

  /// What would begin a message.
  private static final Pattern ROLE_LINE =
      Pattern.compile(
          "(?im)^[ \\t]*#?[ \\t]*(?:system|user|assistant|developer)(?:\\[[^\\]\\n]*])?[ \\t]*:[ \\t]*$");

  private static final Map<String, String> ROLES = Map.of("model", "assistant");

  private final Losses losses;
  private final InputTypes types;

  /// The names of what holds the conversation so far.
  private final Set<String> threads;

  private final Set<String> taken;
  private final StringBuilder out = new StringBuilder();

  /// The names of the loops' items, by level.
  private final List<String> items = new ArrayList<>();

  /// Whether what was printed so far ends with a line break or is nothing.
  private boolean atLineStart = true;

  private JinjaText(Losses losses, InputTypes types, Set<String> threads) {
    this.losses = losses;
    this.types = types;
    this.threads = threads;
    this.taken = new HashSet<>(types.types().keySet());
    this.taken.addAll(threads);
    this.taken.add("loop");
  }

  /// @param types of the inputs, whose names items must not take
  /// @param threads names of what holds the conversation so far
  static String of(List<Piece> pieces, InputTypes types, Set<String> threads, Losses losses) {
    JinjaText writer = new JinjaText(losses, types, threads);
    boolean roles = !pieces.isEmpty() && pieces.getFirst() instanceof Piece.Role;
    if (!roles && !pieces.isEmpty() && !Piece.beginsWithRole(pieces)) {
      writer.role("user", Span.at(0));
    }
    writer.all(pieces, Trim.LINE_BREAKS, Trim.LINE_BREAKS);
    return writer.out.toString();
  }

  /// What of a text's white space is dropped at one of its ends.
  private enum Trim {
    NOTHING,
    LINE_BREAKS,
    /// Beside the conversation so far.
    BLANKS;

    /// @param end the text's first character or its last
    boolean takes(char end) {
      return switch (this) {
        case NOTHING -> false;
        case LINE_BREAKS -> end == '\n';
        case BLANKS -> Blanks.isBlank(end);
      };
    }

    static Trim beside(Piece piece) {
      return switch (piece) {
        case Piece.History _ -> BLANKS;
        case Piece.Role _ -> LINE_BREAKS;
        default -> NOTHING;
      };
    }
  }

  /// @param begins what is dropped where the pieces begin
  /// @param ends what is dropped where they end
  private void all(List<Piece> pieces, Trim begins, Trim ends) {
    Trim[] before = new Trim[pieces.size()];
    Trim next = ends;
    for (int i = pieces.size() - 1; i >= 0; i--) {
      before[i] = next;
      Piece piece = pieces.get(i);
      if (!Piece.isSilent(piece)) {
        boolean role = Piece.beginsWithRole(List.of(piece));
        next = role ? Trim.LINE_BREAKS : Trim.beside(piece);
      }
    }
    Trim after = begins;
    for (int i = 0; i < before.length; i++) {
      Piece piece = pieces.get(i);
      boolean gap = piece instanceof Piece.Text(String text) && text.isBlank();
      if (!gap || before[i] == Trim.NOTHING || after == Trim.NOTHING) {
        write(piece, after, before[i]);
      }
      after = Piece.isSilent(piece) ? after : Trim.beside(piece);
    }
  }

  private void write(Piece piece, Trim begins, Trim ends) {
    switch (piece) {
      case Piece.Text(String text) -> text(text, begins, ends);
      case Piece.Value(Term term, Span where) -> {
        types.tellNested(term, where, "Prompty", losses);
        tag("{{" + term(term, where) + "}}");
      }
      case Piece.Json(Term term, int _, Span where) -> {
        losses.add(
            "the JSON of " + Term.shown(term),
            where,
            "is printed plainly: Prompty has no such filter");
        tag("{{" + term(term, where) + "}}");
      }
      case Piece.If(Term test, List<Piece> then, List<Piece> otherwise, Span where) ->
          branch(test, then, otherwise, where, begins, ends);
      case Piece.Each each -> each(each, ends);
      case Piece.Role(String role, Span where) -> role(role, where);
      case Piece.History(String name, Span _) -> {
        line();
        out.append("{{").append(name == null ? "history" : name).append("}}\n");
        atLineStart = true;
      }
      case Piece.Media(Term url, Term _, Span where) -> {
        losses.add(
            "the media", where, "becomes a Markdown image: Prompty takes media as inputs only");
        tag("![]({{" + term(url, where) + "}})");
      }
      case Piece.Section(String name, Span where) ->
          losses.add("the section " + name, where, "is left out: Prompty has none");
      case Piece.Comment(String text, Span _) -> out.append("{# ").append(text).append(" #}");
    }
  }

  private void text(String text, Trim begins, Trim ends) {
    if (begins.takes(text.charAt(0)) || ends.takes(text.charAt(text.length() - 1))) {
      losses.add(
          "the line breaks at the borders of messages",
          Span.at(0),
          "are dropped: Prompty trims them");
    }
    if (text.indexOf('\r') >= 0) {
      losses.add("the carriage returns", Span.at(0), "are dropped: Prompty ends lines without");
    }
    if (ROLE_LINE.matcher(text).find()) {
      losses.add(
          "a line that is only a role and a colon", Span.at(0), "begins a message in Prompty");
    }
    String escaped =
        text.replace("{{", "{{ '{{' }}").replace("{%", "{{ '{%' }}").replace("{#", "{{ '{#' }}");
    out.append(
        escaped.endsWith("{") ? escaped.substring(0, escaped.length() - 1) + "{{ '{' }}" : escaped);
    atLineStart = text.endsWith("\n");
  }

  private void tag(String tag) {
    out.append(tag);
    atLineStart = false;
  }

  private void line() {
    if (!atLineStart) {
      out.append('\n');
      atLineStart = true;
    }
  }

  private void role(String role, Span where) {
    String name = ROLES.getOrDefault(role, role);
    if (!Set.of("system", "user", "assistant", "developer").contains(name)) {
      losses.add("the role " + role, where, "becomes assistant: Prompty has no other of its kind");
      name = "assistant";
    }
    line();
    out.append(name).append(":\n");
    atLineStart = true;
  }

  private void branch(
      Term test, List<Piece> then, List<Piece> otherwise, Span where, Trim begins, Trim ends) {
    boolean lines = Piece.speak(then) || Piece.speak(otherwise);
    if (lines) {
      line();
    }
    Term asked = then.isEmpty() ? new Term.Not(test) : test;
    out.append("{% if ").append(term(asked, where)).append(" %}");
    body(then.isEmpty() ? otherwise : then, lines, begins, ends);
    if (!then.isEmpty() && !otherwise.isEmpty()) {
      out.append("{% else %}");
      body(otherwise, lines, begins, ends);
    }
    out.append("{% endif %}");
  }

  private void body(List<Piece> pieces, boolean lines, Trim begins, Trim ends) {
    boolean before = atLineStart;
    all(pieces, begins, lines ? Trim.LINE_BREAKS : ends);
    if (lines) {
      line();
    }
    atLineStart = lines || (before && atLineStart);
  }

  private void each(Piece.Each each, Trim ends) {
    boolean lines = Piece.speak(each.body()) || Piece.speak(each.otherwise());
    if (lines) {
      line();
    }
    String list = term(each.list(), each.where());
    if (types.of(each.list()).equals("object")) {
      losses.add(
          "the loop over " + Term.shown(each.list()),
          each.where(),
          "gives the names of the fields: Jinja does not give their values");
    }
    String item = itemName(each.list());
    out.append("{% for ").append(item).append(" in ").append(list).append(" %}");
    items.add(item);
    body(each.body(), lines, Trim.NOTHING, ends);
    items.removeLast();
    if (each.otherwise().isEmpty()) {
      out.append("{% endfor %}");
    } else {
      // The subset knows no else behind a loop.
      out.append("{% endfor %}{% if not ").append(list).append(" %}");
      body(each.otherwise(), lines, Trim.NOTHING, ends);
      out.append("{% endif %}");
    }
  }

  private String itemName(Term list) {
    String name = "item";
    if (list instanceof Term.Ref(int _, List<String> path) && !path.isEmpty()) {
      String plural = path.getLast();
      boolean names = plural.endsWith("s") && plural.length() > 2 && NAME.matcher(plural).matches();
      name = names ? plural.substring(0, plural.length() - 1) : name;
    }
    String free = name;
    for (int i = 2; taken.contains(free) || items.contains(free); i++) {
      free = name + i;
    }
    return free;
  }

  private String term(Term term, Span where) {
    return switch (term) {
      case Term.Literal(Object value) ->
          switch (value) {
            case null -> "null";
            case String text -> quoted(text);
            default -> PlainValues.printed(value);
          };
      case Term.Ref ref -> input(ref, where);
      case Term.Loop(int level, About about) -> loop(level, about, where);
      case Term.Context(List<String> path) -> {
        losses.add(
            "the value @" + String.join(".", path), where, "is left out: Prompty has inputs only");
        yield "''";
      }
      case Term.Not(Term inner) ->
          inner instanceof Term.Binary
              ? "not (" + term(inner, where) + ")"
              : "not " + term(inner, where);
      case Term.Binary(String operator, Term left, Term right) ->
          operand(left, where) + " " + operator + " " + operand(right, where);
      case Term.Filter(String name, Term input, List<Term> arguments) -> {
        if (!FILTERS.contains(name)) {
          losses.add("the filter " + name, where, "is left out: Prompty has no such filter");
          yield term(input, where);
        }
        String given = String.join(", ", arguments.stream().map(a -> term(a, where)).toList());
        yield term(input, where) + " | " + name + (given.isEmpty() ? "" : "(" + given + ")");
      }
      case Term.Lookup(Term target, Term key) -> term(target, where) + "[" + term(key, where) + "]";
    };
  }

  private String operand(Term term, Span where) {
    String text = term(term, where);
    return term instanceof Term.Binary ? "(" + text + ")" : text;
  }

  private static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
    return text.indexOf('\'') < 0 ? "'" + escaped + "'" : '"' + escaped.replace("\"", "\\\"") + '"';
  }

  private String loop(int level, About about, Span where) {
    if (level != items.size() || about == About.KEY) {
      losses.add(
          Term.shown(new Term.Loop(level, about)),
          where,
          "is left out: a loop of Jinja tells about its own items only");
      return "''";
    }
    return "loop."
        + switch (about) {
          case INDEX -> "index0";
          case COUNT -> "index";
          case FIRST -> "first";
          case LAST, KEY -> "last";
        };
  }

  private String input(Term.Ref ref, Span where) {
    Term measured = types.measured(ref);
    if (measured != null && types.hasLength(measured)) {
      return term(measured, where) + " | length";
    }
    if (measured != null) {
      losses.add(
          "the value " + Term.shown(ref),
          where,
          "is read as a field: Prompty knows a length of declared lists and texts only");
    }
    if (ref.level() == 0 && !ref.path().isEmpty() && threads.contains(ref.path().getFirst())) {
      losses.add(
          "the value " + Term.shown(ref),
          where,
          "becomes the conversation so far, as Prompty has it");
    }
    return path(ref.level(), ref.path());
  }

  private String path(int level, List<String> path) {
    StringBuilder text = new StringBuilder(level == 0 ? "" : items.get(level - 1));
    for (String name : path) {
      boolean plain = NAME.matcher(name).matches();
      if (plain) {
        text.append(text.isEmpty() ? "" : ".").append(name);
      } else {
        text.append("[").append(name.matches("\\d+") ? name : quoted(name)).append("]");
      }
    }
    return text.isEmpty() ? "''" : text.toString();
  }
}
