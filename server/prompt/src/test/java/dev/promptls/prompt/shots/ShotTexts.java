package dev.promptls.prompt.shots;

/// Prompts with examples in every shape.
final class ShotTexts {
  private ShotTexts() {}

  static final String LOOP =
      """
      ---
      input:
        default:
          review: fine
          examples:
            - review: great film
              sentiment: positive
            - {review: a bore, sentiment: negative}
            - review: it rained
              sentiment: neutral
      ---
      Classify.
      {{#each examples}}
      Review: {{review}}
      Sentiment: {{sentiment}}

      {{/each}}
      Review: {{review}}
      Sentiment:
      """;

  static final String FLOW =
      """
      ---
      input:
        default:
          examples: [{word: hot, opposite: cold}, {word: "up", opposite: down},
            {word: big, opposite: small}]
      ---
      {{~#each examples}}
      {{~role "user"~}}
      {{word}}
      {{~role "model"~}}
      {{opposite}}
      {{~/each}}
      {{~role "user"~}}
      {{word}}
      """;

  static final String SCALARS =
      """
      ---
      input:
        schema:
          text: string
        default:
          # the examples
          examples:
          # the first
          -   text: |
                two
                lines
              label: a   # sure
          -   text: >-
                folded
                text
              label: "b"
          # the last
          -   label: 'c'
              text: plain
          text: the query
      ---
      {{#each examples}}
      T: {{text}}
      L: {{label}}
      {{/each}}
      T: {{text}}
      L:
      """;

  static final String MESSAGES =
      """
      ---
      model: x
      ---
      {{role "system"~}}
      Classify.
      {{~role "user"~}}
      I loved it.
      {{~role "model"~}}
      positive
      {{~role "user"~}}
      I hated it.
      {{~role "model"~}}
      negative
      {{~role "user"~}}
      I would go again.
      {{~role "model"~}}
      positive
      {{~role "user"~}}
      {{review}}
      """;

  static final String IMPLIED =
      """
      I loved it.
      {{role "model"}}
      positive
      {{role "user"}}
      I hated it.
      {{role "model"}}
      negative
      {{role "user"}}
      {{review}}
      """;

  static final String BLOCKS =
      """
      Answer.

      Q: What is the capital of France?
      A: Paris

      Q: How many legs does a spider have?
      A: eight

      Q: Who wrote Hamlet?
      A: Shakespeare

      Q: {{question}}
      A:
      """;

  static final String NUMBERED =
      """
      Q1: What is the capital of France?
      A1: Paris

      Q2: How many legs does a spider have?
      A2: eight

      Q3: Who wrote Hamlet?
      A3: Shakespeare

      Q4: {{question}}
      A4:
      """;

  static final String RULED =
      """
      Sort the mail.
      ---
      **Subject:** Lunch
      **From:** Ann
      **Folder:** private
      ---
      **Subject:** Invoice
      **From:** Bob
      **Folder:** work
      ---
      **Subject:** {{subject}}
      **From:** {{sender}}
      **Folder:**
      """;

  static final String ARROWS =
      """
      Translate:
      cat -> chat
      dog  ->  chien
      bird -> oiseau
      {{word}} ->
      """;

  static final String REASONED =
      """
      Q: Leo has 9 coins and gives 4 away. How many are left?
      A: He starts with 9. 9 - 4 = 5. The answer is 5.

      Q: A box holds 6 eggs. How many are in 3 boxes?
      A: 3 * 6 = 18. The answer is 18.

      Q: {{question}}
      A:
      """;

  static final String REASONED_MESSAGES =
      """
      {{role "user"}}Leo has 9 coins and gives 4 away.
      {{role "model"}}He starts with 9. 9 - 4 = 5. #### 5
      {{role "user"}}A box holds 6 eggs. How many are in 3?
      {{role "model"}}3 * 6 = 18. #### 18
      {{role "user"}}{{question}}
      """;

  static final String PROMPTY =
      """
      ---
      name: x
      ---
      system:
      Classify.

      user:
      I loved it.

      assistant:
      positive

      user:
      I hated it.

      assistant:
      negative

      user:
      {{review}}
      """;

  static final String GITHUB =
      """
      name: opposites
      messages:
        - role: system
          content: Answer with the opposite.
        - role: user
          content: hot
        - role: assistant
          content: cold
        # A hard one.
        - role: user
          content: |-
            up
            there
        - role: assistant
          content: "down"
        - role: user
          content: "{{input}}"
      testData:
        - input: big
          expected: small
      """;

  static final String GITHUB_FLOW =
      """
      messages: [{role: user, content: hot}, {role: assistant, content: cold},
        {role: user, content: "up"}, {role: assistant, content: 'down'},
        {role: user, content: "{{input}}"}]
      """;

  static final String JSON =
      "{\"messages\": [{\"role\": \"system\", \"content\": \"Say the opposite.\"},"
          + " {\"role\": \"user\", \"content\": \"hot\"},"
          + " {\"role\": \"assistant\", \"content\": \"cold\"},"
          + " {\"role\": \"user\", \"content\": \"up\\nthere\"},"
          + " {\"role\": \"assistant\", \"content\": \"down\"},"
          + " {\"role\": \"user\", \"content\": \"big\"}]}\n";

  static final String TAGGED =
      """
      Classify.
      <example>
      <review>Great, truly.</review>
      <label>positive</label>
      </example>
      <example>
      <review>Awful.</review>
      <label>negative</label>
      </example>

      <review>{{review}}</review>
      <label>
      """;

  static final String HEADED =
      """
      ## Example 1
      Review: Great.
      Sentiment: positive

      ## Example 2
      Review: Awful.
      Sentiment: negative

      Review: {{review}}
      Sentiment:
      """;

  static final String TABLE =
      """
      Examples:

      | word | opposite |
      |------|----------|
      | hot  | cold     |
      | up   | down     |
      """;

  static final String UNBALANCED =
      """
      ---
      input:
        default:
          examples:
            - {text: a, mood: good}
            - {text: b, mood: good}
            - {text: c, mood: bad}
            - {text: d, mood: good}
            - {text: e, mood: bad}
            - {text: f, mood: good}
      ---
      {{#each examples}}
      {{text}} is {{mood}}
      {{/each}}
      {{text}} is
      """;

  static final String EMPTY =
      """
      ---
      input:
        default:
          examples: []
      ---
      {{#each examples}}
      Q: {{question}}
      A: {{answer}}
      {{/each}}
      Q: {{question}}
      A:
      """;
}
