package dev.promptls.template;

import java.util.List;

/// Handlebars of variables, blocks, comments and white space control. Names stand only where their
/// context has them, but for a few that nothing has.
final class GeneratedHandlebars extends GeneratedTemplates {
  /// What `this` is.
  private enum Context {
    ROOT,
    PERSON,
    TEXT
  }

  private Context context = Context.ROOT;

  GeneratedHandlebars(long seed) {
    super(seed);
  }

  @Override
  void tag(int depth) {
    switch (random.nextInt(depth > 0 ? 9 : 4)) {
      case 0, 1, 2 -> tag(chance(5) ? "{" : "", value());
      case 3 -> out.append("{{! note }}");
      case 4, 5 -> block(chance(2) ? "if" : "unless", condition(), context, depth);
      case 6 -> each(depth);
      case 7 -> block("with", root("user"), Context.PERSON, depth);
      default -> section(depth);
    }
  }

  private String root(String name) {
    return context == Context.ROOT ? name : "@root." + name;
  }

  /// Something to print.
  private String value() {
    if (chance(4)) {
      return root(one(TEXTS));
    }
    return switch (context) {
      case ROOT -> one(chance(4) ? MISSING : chance(2) ? NUMBERS : TEXTS);
      case PERSON -> one(List.of("first", "age", "this.first", "missing", "this.age"));
      case TEXT -> one(List.of("this", ".", "@index"));
    };
  }

  private String condition() {
    return switch (context) {
      case ROOT -> one(chance(4) ? MISSING : chance(3) ? NUMBERS : chance(2) ? LISTS : FLAGS);
      case PERSON -> one(List.of("first", "age", "tags", "missing"));
      case TEXT -> one(List.of("@first", "@last", "@index", "this"));
    };
  }

  private void each(int depth) {
    String list = context == Context.PERSON && chance(2) ? "tags" : root(one(LISTS));
    block("each", list, list.endsWith("people") ? Context.PERSON : Context.TEXT, depth);
  }

  private void section(int depth) {
    String name = root(one(List.of("yes", "no", "none", "missing", "words", "user")));
    boolean inverted = chance(3);
    Context outside = context;
    tag(inverted ? "^" : "#", name);
    if (!inverted) {
      context =
          name.endsWith("words") ? Context.TEXT : name.endsWith("user") ? Context.PERSON : context;
    }
    body(depth - 1);
    context = outside;
    tag("/", name);
  }

  private void block(String name, String argument, Context inside, int depth) {
    Context outside = context;
    tag("#", name + " " + argument);
    context = inside;
    body(depth - 1);
    context = outside;
    if (chance(3)) {
      tag("", "else");
      body(depth - 1);
    }
    tag("/", name);
  }

  private void tag(String sigil, String inside) {
    boolean raw = sigil.equals("{");
    boolean left = !raw && chance(8);
    boolean right = !raw && chance(8);
    out.append(left ? "{{~" : "{{").append(sigil).append(inside);
    out.append(raw ? "}}}" : right ? "~}}" : "}}");
  }
}
