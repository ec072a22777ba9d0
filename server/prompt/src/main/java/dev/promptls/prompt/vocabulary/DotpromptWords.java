package dev.promptls.prompt.vocabulary;

import java.util.List;

/// The words of dotprompt and of our own dotted keys.
final class DotpromptWords {
  static final List<KeyInfo> KEYS =
      List.of(
          key("model", "string", "The model this prompt is written for.", "model: $1"),
          key("name", "string", "The name of the prompt; without it, the file's name.", "name: $1"),
          key("variant", "string", "Which variant of the prompt this is.", "variant: $1"),
          key("version", "string", "The version of the prompt.", "version: $1"),
          key("description", "string", "What the prompt is for, in a sentence.", "description: $1"),
          key("config", "object", "Settings of the generation.", "config:\n  temperature: ${1:0}"),
          keyWithDefault(
              "config.temperature",
              "number, 0 to 2",
              "How freely the next token is chosen: 0 always takes the likeliest one.",
              "0",
              "temperature: ${1:0}"),
          keyWithDefault(
              "config.maxOutputTokens",
              "integer",
              "The most tokens of an answer.",
              "128",
              "maxOutputTokens: ${1:128}"),
          keyWithDefault(
              "config.topK",
              "integer",
              "Choose among the `k` likeliest tokens only; 0 means all.",
              "0",
              "topK: ${1:40}"),
          keyWithDefault(
              "config.topP",
              "number, 0 to 1",
              "Choose among the likeliest tokens whose probabilities add up to `p`.",
              "1",
              "topP: ${1:0.95}"),
          keyWithDefault(
              "config.minP",
              "number, 0 to 1",
              "Choose among tokens at least `p` times as likely as the likeliest.",
              "0",
              "minP: ${1:0.05}"),
          key(
              "config.seed",
              "integer",
              "The same seed, prompt and model give the same answer.",
              "seed: ${1:1}"),
          keyWithDefault(
              "config.repetitionPenalty",
              "number, 1 is off",
              "Makes tokens that were seen already less likely.",
              "1",
              "repetitionPenalty: ${1:1.1}"),
          key(
              "config.stopSequences",
              "list of strings",
              "The answer ends before the first of these texts.",
              "stopSequences: [\"${1:\\n}\"]"),
          key(
              "input",
              "object",
              "The variables of the prompt.",
              "input:\n  schema:\n    $1: string"),
          key(
              "input.schema",
              "Picoschema or JSON schema",
              "The variables with their types: `name?: type, description`.",
              "schema:\n  ${1:name}: ${2:string}"),
          key(
              "input.default",
              "object",
              "Values of variables that are not given.",
              "default:\n  ${1:name}: $2"),
          key("output", "object", "The form of the answer.", "output:\n  format: ${1|text,json|}"),
          new KeyInfo(
              "output.format",
              "string",
              "The form of the answer.",
              List.of("text", "json", "media"),
              "text",
              "format: ${1|text,json,media|}"),
          key(
              "output.schema",
              "Picoschema or JSON schema",
              "What a JSON answer holds.",
              "schema:\n  ${1:name}: ${2:string}"),
          key("tools", "list of strings", "Names of tools the model may call.", "tools: [$1]"),
          key(
              "toolDefs",
              "list of objects",
              "Tools that are defined here.",
              "toolDefs:\n  - name: $1"),
          key("toolDefs.name", "string", "The tool's name, as the model calls it.", "name: $1"),
          key(
              "toolDefs.description",
              "string",
              "What the tool does, for the model to decide by.",
              "description: $1"),
          key(
              "toolDefs.inputSchema",
              "Picoschema or JSON schema",
              "What the tool is given.",
              "inputSchema:\n  ${1:name}: ${2:string}"),
          key(
              "toolDefs.outputSchema",
              "Picoschema or JSON schema",
              "What the tool answers.",
              "outputSchema:\n  ${1:name}: ${2:string}"),
          key("ext", "object", "Filled from keys with a dot: `a.b: 1` is `ext.a.b`.", ""),
          key(
              "promptls.examples",
              "file name",
              "Rows that are the prompt's examples, as a JSONL, JSON, CSV or TSV file beside the"
                  + " prompt: items of the list that `{{#each}}` goes over, or `{input, expected}`.",
              "promptls.examples: ${1:examples.jsonl}"),
          key(
              "promptls.tests",
              "file name, or list of rows",
              "Test rows `{id?, input, expected}`, as a JSONL or CSV file beside the prompt.",
              "promptls.tests: ${1:tests.jsonl}"),
          new KeyInfo(
              "promptls.metrics",
              "list of names",
              "How answers to test rows are measured.",
              List.of(
                  "exact_match",
                  "f1",
                  "accuracy",
                  "bleu",
                  "chrf",
                  "rouge",
                  "meteor",
                  "contains",
                  "regex",
                  "similarity"),
              "[exact_match]",
              "promptls.metrics: [${1:exact_match}]"),
          new KeyInfo(
              "promptls.strategy",
              "name, or `{name, …}`",
              "How an answer is reasoned for.",
              List.of(
                  "direct",
                  "few-shot",
                  "cot",
                  "zero-shot-cot",
                  "self-consistency",
                  "php",
                  "least-to-most",
                  "self-ask",
                  "plan-and-solve"),
              "direct",
              "promptls.strategy: ${1:cot}"));

  static final List<KeyInfo> ROLES =
      List.of(
          word("system", "role", "What the model is told before the conversation."),
          word("user", "role", "What the person says. Text before any role is the user's."),
          word("model", "role", "What the model said: with a user message before it, an example."),
          word("tool", "role", "What a tool answered."));

  /// The types of Picoschema.
  static final List<KeyInfo> TYPES =
      List.of(
          word("string", "type", "A text."),
          word("number", "type", "A number."),
          word("integer", "type", "A whole number."),
          word("boolean", "type", "`true` or `false`."),
          word("null", "type", "Nothing."),
          word("any", "type", "Whatever it is."));

  /// What a block gives by itself.
  static final List<KeyInfo> CONTEXT =
      List.of(
          word("this", "of the loop", "The item or value that the block is about."),
          word("@index", "of the loop", "The number of the item, from 0."),
          word("@first", "of the loop", "Whether it is the first item."),
          word("@last", "of the loop", "Whether it is the last item."),
          word(
              "@key", "of the loop", "The name of the field, where the loop goes over an object."));

  static final List<KeyInfo> HELPERS =
      List.of(
          helper(
              "role", "{{role \"name\"}}", "Begins a message.", "role \"${1|system,user,model|}\""),
          helper("history", "{{history}}", "Puts the conversation so far here.", "history"),
          helper(
              "media",
              "{{media url=… contentType=…}}",
              "An image or sound, by URL or as data URL.",
              "media url=${1:image}"),
          helper(
              "section",
              "{{section \"name\"}}",
              "A place that something else is to fill.",
              "section \"$1\""),
          helper("json", "{{json value indent=2}}", "Prints a value as JSON.", "json ${1:value}"),
          helper(
              "if",
              "{{#if value}}…{{else}}…{{/if}}",
              "The block, if the value is neither empty, 0, false nor missing.",
              "#if ${1:value}}}$2{{/if"),
          helper(
              "unless",
              "{{#unless value}}…{{/unless}}",
              "The block, if the value is empty, 0, false or missing.",
              "#unless ${1:value}}}$2{{/unless"),
          helper(
              "each",
              "{{#each list}}…{{else}}…{{/each}}",
              "The block for each item; `this`, `@index`, `@first`, `@last` and `@key` tell which.",
              "#each ${1:examples}}}\n$2\n{{/each"),
          helper(
              "with",
              "{{#with value}}…{{/with}}",
              "The block with the fields of a value as its variables.",
              "#with ${1:value}}}$2{{/with"),
          helper(
              "lookup",
              "{{lookup map key}}",
              "The field or item of that name or number.",
              "lookup ${1:map} ${2:key}"),
          helper(
              "ifEquals",
              "{{#ifEquals a b}}…{{else}}…{{/ifEquals}}",
              "The block, if both are the same; `1` and `\"1\"` are not.",
              "#ifEquals ${1:a} ${2:b}}}$3{{/ifEquals"),
          helper(
              "unlessEquals",
              "{{#unlessEquals a b}}…{{/unlessEquals}}",
              "The block, if both are not the same.",
              "#unlessEquals ${1:a} ${2:b}}}$3{{/unlessEquals"),
          helper("log", "{{log value}}", "Prints nothing.", "log ${1:value}"));

  private DotpromptWords() {}

  private static KeyInfo key(String name, String type, String meaning, String snippet) {
    return new KeyInfo(name, type, meaning, List.of(), "", snippet);
  }

  private static KeyInfo keyWithDefault(
      String name, String type, String meaning, String defaultValue, String snippet) {
    return new KeyInfo(name, type, meaning, List.of(), defaultValue, snippet);
  }

  private static KeyInfo word(String name, String type, String meaning) {
    return new KeyInfo(name, type, meaning, List.of(), "", "");
  }

  private static KeyInfo helper(String name, String signature, String meaning, String snippet) {
    return new KeyInfo(name, signature, meaning, List.of(), "", snippet);
  }
}
