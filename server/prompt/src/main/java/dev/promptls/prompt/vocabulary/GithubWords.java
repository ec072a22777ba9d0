package dev.promptls.prompt.vocabulary;

import static dev.promptls.prompt.vocabulary.KeyInfo.key;
import static dev.promptls.prompt.vocabulary.KeyInfo.word;

import java.util.List;

/// The words of GitHub Models prompts, as `gh models` and `actions/ai-inference` read them.
final class GithubWords {
  static final List<KeyInfo> KEYS =
      List.of(
          key("name", "string", "The name of the prompt, for people."),
          key("description", "string", "What the prompt is for, in a sentence."),
          key("model", "string", "The model, as `publisher/model`.")
              .inserting("model: ${1:openai/gpt-4o-mini}"),
          key("modelParameters", "object", "Settings of the generation."),
          key("modelParameters.maxTokens", "integer", "The most tokens of an answer."),
          key(
              "modelParameters.maxCompletionTokens",
              "integer",
              "The most tokens of an answer; read by `actions/ai-inference`, not by `gh models`."),
          key(
              "modelParameters.temperature",
              "number, 0 to 2",
              "How freely the next token is chosen: 0 always takes the likeliest one."),
          key(
              "modelParameters.topP",
              "number, 0 to 1",
              "Choose among the likeliest tokens whose probabilities add up to `p`."),
          key("messages", "list of objects", "The conversation: `{role, content}` in order.")
              .inserting("messages:\n  - role: ${1|system,user,assistant|}\n    content: $2"),
          key("messages.role", "string", "Who says it.").oneOf("system", "user", "assistant"),
          key(
                  "messages.content",
                  "string",
                  "What is said. `{{name}}`, without blanks inside the braces, is replaced by a"
                      + " value.")
              .inserting("content: |\n  $1"),
          key("responseFormat", "string", "The form of the answer.")
              .oneOf("text", "json_object", "json_schema")
              .byDefault("text"),
          key(
                  "jsonSchema",
                  "JSON text",
                  "A text that holds JSON with `name`, `schema` and mostly `strict`; needed with"
                      + " `responseFormat: json_schema`.")
              .inserting(
                  """
                  jsonSchema: |-
                    {
                      "name": "${1:answer}",
                      "strict": true,
                      "schema": {"type": "object", "properties": {$2}}
                    }\
                  """),
          key(
                  "testData",
                  "list of objects",
                  "Test cases: each gives values of the variables, and by custom the answer as"
                      + " `expected`. Takes no part in running the prompt.")
              .inserting("testData:\n  - ${1:input}: $2\n    expected: $3"),
          key("evaluators", "list of objects", "How answers to the test data are judged.")
              .inserting(
                  """
                  evaluators:
                    - name: $1
                      string:
                        ${2|equals,contains,startsWith,endsWith|}: '$3'\
                  """),
          key("evaluators.name", "string", "The name of the evaluator."),
          key(
              "evaluators.string",
              "object",
              "A test of the text: one of `equals`, `contains`, `startsWith`, `endsWith`."),
          key("evaluators.string.equals", "string", "The answer is this text; case counts."),
          key("evaluators.string.contains", "string", "The answer has this text in it."),
          key("evaluators.string.startsWith", "string", "The answer begins with this text."),
          key("evaluators.string.endsWith", "string", "The answer ends with this text."),
          key("evaluators.llm", "object", "A model judges the answer."),
          key("evaluators.llm.modelId", "string", "The model that judges."),
          key(
              "evaluators.llm.prompt",
              "string",
              "What the judge is asked; `{{completion}}` is the answer under test."),
          key("evaluators.llm.systemPrompt", "string", "What the judge is told before."),
          key(
                  "evaluators.llm.choices",
                  "list of objects",
                  "The judge's possible answers with their scores.")
              .inserting("choices:\n  - choice: $1\n    score: ${2:1}"),
          key("evaluators.llm.choices.choice", "string", "An answer of the judge."),
          key("evaluators.llm.choices.score", "number", "Its score; passes above 0."),
          key("evaluators.uses", "string", "A ready-made evaluator.")
              .oneOf(
                  "github/similarity",
                  "github/relevance",
                  "github/groundedness",
                  "github/coherence",
                  "github/fluency"));

  static final List<KeyInfo> ROLES =
      List.of(
          word("system", "role", "What the model is told before the conversation."),
          word("user", "role", "What the person says."),
          word(
              "assistant",
              "role",
              "What the model said: with a user message before it, an example."));

  private GithubWords() {}
}
