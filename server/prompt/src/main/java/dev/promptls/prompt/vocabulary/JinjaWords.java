package dev.promptls.prompt.vocabulary;

import static dev.promptls.prompt.vocabulary.KeyInfo.word;

import java.util.List;

/// The words of Jinja that prompts use. Those of the subset that all of Prompty's runtimes have in
/// common come first.
final class JinjaWords {
  static final List<KeyInfo> BLOCKS =
      List.of(
          word("if", "{% if test %}…{% endif %}", "The block, if the test is true.")
              .inserting("if ${1:value} %}$2{% endif %}"),
          word("elif", "{% elif test %}", "Else, if another test is true."),
          word("else", "{% else %}", "Otherwise; after a loop: if it had no items."),
          word("endif", "{% endif %}", "Ends `if`."),
          word(
                  "for",
                  "{% for item in list %}…{% endfor %}",
                  "The block for each item; `loop.index`, `loop.first` and the like tell which.")
              .inserting("for ${1:item} in ${2:items} %}$3{% endfor %}"),
          word("endfor", "{% endfor %}", "Ends `for`."),
          word("set", "{% set name = value %}", "Gives a value a name; not in Prompty's subset."),
          word("raw", "{% raw %}…{% endraw %}", "Text in which nothing is a tag."),
          word("endraw", "{% endraw %}", "Ends `raw`."));

  /// What a loop gives by itself.
  static final List<KeyInfo> CONTEXT =
      List.of(
          word("loop.index", "of the loop", "The number of the item, from 1."),
          word("loop.index0", "of the loop", "The number of the item, from 0."),
          word("loop.first", "of the loop", "Whether it is the first item."),
          word("loop.last", "of the loop", "Whether it is the last item."),
          word("loop.length", "of the loop", "How many items there are."));

  static final List<KeyInfo> FILTERS =
      List.of(
          word("upper", "text | upper", "In capitals."),
          word("lower", "text | lower", "In small letters."),
          word("trim", "text | trim", "Without white space at both ends."),
          word("join", "list | join(', ')", "The items as one text with something between them."),
          word("length", "value | length", "How many items or characters."),
          word(
              "default",
              "value | default('x')",
              "Another value, if there is none; with `true` behind it, also if it is empty."),
          word("replace", "text | replace('a', 'b')", "With one text in another's place."),
          word("capitalize", "text | capitalize", "The first letter a capital, the rest small."),
          word("title", "text | title", "Each word with a capital."),
          word("first", "list | first", "The first item."),
          word("last", "list | last", "The last item."),
          word("sort", "list | sort", "In order."),
          word("reverse", "list | reverse", "From back to front."),
          word("unique", "list | unique", "Each item once."),
          word("map", "list | map(attribute='x')", "A field of each item, or a filter of it."),
          word("select", "list | select('test')", "The items that pass a test."),
          word("reject", "list | reject('test')", "The items that fail a test."),
          word("selectattr", "list | selectattr('x')", "The items whose field passes a test."),
          word("rejectattr", "list | rejectattr('x')", "The items whose field fails a test."),
          word("list", "value | list", "As a list."),
          word("items", "map | items", "Pairs of keys and values."),
          word("dictsort", "map | dictsort", "Pairs of keys and values, in order."),
          word("sum", "list | sum", "All added up."),
          word("min", "list | min", "The least."),
          word("max", "list | max", "The greatest."),
          word("round", "number | round(2)", "With so many digits."),
          word("int", "value | int", "As a whole number."),
          word("float", "value | float", "As a number."),
          word("string", "value | string", "As a text."),
          word("abs", "number | abs", "Without its sign."),
          word("tojson", "value | tojson(indent=2)", "As JSON."),
          word("indent", "text | indent(2)", "With each line but the first moved in."),
          word("truncate", "text | truncate(80)", "Cut to a length."),
          word("wordcount", "text | wordcount", "How many words."));

  static final List<KeyInfo> TESTS =
      List.of(
          word("defined", "value is defined", "There is such a variable."),
          word("undefined", "value is undefined", "There is no such variable."),
          word("none", "value is none", "It is null."),
          word("string", "value is string", "It is a text."),
          word("number", "value is number", "It is a number."),
          word("integer", "value is integer", "It is a whole number."),
          word("boolean", "value is boolean", "It is true or false."),
          word("mapping", "value is mapping", "It has keys and values."),
          word("sequence", "value is sequence", "It has items in order."),
          word("iterable", "value is iterable", "It can be looped over."),
          word("odd", "number is odd", "It is not divisible by 2."),
          word("even", "number is even", "It is divisible by 2."),
          word("divisibleby", "number is divisibleby(3)", "It leaves nothing."),
          word("in", "value is in(list)", "It is one of these."));

  private JinjaWords() {}
}
