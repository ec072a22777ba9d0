package dev.promptls.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.context.MapValueResolver;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.RenderResult;
import dev.promptls.template.handlebars.Handlebars;
import dev.promptls.template.jinja.Jinja;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/// Templates grown from a grammar, rendered by us and by a library of the JVM. Where they disagree,
/// one of the known differences must explain it, and each of these must explain something; in all
/// of them we do as the reference implementations in JavaScript and Python.
class DifferentialTest {
  private static final int TEMPLATES = 2_000;

  /// A way in which a library differs from the reference implementation.
  private record Difference(String reason, Explanation explains) {}

  @FunctionalInterface
  private interface Explanation {
    boolean of(String template, String ours, String theirs);
  }

  private static final List<Difference> HANDLEBARS_JAVA =
      List.of(
          new Difference(
              "Leaves the line of a standalone tag at the template's edges, or beside a ~, as it is",
              (template, ours, theirs) ->
                  ours.replaceAll("\\s", "").equals(theirs.replaceAll("\\s", ""))),
          new Difference(
              "Inside `with @root.user` it looks for `@root.user` in the user itself",
              (template, ours, theirs) -> template.contains("with @root.user")));

  private static final List<Difference> JINJAVA =
      List.of(
          new Difference(
              "Knows the - of trimming only in statements, not in {{- these -}}",
              (template, ours, theirs) -> template.contains("{{-") || template.contains("-}}")));

  /// The rendering of a library.
  private interface Oracle {
    String render(String template) throws IOException;
  }

  @Test
  void rendersHandlebarsAsHandlebarsJavaDoes() throws IOException, TemplateException {
    var library =
        new com.github.jknack.handlebars.Handlebars()
            .with(EscapingStrategy.NOOP)
            .with((value, chain) -> value);
    compare(
        seed -> new GeneratedHandlebars(seed).template(),
        template -> Handlebars.parse(template, Handlebars.Options.plain()),
        template ->
            library
                .compileInline(template)
                .apply(
                    Context.newBuilder(GeneratedTemplates.values())
                        .resolver(MapValueResolver.INSTANCE)
                        .build()),
        HANDLEBARS_JAVA);
  }

  @Test
  void rendersJinjaAsJinjavaDoes() throws IOException, TemplateException {
    Jinjava library = new Jinjava();
    compare(
        seed -> new GeneratedJinja(seed).template(),
        template -> Jinja.parse(template, Jinja.Options.prompty()),
        template -> {
          RenderResult result =
              library.renderForResult(template, new HashMap<>(GeneratedTemplates.values()));
          return result.hasErrors() ? "! " + result.getErrors() : result.getOutput();
        },
        JINJAVA);
  }

  private interface Parser {
    Template parse(String template) throws TemplateException;
  }

  private static void compare(
      LongFunction<String> grammar, Parser parser, Oracle oracle, List<Difference> known)
      throws IOException, TemplateException {
    Set<Difference> met = new HashSet<>();
    for (long seed = 0; seed < TEMPLATES; seed++) {
      String template = grammar.apply(seed);
      Rendering rendering =
          parser.parse(template).render(GeneratedTemplates.values(), Patience.FUEL);
      SourceMaps.check(template, rendering);
      String ours = rendering.text();
      String theirs = oracle.render(template);
      if (!ours.equals(theirs)) {
        Difference difference =
            known.stream()
                .filter(each -> each.explains().of(template, ours, theirs))
                .findFirst()
                .orElse(null);
        assertTrue(
            difference != null,
            () -> "not explained:\n" + template + "\nours:   " + ours + "\ntheirs: " + theirs);
        met.add(difference);
      }
    }
    assertEquals(Set.copyOf(known), met, "a difference that explains nothing is to be removed");
  }
}
