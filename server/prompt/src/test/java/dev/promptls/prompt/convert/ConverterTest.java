package dev.promptls.prompt.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConverterTest {
  private static final String SHOTS =
      """
      ---
      model: m
      config: {temperature: 0, maxOutputTokens: 4}
      input:
        schema:
          review: string, the text
        default:
          review: Fine.
          examples:
            - {review: Good., label: positive}
            - {review: Bad., label: negative}
      ---
      {{role "system"~}}
      Judge.
      {{~#each examples}}
      {{~role "user"~}}
      Review: {{review}}
      {{~role "model"~}}
      {{label}}
      {{~/each}}
      {{~role "user"~}}
      Review: {{review}}
      """;

  @Test
  void loops_become_loops_of_jinja_with_items_named_after_their_list() throws ConversionException {
    Conversion conversion = convert("a.prompt", SHOTS, Format.PROMPTY);

    assertEquals(List.of(), conversion.losses());
    assertTrue(
        conversion
            .text()
            .endsWith(
                """
                ---
                system:
                Judge.
                {% for example in examples %}user:
                Review: {{example.review}}
                assistant:
                {{example.label}}
                {% endfor %}user:
                Review: {{review}}\
                """),
        conversion.text());
    assertEquals(said("a.prompt", SHOTS), said("a.prompty", conversion.text()));
  }

  @Test
  void without_loops_examples_are_written_out_and_that_is_told() throws ConversionException {
    Conversion conversion = convert("a.prompt", SHOTS, Format.GITHUB);

    assertTrue(
        conversion.losses().stream()
            .anyMatch(loss ->
                loss.message()
                    .equals(
                        "The loop over examples is written out with the defaults: GitHub Models has no loops.")),
        conversion.losses().toString());
    assertEquals(
        List.of(
            "system: Judge.",
            "user: Review: Good.",
            "model: positive",
            "user: Review: Bad.",
            "model: negative",
            "user: Review: {{review}}"),
        said("a.prompt.yml", conversion.text()));
    assertTrue(conversion.text().contains("maxTokens: 4"), conversion.text());
  }

  @Test
  void a_loss_stands_where_its_cause_does() throws ConversionException {
    String text = "{{#if formal}}Sir{{else}}Hi{{/if}} {{name}}";

    Loss loss = convert("a.prompt", text, Format.GITHUB).losses().getFirst();

    assertEquals("the condition on formal", loss.what());
    assertEquals("{{#if formal", loss.where().of(text));
  }

  @Test
  void braces_that_mean_nothing_still_mean_nothing() throws ConversionException {
    String text = "JSON {\"a\": {\"b\": 1}} and {{x}} and \\{{y}} and {% z %}";
    for (Format to : List.of(Format.DOTPROMPT, Format.PROMPTY)) {
      Conversion there = convert("a.txt", text, to);
      String name = to == Format.DOTPROMPT ? "a.prompt" : "a.prompty";
      assertEquals(List.of("user: " + text), said(name, there.text()), there.text());
    }
  }

  @Test
  void partials_are_put_in_their_places() throws ConversionException {
    Conversion conversion =
        Converter.convert(
            PromptReader.read("a.prompt", "{{> hello who=name}} Bye."),
            Format.PROMPTY,
            name -> name.equals("hello") ? "Hello {{who}}!" : null);

    assertTrue(conversion.text().endsWith("user:\nHello {{name}}! Bye."), conversion.text());
  }

  @Test
  void rows_of_training_data_are_converted_one_by_one() throws ConversionException {
    String rows =
        """
        {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Ho"}]}
        {"messages":[{"role":"user","content":"Ha"},{"role":"assistant","content":"He"}]}
        """;

    assertEquals(
        """
        {"conversations":[{"from":"human","value":"Hi"},{"from":"gpt","value":"Ho"}]}
        {"conversations":[{"from":"human","value":"Ha"},{"from":"gpt","value":"He"}]}
        """,
        convert("a.jsonl", rows, Format.SHAREGPT).text());
    assertEquals(1, convert("a.jsonl", rows, Format.DOTPROMPT).losses().size());
  }

  @Test
  void what_cannot_be_read_is_refused_in_a_sentence() {
    for (String wrong : List.of("{{#if x}}", "---\na: [\n---\nHi\n")) {
      ConversionException refusal =
          assertThrows(ConversionException.class, () -> convert("a.prompt", wrong, Format.PROMPTY));
      assertTrue(String.valueOf(refusal.getMessage()).startsWith("a.prompt cannot be converted"));
    }
    assertThrows(ConversionException.class, () -> convert("a.prompt", "Hi", Format.POML));
  }

  @Test
  void comments_and_definitions_of_tools_are_not_lost_in_silence() throws ConversionException {
    String prompty =
        """
        ---
        name: x # a name
        tools:
          - name: weather
            kind: function
        ---
        {# a note #}
        Hi {{ name }}
        """;
    assertEquals(
        List.of(
            "The comments of the settings are left out: settings are written anew.",
            "The definitions of tools are left out: dotprompt names tools that are defined"
                + " elsewhere.",
            "The comments of the template are left out: they print nothing."),
        sentences(convert("a.prompty", prompty, Format.DOTPROMPT)));
  }

  @Test
  void mustache_is_converted_but_for_its_sections() throws ConversionException {
    String prompty = "---\ntemplate: mustache\n---\nHi {{name}}{{#many}}!{{/many}}\n";
    Conversion conversion = convert("a.prompty", prompty, Format.DOTPROMPT);
    assertTrue(conversion.text().contains("Hi {{name}}"), conversion.text());
    assertEquals(List.of("The block many is left out: it is not known."), sentences(conversion));
  }

  private static List<String> sentences(Conversion conversion) {
    return conversion.losses().stream().map(Loss::message).toList();
  }

  private static Conversion convert(String name, String text, Format to)
      throws ConversionException {
    return Converter.convert(PromptReader.read(name, text), to);
  }

  private static List<String> said(String name, String text) {
    return Renderer.render(PromptReader.read(name, text), RenderOptions.DEFAULT).messages().stream()
        .map(message -> said(message))
        .toList();
  }

  private static String said(Message message) {
    return message.role().replace("assistant", "model") + ": " + message.text();
  }
}
