package dev.promptls.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Templates grown from a grammar by a seed, and values for them.
abstract class GeneratedTemplates {
  /// Names by what their values are.
  static final List<String> TEXTS = List.of("name", "blank", "markup", "user.first");

  static final List<String> NUMBERS = List.of("zero", "one", "many");
  static final List<String> FLAGS = List.of("yes", "no");
  static final List<String> LISTS = List.of("words", "none", "people");
  static final List<String> MISSING = List.of("missing", "user.missing");

  private static final List<String> TEXT =
      List.of("a", " ", "\n", "b c", "  \n", "é→", "\n\n", "{ }", "%", "\t", "\"q\"", "x: y\n");

  protected final Random random;
  protected final StringBuilder out = new StringBuilder();

  GeneratedTemplates(long seed) {
    this.random = new Random(seed);
  }

  static Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", "Ann");
    values.put("blank", "");
    values.put("markup", "<b>&\"'");
    values.put("zero", 0);
    values.put("one", 1);
    values.put("many", 1234);
    values.put("yes", true);
    values.put("no", false);
    values.put("words", List.of("x", "Y", "z"));
    values.put("none", List.of());
    values.put("people", List.of(person("Bo", 3), person("Cy", 0)));
    values.put("user", person("Di", 7));
    return values;
  }

  private static Map<String, Object> person(String name, int age) {
    Map<String, Object> person = new LinkedHashMap<>();
    person.put("first", name);
    person.put("age", age);
    person.put("tags", new ArrayList<>(List.of("t1", "t2").subList(0, age % 3)));
    return person;
  }

  /// A template.
  String template() {
    body(3);
    return out.toString();
  }

  void body(int depth) {
    int parts = 1 + random.nextInt(3);
    for (int i = 0; i < parts; i++) {
      if (random.nextInt(3) == 0) {
        out.append(one(TEXT));
      } else {
        tag(depth);
      }
    }
  }

  abstract void tag(int depth);

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  boolean chance(int of) {
    return random.nextInt(of) == 0;
  }
}
