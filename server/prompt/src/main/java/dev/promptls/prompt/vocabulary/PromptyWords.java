package dev.promptls.prompt.vocabulary;

import static dev.promptls.prompt.vocabulary.KeyInfo.key;
import static dev.promptls.prompt.vocabulary.KeyInfo.word;

import java.util.ArrayList;
import java.util.List;

/// The words of Prompty, version 2 and what lives on of version 1 (microsoft/prompty).
final class PromptyWords {
  private static final List<KeyInfo> ABOUT =
      List.of(
          key("name", "string", "The name of the prompt."),
          key("description", "string", "What the prompt is for, in a sentence."),
          key("metadata", "object", "Anything about the prompt: `authors`, `tags`, `version`."),
          key("metadata.authors", "list of strings", "Who wrote it.").inserting("authors: [$1]"),
          key("metadata.tags", "list of strings", "Words to find it by.").inserting("tags: [$1]"),
          key("metadata.version", "string", "The version of the prompt."),
          key("authors", "list of strings", "Who wrote it; version 2 has it under `metadata`.")
              .now("metadata.authors"),
          key("tags", "list of strings", "Words to find it by; version 2 has it under `metadata`.")
              .now("metadata.tags"),
          key("version", "string", "The version; version 2 has it under `metadata`.")
              .now("metadata.version"),
          key("kind", "string", "What the file is: always `prompt`.").oneOf("prompt"),
          key("instructions", "string", "The template, where it is not the body."));

  private static final List<KeyInfo> MODEL =
      List.of(
          key("model", "string or object", "The model: its name, or all about it.")
              .inserting("model:\n  id: $1"),
          key("model.id", "string", "The name of the model or deployment."),
          key("model.provider", "string", "Who serves it, as `openai`, `azure` or `anthropic`."),
          key("model.apiType", "string", "What is asked of it.")
              .oneOf("chat", "responses", "agent", "embedding", "image")
              .byDefault("chat"),
          key("model.connection", "object", "How to reach it."),
          key("model.connection.kind", "string", "How to sign in.")
              .oneOf("key", "reference", "remote", "anonymous", "foundry", "oauth"),
          key("model.connection.endpoint", "string", "The address, often `${env:NAME}`."),
          key("model.connection.apiKey", "string", "The key: `${env:NAME}`, never the key itself.")
              .inserting("apiKey: \\${env:${1:OPENAI_API_KEY}}"),
          key("model.connection.name", "string", "The name of a connection kept elsewhere."),
          key("model.options", "object", "Settings of the generation."),
          key(
              "model.options.temperature",
              "number, 0 to 2",
              "How freely the next token is chosen."),
          key("model.options.maxOutputTokens", "integer", "The most tokens of an answer."),
          key("model.options.topP", "number, 0 to 1", "Choose among the likeliest tokens."),
          key("model.options.topK", "integer", "Choose among the `k` likeliest tokens."),
          key("model.options.seed", "integer", "The same seed gives the same answer."),
          key("model.options.frequencyPenalty", "number, -2 to 2", "Against words used often."),
          key("model.options.presencePenalty", "number, -2 to 2", "Against words used at all."),
          key("model.options.stopSequences", "list of strings", "The answer ends before these.")
              .inserting("stopSequences: [\"$1\"]"),
          key("model.options.allowMultipleToolCalls", "boolean", "Whether several tools at once.")
              .oneOf("true", "false"),
          key("model.options.additionalProperties", "object", "What else the service knows."),
          key("model.api", "string", "Version 1: what is asked of the model.")
              .now("model.apiType")
              .oneOf("chat", "completion"),
          key("model.configuration", "object", "Version 1: how to reach the model.")
              .now("model.connection"),
          key("model.configuration.type", "string", "Version 1: who serves it.")
              .oneOf("azure_openai", "openai", "azure_serverless", "serverless", "maas", "azureml"),
          key("model.configuration.name", "string", "Version 1: the model."),
          key("model.configuration.azure_endpoint", "string", "Version 1: the address."),
          key("model.configuration.azure_deployment", "string", "Version 1: the deployment."),
          key("model.configuration.api_version", "string", "Version 1: the service's version."),
          key("model.configuration.api_key", "string", "Version 1: `${env:NAME}`."),
          key("model.parameters", "object", "Version 1: settings of the generation.")
              .now("model.options"),
          key("model.parameters.temperature", "number, 0 to 2", "Version 1: see `options`."),
          key("model.parameters.max_tokens", "integer", "Version 1: the most tokens."),
          key("model.parameters.top_p", "number, 0 to 1", "Version 1: see `options`."),
          key("model.response", "string", "Version 1: how much of the reply is given.")
              .oneOf("first", "full", "all"));

  /// The kinds of inputs and outputs.
  static final List<KeyInfo> KINDS =
      List.of(
          word("string", "kind", "A text."),
          word("integer", "kind", "A whole number."),
          word("float", "kind", "A number."),
          word("boolean", "kind", "`true` or `false`."),
          word("array", "kind", "A list."),
          word("object", "kind", "A map with fields."),
          word("thread", "kind", "The conversation so far: its messages."),
          word("image", "kind", "An image."),
          word("audio", "kind", "A sound."),
          word("file", "kind", "A file."));

  private static final List<KeyInfo> VARIABLES =
      List.of(
          key("inputs", "list of objects, or object", "The variables of the prompt.")
              .inserting("inputs:\n  - name: $1\n    kind: ${2:string}\n    default: $3"),
          key("inputs.name", "string", "The variable's name."),
          key("inputs.kind", "string", "The type, such as `string`, `array` or `thread`."),
          key("inputs.description", "string", "What it is."),
          key("inputs.required", "boolean", "Whether a value must be given.")
              .oneOf("true", "false"),
          key("inputs.strict", "boolean", "Whether values that look like a role line are refused.")
              .oneOf("true", "false"),
          key("inputs.default", "any", "The value, if none is given."),
          key("inputs.example", "any", "A value for tests; never used as one."),
          key("inputs.enumValues", "list", "The values allowed.").inserting("enumValues: [$1]"),
          key("inputSchema", "object", "The former name of `inputs`.").now("inputs"),
          key("sample", "object or string", "Version 1: values of the variables, or their file.")
              .now("inputs"),
          key("outputs", "list of objects, or object", "What the answer holds, as JSON.")
              .inserting("outputs:\n  - name: $1\n    kind: ${2:string}"),
          key("outputs.name", "string", "The field's name."),
          key("outputs.kind", "string", "The type, such as `string`, `array` or `thread`."),
          key("outputs.description", "string", "What it is."),
          key("outputs.required", "boolean", "Whether it must be there.").oneOf("true", "false"),
          key("outputSchema", "object", "The former name of `outputs`.").now("outputs"));

  private static final List<KeyInfo> REST =
      List.of(
          key("tools", "list of objects, or object", "Tools that the model may call.")
              .inserting("tools:\n  - name: $1\n    kind: ${2|function,mcp,openapi,custom|}"),
          key("tools.name", "string", "The tool's name."),
          key("tools.kind", "string", "What it is: `function`, `mcp`, `openapi`, or one's own."),
          key("tools.description", "string", "What it does."),
          key("tools.parameters", "list of objects, or object", "What it is given."),
          key("tools.strict", "boolean", "Whether calls must fit the parameters exactly.")
              .oneOf("true", "false"),
          key("tools.bindings", "object", "Parameters that are given from inputs."),
          key("tools.connection", "object", "How to reach it."),
          key("tools.serverName", "string", "The MCP server."),
          key("tools.specification", "string", "The OpenAPI document."),
          key("template", "object", "How the body is read."),
          key("template.format", "string or object", "The template language.")
              .oneOf("jinja2", "mustache")
              .byDefault("jinja2"),
          key("template.format.kind", "string", "The template language.")
              .oneOf("jinja2", "mustache")
              .byDefault("jinja2"),
          key("template.format.strict", "boolean", "Whether values may not make messages.")
              .oneOf("true", "false"),
          key("template.parser", "string or object", "How messages are told apart.")
              .oneOf("prompty")
              .byDefault("prompty"),
          key("template.parser.kind", "string", "How messages are told apart.")
              .oneOf("prompty")
              .byDefault("prompty"),
          key("template.type", "string", "Version 1: the template language.")
              .now("template.format")
              .oneOf("jinja2", "mustache"),
          key("base", "string", "Version 1: a file whose settings are taken over."));

  static final List<KeyInfo> KEYS = join(ABOUT, MODEL, VARIABLES, REST);

  static final List<KeyInfo> ROLES =
      List.of(
          word(
              "system",
              "role",
              "What the model is told; text before any role line is the system's."),
          word("user", "role", "What the person says."),
          word("assistant", "role", "What the model said: after a user message, an example."),
          word(
              "developer", "role", "What the developer tells the model, as newer models call it."));

  private PromptyWords() {}

  @SafeVarargs
  private static List<KeyInfo> join(List<KeyInfo>... parts) {
    List<KeyInfo> all = new ArrayList<>();
    for (List<KeyInfo> part : parts) {
      all.addAll(part);
    }
    return List.copyOf(all);
  }
}
