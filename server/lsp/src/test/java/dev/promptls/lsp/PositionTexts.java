package dev.promptls.lsp;

import java.util.Map;

/// Prompts in every format, with `¤` where odd characters go, `§` where one outside the basic plane
/// does, and mistakes to be found.
final class PositionTexts {
  private PositionTexts() {}

  static String of(String name) {
    String text = TEXTS.get(name);
    if (text == null) {
      throw new IllegalArgumentException(name);
    }
    return text;
  }

  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry(
              "few-shot.prompt",
              """
              ---
              model: fake ¤
              name: "¤"
              input:
                schema:
                  review: string, the ¤ text
                  unused¤: integer
                default:
                  review: ¤ Fine.
              promptls.tests: rows.jsonl
              ---
              {{! ¤ }}Judge each review.\t{{missing}}

              Review: Wonderful ¤, I smiled.
              Sentiment: positive

              Review: ¤\tIt broke at once.
              Sentiment: negative ¤

              {{> part tone="¤"}} ¤ {{> nowhere}}
              Review: ¤ {{review}} ¤
              Sentiment:\
              """),
          Map.entry(
              "messages.prompt",
              """
              ---
              input:
                default: {word: ¤}
              ---
              {{role "system"}}¤ Answer with ¤ one word.
              {{role "user"}}Word: ¤ day
              {{role "model"}}¤ night
              {{role "user"}}Word: hot ¤
              {{role "model"}}¤ cold
              ¤ {{role "user"}}Word: ¤{{word}}¤ {{#if ¤word}}¤{{else}}{{word}}{{/if}}
              """),
          Map.entry(
              "broken.prompt",
              """
              ---
              §: {§: [§, "\\§
              input: &§ *§
              §
              ---
              {{§}} {{#if §}} {{/§}} {{> §}} {{role §}} {{role "§"}} {{#each §}} {{else §}} {{§.§ §=§}} {{"§}} {{[§}}
              {{#§}} {{{§}} {{!-- § --}} {{&§}} {{x (§ §}} {{x 1§}} {{x.§}} {{@§}} {{history}}{{media url=§}} {{§\
              """),
          Map.entry(
              "broken.prompty",
              """
              ---
              §: {§: [§, "\\§
              model: {§: §}
              §
              ---
              system[§=§]:
              {{ § }} {% § %} {% if § %} {{ 1§ }} {{ "\\§" }} {{ '§ }} {{ x|§ }} {{ x.§ }} {% end§ %} {{ ~§ }} {{ x is § }} {% for § in § %} {# § #}
              §:
              {% raw %}§ {{ x[§ }}\
              """),
          Map.entry(
              "loop.prompt",
              """
              ---
              input:
                default:
                  question: ¤ why
                  examples:
                    - q: ¤ one
                      a: ¤ eins
                    - {q: "¤ two", a: ¤}
              ---
              {{#each examples}}
              Question: {{q}} ¤
              Answer: {{a}} ¤
              {{/each}}
              Question: {{question}} ¤ {{unclosed
              Answer:
              """),
          Map.entry(
              "judge.prompty",
              """
              ---
              name: ¤
              description: ¤ judges
              inputs:
                review:
                  kind: string
                  default: ¤ {{Fine}}
              ---
              system:
              ¤ You judge {{ review | upper }} ¤.

              user:
              {% if review %}¤ {{ review }}{% endif %} ¤ {{ missing }} {% for x in ¤ %}
              """),
          Map.entry(
              "judge.prompt.yml",
              """
              name: ¤
              model: openai/gpt-4o
              modelParameters:
                temperature: ¤
              messages:
                - role: system
                  content: |
                    ¤ You judge {{review}} ¤.
                    And ¤ {{other}}.
                - role: user
                  content: "¤ {{review}} \\u00e9 ¤ {{missing}}"
                - role: ¤
                  content: '¤ ''{{review}}'' ¤'
              testData:
                - review: ¤ good
                  expected: ¤
              evaluators:
                - name: ¤
                  string: {contains: ¤}
              """),
          Map.entry(
              "judge.prompt.md",
              """
              ---
              description: ¤ judges
              mode: ¤
              tools: [¤, 'codebase']
              ---
              # ¤ Heading ¤

              ¤ See [part ¤](_part.prompt) and [nowhere](¤.md) ${input:review:¤} ¤ ${selection}.
              ## ¤
              """),
          Map.entry(
              "judge.prompt.txt",
              """
              ¤ Translate.

              English: ¤ day
              German: ¤ Tag

              English: night ¤
              German: Nacht

              English: ¤
              German:\
              """),
          Map.entry(
              "chat.jsonl",
              """
              {"messages": [{"role": "system", "content": "¤ Judge."}, {"role": "user", "content": "¤ \\u00e9\\n ¤"}, {"role": "assistant", "content": "¤"}]}
              {"messages": [{"role": "¤", "content": "¤"}], "¤": 1}
              {"messages": [{"role": "user", "content": ¤}]}
              """),
          Map.entry(
              "alpaca.json",
              """
              [
                {"instruction": "¤ Judge.", "input": "¤ \\n good", "output": "¤ positive"},
                {"instruction": "Judge.", "input": "¤ bad", "output": "negative ¤", "¤": ¤}
              ]
              """),
          Map.entry(
              "sharegpt.json",
              """
              [{"conversations": [{"from": "human", "value": "¤ Hi ¤"}, {"from": "gpt", "value": "¤"}]},
               {"conversations": [{"from": "¤", "value": "¤"}]}]
              """),
          Map.entry(
              "judge.poml",
              """
              <poml>
                <role>¤ You judge ¤.</role>
                <task caption="¤">¤ Judge {{review}} ¤ &amp; {{missing}}.</task>
                <example><input>¤ good</input><output>¤ positive</output></example>
                <example><input>bad ¤</input><output>negative</output></example>
                <unknown¤>¤</unknown¤>
              """));
}
