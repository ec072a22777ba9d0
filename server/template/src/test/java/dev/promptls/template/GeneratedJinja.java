package dev.promptls.template;

import java.util.List;

/// Jinja of the Prompty subset and `set`: variables, filters, conditions, loops, comments and white
/// space control.
final class GeneratedJinja extends GeneratedTemplates {
  private static final List<String> ANY =
      List.of(
          "name",
          "blank",
          "zero",
          "one",
          "many",
          "yes",
          "no",
          "words",
          "none",
          "missing",
          "user.first");

  private boolean inPeople;
  private boolean inWords;

  GeneratedJinja(long seed) {
    super(seed);
  }

  @Override
  void tag(int depth) {
    switch (random.nextInt(depth > 0 ? 8 : 4)) {
      case 0, 1, 2 -> tag("{{", " " + value() + " ", "}}");
      case 3 -> out.append("{# note #}");
      case 4, 5 -> conditional(depth);
      case 6 -> loop(depth);
      default -> {
        tag("{%", " set s" + depth + " = " + value() + " ", "%}");
        tag("{{", " s" + depth + " ", "}}");
      }
    }
  }

  private String value() {
    return switch (random.nextInt(8)) {
      case 0 -> text() + " | " + one(List.of("upper", "lower", "trim", "length"));
      case 1 -> one(MISSING) + " | default(" + text() + ")";
      case 2 -> one(List.of("words", "none")) + " | join(', ')";
      case 3 -> one(LISTS) + " | length";
      case 4 -> text() + " | replace('n', \"-\")";
      case 5 -> one(chance(2) ? NUMBERS : FLAGS);
      case 6 -> one(MISSING);
      default -> text();
    };
  }

  private String text() {
    if (inPeople && chance(2)) {
      return one(List.of("p.first", "p['first']", "p.age"));
    }
    if (inWords && chance(2)) {
      return one(List.of("w", "loop.index", "loop.index0", "loop.length"));
    }
    return one(List.of("name", "blank", "markup", "user.first", "'lit'", "user['first']"));
  }

  private String condition() {
    return switch (random.nextInt(6)) {
      case 0 -> "not " + one(ANY);
      case 1 -> one(ANY) + one(List.of(" and ", " or ")) + one(ANY);
      case 2 -> one(NUMBERS) + one(List.of(" == ", " != ", " < ", " >= ")) + random.nextInt(3);
      case 3 -> "'x' in " + one(List.of("words", "none", "name"));
      case 4 ->
          inWords ? one(List.of("loop.first", "loop.last", "not loop.last")) : "name == 'Ann'";
      default -> one(ANY);
    };
  }

  private void conditional(int depth) {
    tag("{%", " if " + condition() + " ", "%}");
    body(depth - 1);
    if (chance(3)) {
      tag("{%", " elif " + condition() + " ", "%}");
      body(depth - 1);
    }
    if (chance(2)) {
      tag("{%", " else ", "%}");
      body(depth - 1);
    }
    tag("{%", " endif ", "%}");
  }

  private void loop(int depth) {
    boolean people = chance(2);
    boolean peopleOutside = inPeople;
    boolean wordsOutside = inWords;
    tag(
        "{%",
        people ? " for p in people " : " for w in " + one(List.of("words", "none")) + " ", "%}");
    inPeople |= people;
    inWords = !people;
    body(depth - 1);
    inPeople = peopleOutside;
    inWords = wordsOutside;
    tag("{%", " endfor ", "%}");
  }

  private void tag(String open, String inside, String close) {
    out.append(open).append(chance(10) ? "-" : "").append(inside);
    out.append(chance(10) ? "-" : "").append(close);
  }
}
