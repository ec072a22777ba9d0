package dev.promptls.prompt.shots;

/// Prompts whose examples stand in strings and records.
final class CodedTexts {
  private CodedTexts() {}

  static final String YAML_STRING =
      """
      messages:
        - role: system
          content: "Judge \\"reviews\\".\\n\\nReview: Tr\\xE8s bon!\\nSentiment: good\\n\\nReview: So \\"bad\\".\\nSentiment: bad\\n\\nReview: 5 \\u2605\\nSentiment: good"
        - role: user
          content: '{{review}}'
      """;

  static final String JSON_STRING =
      """
      {"messages": [{"role": "user", "content": "Q: 1 + 1\\nA: 2\\n\\nQ: \\"one\\" + \\ud83d\\ude00\\nA: no \\\\ idea\\n\\nQ: 2 + 2\\nA: 4\\n\\nQ: 3 + 3\\nA:"}]}
      """;

  static final String CHATS =
      """
      {"messages": [{"role": "user", "content": "sea"}, {"role": "assistant", "content": "mer"}], "weight": 2}

      {"messages": [{"role": "user", "content": "What is \\"sky\\"?"}, {"role": "assistant", "content": "ciel\\n"}]}
      {"messages": [{"role": "user", "content": "no answer"}]}
      {"messages": [{"role": "user", "content": "sun"}, {"role": "assistant", "content": "soleil"}]}
      """;

  static final String CHAT_LIST =
      """
      [
        {"conversations": [{"from": "human", "value": "sea"}, {"from": "gpt", "value": "mer"}]},
        {"conversations": [{"from": "human", "value": "sky"}, {"from": "gpt", "value": "ciel"}]},
        {"conversations": [{"from": "human", "value": "sun"}, {"from": "gpt", "value": "soleil"}]}
      ]
      """;
}
