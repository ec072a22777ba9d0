package dev.promptls.prompt.convert;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value in a template, whatever the template's language.
sealed interface Term {
  /// A variable or a field of it.
  ///
  /// @param level 0 for the inputs, else the loop whose item it is read from, counted from outside
  /// @param path names of fields; empty for the item itself
  record Ref(int level, List<String> path) implements Term {
    public Ref {
      path = List.copyOf(path);
    }
  }

  /// What a loop tells about itself.
  record Loop(int level, About about) implements Term {}

  enum About {
    /// From 0.
    INDEX,
    /// From 1.
    COUNT,
    FIRST,
    LAST,
    /// Of an object that is gone through.
    KEY
  }

  /// What the caller knows beside the inputs: `@state`, `@auth`.
  record Context(List<String> path) implements Term {}

  /// A string, number, boolean or null.
  record Literal(@Nullable Object value) implements Term {}

  record Not(Term term) implements Term {}

  /// `and`, `or`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`
  record Binary(String operator, Term left, Term right) implements Term {}

  /// A value changed by a filter of Jinja.
  record Filter(String name, Term input, List<Term> arguments) implements Term {}

  /// An item by a key that is a value itself.
  record Lookup(Term target, Term key) implements Term {}

  /// A field of this value; null for values that have none.
  default Term field(String name) {
    return switch (this) {
      case Ref(int level, List<String> path) -> new Ref(level, and(path, List.of(name)));
      case Context(List<String> path) -> new Context(and(path, List.of(name)));
      case Literal _, Loop _ -> new Literal(null);
      default -> new Lookup(this, new Literal(name));
    };
  }

  /// A field of a field, as deep as there are names.
  default Term fields(List<String> names) {
    return switch (this) {
      case Ref(int level, List<String> path) -> new Ref(level, and(path, names));
      case Context(List<String> path) -> new Context(and(path, names));
      default -> {
        Term term = this;
        for (String name : names) {
          term = term.field(name);
        }
        yield term;
      }
    };
  }

  private static List<String> and(List<String> path, List<String> names) {
    List<String> longer = new ArrayList<>(path);
    longer.addAll(names);
    return longer;
  }

  /// As a person would name it.
  static String shown(Term term) {
    return switch (term) {
      case Ref(int level, List<String> path) ->
          path.isEmpty() ? (level == 0 ? "the inputs" : "the item") : String.join(".", path);
      case Loop(int _, About about) ->
          switch (about) {
            case INDEX, COUNT -> "the number of the round";
            case FIRST -> "whether it is the first round";
            case LAST -> "whether it is the last round";
            case KEY -> "the item's key";
          };
      case Context(List<String> path) -> "@" + String.join(".", path);
      case Literal(Object value) -> String.valueOf(value);
      case Not(Term inner) -> "not " + shown(inner);
      case Binary(String operator, Term left, Term right) ->
          shown(left) + " " + operator + " " + shown(right);
      case Filter(String name, Term input, List<Term> _) -> shown(input) + " | " + name;
      case Lookup(Term target, Term key) -> shown(target) + "[" + shown(key) + "]";
    };
  }
}
