package dev.promptls.prompt.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.text.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatterTest {
  @Test
  void front_matter_gets_one_layout_and_keeps_comments_quotes_and_the_order_of_keys() {
    check(
        """
        ---\s\s
        model:    'x'   # the model

        \s\s
        # about the input
        input:
            schema:
                # a comment of its level
                name :   string
                tags(array):  [ a,b ,  "c" ]
                more: { a: 1,b: "x" }
            default:
                examples:
                -   q:  one
                    a:  1
                -   q:  two
                    # deep
                    a:  >
                        folded
                          more
        config: {temperature: 0}

        ---


        Hello.


        """,
        """
        ---
        model: 'x'   # the model

        # about the input
        input:
          schema:
            # a comment of its level
            name: string
            tags(array): [a, b, "c"]
            more: {a: 1, b: "x"}
          default:
            examples:
            - q: one
              a: 1
            - q: two
              # deep
              a: >
                  folded
                    more
        config: {temperature: 0}
        ---

        Hello.
        """);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "{{ name }};{{name}}",
        "{{{ name }}};{{{name}}}",
        "{{#if  x }}a{{ else }}b{{/ if }};{{#if x}}a{{else}}b{{/if}}",
        "{{~ name ~}};{{~name~}}",
        "{{>header }};{{> header}}",
        "{{> p  a=1   b= \"x  y\" }};{{> p a=1 b=\"x  y\"}}",
        "{{role   \"system\" }};{{role \"system\"}}",
        "{{ json ( lookup  a  0 )  indent=2 }};{{json (lookup a 0) indent=2}}",
        "{{#each  l  as  |  x  i  | }}{{/each}};{{#each l as |x i|}}{{/each}}",
        "{{! a  comment  }};{{! a  comment  }}",
        "\\{{ name }} {{ a }};\\{{ name }} {{a}}",
        "{{ #if x }};{{ #if x }}",
        "{{ unfinished;{{ unfinished",
        "a  {{ b }}  c;a  {{b}}  c",
        "{{#if x}}{{ y }};{{#if x}}{{y}}",
      })
  void spaces_inside_tags_follow_one_habit(String before, String after) {
    check(before, after);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "{{x}};{{ x }}",
        "{{   x|upper  }};{{ x|upper }}",
        "{%if x%}a{%endif%};{% if x %}a{% endif %}",
        "{%-if x-%}a{%-  endif+%};{%- if x -%}a{%- endif +%}",
        "{{-x-}};{{- x -}}",
        "{{ {'a': '}}'}.a}};{{ {'a': '}}'}.a }}",
        "{%raw%}{{x}}{%endraw%};{% raw %}{{x}}{% endraw %}",
        "{#x#}{{ }};{#x#}{{ }}",
        "{{x;{{x",
      })
  void jinja_tags_have_one_space_inside(String before, String after) {
    check("a.prompty", "---\nname: x\n---\n" + before + "\n", "---\nname: x\n---\n" + after + "\n");
  }

  @Test
  void mustache_in_prompty_stays() {
    String text = "---\ntemplate: mustache\n---\n{{#x}}{{ y}}{{/x}}\n";
    check("a.prompty", text, text);
  }

  @Test
  void a_tag_over_several_lines_keeps_them() {
    check("{{media\n    url=x }}\n", "{{media\n    url=x}}\n");
    check("a.prompty", "{{\n  x}}\n", "{{\n  x }}\n");
  }

  @Test
  void a_text_without_front_matter_keeps_its_borders() {
    check("\n\nHello {{ name }}  \n\n", "\n\nHello {{name}}  \n\n");
  }

  @Test
  void front_matter_that_is_no_yaml_is_text_and_stays() {
    check("---\na:   [\nb:  1\n---\n{{ x }}\n", "---\na:   [\nb:  1\n---\n{{x}}\n");
  }

  @Test
  void line_breaks_become_those_of_most_lines_where_they_mean_nothing() {
    check(
        "---\r\nmodel: x\nname: y\r\n---\r\na\nb\r\nc\r\n",
        "---\r\nmodel: x\r\nname: y\r\n---\r\na\nb\r\nc\r\n");
  }

  @Test
  void a_partial_is_included_as_it_stands_so_only_its_tags_change() {
    assertEquals(
        "---\nmodel:  x\n---\n\n\n{{y}}\n\n",
        formatted("folder/_part.prompt", "---\nmodel:  x\n---\n\n\n{{ y }}\n\n"));
  }

  @Test
  void block_scalars_keep_what_they_say() {
    check(
        "---\na:\n    b: |2\n       x\n          \n        y\n\n    c: |+\n      z\n\n\nd: |-\n  e\n---\nHi\n",
        "---\na:\n  b: |2\n     x\n        \n      y\n\n  c: |+\n    z\n\n\nd: |-\n  e\n---\nHi\n");
  }

  @Test
  void anchors_and_tags_are_understood() {
    check(
        "---\na:   &x\n    - 1\n    -   2\nb:   *x\nc:   !!str   5\n---\nHi\n",
        "---\na: &x\n  - 1\n  - 2\nb: *x\nc: !!str 5\n---\nHi\n");
  }

  @Test
  void a_file_that_is_yaml_ends_with_one_line_break() {
    assertEquals(
        "messages:\n  - role: user\n    content: Hi {{ x }}  there\n",
        formatted(
            "a.prompt.yml",
            "\n\nmessages:\n   -  role:   user\n      content: Hi {{ x }}  there\n\n\n"));
    assertEquals("name: x\n", formatted("a.prompt.yml", "name:  x"));
    assertEquals("name: |\n  x", formatted("a.prompt.yml", "name: |\n  x"));
  }

  @Test
  void a_range_takes_the_entries_and_tags_that_it_touches() {
    String text = "---\na:  1\nb:\n    c:  2\nd:  3\n---\n{{ x }}\n{{ y }}\n";
    int at = text.indexOf("c:");
    assertEquals(
        "---\na:  1\nb:\n  c: 2\nd:  3\n---\n{{ x }}\n{{ y }}\n",
        formatted(text, new Span(at, at)));
    int y = text.indexOf("{{ y");
    assertEquals(
        "---\na:  1\nb:\n    c:  2\nd:  3\n---\n{{ x }}\n{{y}}\n", formatted(text, new Span(y, y)));
  }

  private static void check(String before, String after) {
    check("a.prompt", before, after);
  }

  private static void check(String name, String before, String after) {
    assertEquals(after, formatted(name, before));
    assertEquals(after, formatted(name, after), "again");
  }

  private static String formatted(String name, String text) {
    Formatted formatted = Formatter.format(PromptReader.read(name, text));
    assertNull(formatted.refusal());
    return Edits.apply(text, formatted.edits());
  }

  private static String formatted(String text, Span range) {
    return Edits.apply(text, Formatter.format(PromptReader.read("a.prompt", text), range).edits());
  }
}
