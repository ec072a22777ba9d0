package dev.promptls.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.promptls.template.handlebars.Handlebars;
import dev.promptls.template.jinja.Jinja;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutlineTest {
  private static String inputs(String source, Outline outline) {
    List<String> found =
        outline.variables().stream()
            .filter(v -> !v.local())
            .map(v ->
                String.join(".", v.name(), String.join(".", v.path()))
                    + "="
                    + source.substring(v.range().start(), v.range().end()))
            .toList();
    return String.join(" ", found);
  }

  @Test
  void listsTheInputsOfJinja() throws TemplateException {
    String source =
        "{% set a = b.c['d'] %}{% for x in xs if x.ok %}{{ x.y ~ a ~ loop.index ~ z }}{% endfor %}"
            + "{{ x|default(w) }}";
    Outline outline = Jinja.parse(source, Jinja.Options.python()).outline();
    assertEquals("b.c.d=b.c['d'] xs.=xs z.=z x.=x w.=w", inputs(source, outline));
    assertEquals("default", outline.calls().getFirst().name());
    assertEquals("for", outline.blocks().getFirst().name());
  }

  @Test
  void listsTheInputsOfHandlebars() throws TemplateException {
    String source =
        "{{role \"user\"}}{{a.b}}{{#each list as |item|}}{{item}}{{this}}{{x}}{{../y}}{{@root.z}}"
            + "{{@index}}{{/each}}{{#if c}}{{d}}{{/if}}{{> part e key=f}}{{@state.name}}";
    Handlebars.Options options = Handlebars.Options.plain().withHelper("role", call -> "");
    Outline outline = Handlebars.parse(source, options).outline();
    assertEquals(
        "a.b=a.b list.=list y.=../y z.=@root.z c.=c d.=d e.=e f.=f", inputs(source, outline));
    assertEquals(
        List.of("role", "each", "if"), outline.calls().stream().map(Outline.Call::name).toList());
    Outline.Partial partial = outline.partials().getFirst();
    assertEquals("part", source.substring(partial.range().start(), partial.range().end()));
    assertEquals(2, outline.blocks().size());
  }

  @Test
  void saysWhereAnOutputComesFrom() throws TemplateException {
    String source = "a {{ x }} b\r\nc";
    Rendering rendering =
        Jinja.parse(source, Jinja.Options.python()).render(Map.of("x", "1"), Patience.FUEL);
    assertEquals("a 1 b\nc", rendering.text());
    SourceMap.Entry made = rendering.sources().entries().get(1);
    assertEquals("{{ x }}", source.substring(made.sourceStart(), made.sourceEnd()));
    SourceMaps.check(source, rendering);
  }
}
