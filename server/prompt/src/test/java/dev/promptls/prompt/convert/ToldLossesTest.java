package dev.promptls.prompt.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.LineIndex;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What cannot be kept is told, however it is written.
class ToldLossesTest {
  /// Where a line of a case breaks.
  private static final char BREAK = '⏎';

  private static final String LIST =
      "---⏎input:⏎  schema:⏎    items(array): string⏎    who(object):⏎      city: string⏎---⏎";
  private static final String INPUTS =
      "---⏎inputs:⏎- name: items⏎  kind: array⏎- name: who⏎  kind: object⏎"
          + "- name: history⏎  kind: thread⏎---⏎user:⏎";

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "a⏎{{! c }}{{role \"model\"}}b ¦ The line breaks at the borders of messages are dropped",
        "a {{! c }}{{history}} ¦ The line breaks at the borders of messages are dropped",
        "a {{history}} b ¦ The line breaks at the borders of messages are dropped",
        "{{#if a}}b{{/if}} ¦ The message of user is sent when it is blank",
        "{{#if a}}b{{/if}}{{#if c}}{{role \"model\"}}d{{/if}} ¦ The message of user is sent when",
        "{{#each a}}{{this}}{{/each}}⏎⏎b ¦ The white space beside what may say nothing",
        "b {{#if a}}c{{/if}}{{history}} ¦ The white space beside what may say nothing",
        "d{{#if a}}b⏎{{/if}}{{#if c}} {{/if}} ¦ The white space beside what may say nothing",
        "{{history}}{{#if history}}a{{/if}}b ¦ The value history becomes the conversation so far",
        "{{a.length}} ¦ The value a.length is read as a field",
        "[list]{{items}} ¦ The value items is printed otherwise",
        "[list]a {{#each who}}{{this}}{{/each}} ¦ The loop over who gives the names of the fields",
      },
      quoteCharacter = '`')
  void ofDotpromptToPrompty(String text, String told) throws ConversionException {
    check("a.prompt", text.replace("[list]", LIST), Format.PROMPTY, told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "{{items}} ¦ The value items is printed otherwise",
        "a {{items.length}} ¦ The value items.length becomes a length",
        "{% for k in who %}{{k}}{% endfor %}. ¦ The loop over who gives the values of the fields",
        "a {% if history %}b{% endif %} ¦ The value history has nothing in it",
        "{% if items %}b{% endif %} ¦ The message of user is left out when it is blank",
        "{% for i in items %}{{i}}{% endfor %}⏎⏎b ¦ The white space beside what may say nothing",
        "b⏎{%- if items %}{% endif -%}⏎assistant:⏎c ¦ A role line beside a tag is taken for text",
      },
      quoteCharacter = '`')
  void ofPromptyToDotprompt(String text, String told) throws ConversionException {
    check("a.prompty", INPUTS + text, Format.DOTPROMPT, told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "a.txt ¦ Do ${input:x}. ¦ MARKDOWN ¦ The text ${input:x} becomes a variable of the editor",
        "a.jsonl ¦ [tool] ¦ ALPACA ¦ The role tool is left out",
        "a.jsonl ¦ [twice] ¦ ALPACA ¦ The message of user is joined to the input",
        "a.prompty ¦ [list]{{items}} ¦ GITHUB ¦ The value items is printed otherwise",
      },
      quoteCharacter = '`')
  void ofOthers(String name, String text, Format to, String told) throws ConversionException {
    String tool =
        "{'messages': [{'role': 'tool', 'content': 'a'}, {'role': 'user', 'content': 'b'}]}";
    String file =
        text.replace("[tool]", tool)
            .replace("[twice]", tool.replace("tool", "user"))
            .replace('\'', '"')
            .replace("[list]", INPUTS);
    check(name, file, to, told);
  }

  @Test
  void aLengthIsKeptThereAndBack() throws ConversionException {
    String text =
        (LIST + "{{#if items.length}}{{items.length}}{{/if}} items\n").replace(BREAK, '\n');
    PromptFile file = PromptReader.read("a.prompt", text);
    Conversion there = Converter.convert(file, Format.PROMPTY);
    assertEquals(List.of(), lengths(there));
    assertTrue(there.text().contains("{{items | length}}"), there.text());
    PromptFile prompty = PromptReader.read("a.prompty", LineIndex.of(there.text()), Format.PROMPTY);
    Conversion back = Converter.convert(prompty, Format.DOTPROMPT);
    assertEquals(List.of(), lengths(back));
    PromptFile again = PromptReader.read("a.prompt", back.text());
    assertEquals(List.of("2 items"), said(file));
    assertEquals(said(file), said(prompty));
    assertEquals(said(file), said(again));
  }

  private static List<String> lengths(Conversion conversion) {
    return conversion.losses().stream()
        .map(Loss::message)
        .filter(sentence -> sentence.contains("length"))
        .toList();
  }

  private static List<String> said(PromptFile file) {
    RenderOptions options = RenderOptions.of(Data.input(Map.of("items", List.of("a", "b"))));
    return Renderer.render(file, options).messages().stream().map(Message::text).toList();
  }

  private static void check(String name, String text, Format to, String told)
      throws ConversionException {
    PromptFile file = PromptReader.read(name, text.replace(BREAK, '\n'));
    List<String> losses = Converter.convert(file, to).losses().stream().map(Loss::message).toList();
    assertTrue(losses.stream().anyMatch(loss -> loss.startsWith(told)), losses::toString);
  }
}
