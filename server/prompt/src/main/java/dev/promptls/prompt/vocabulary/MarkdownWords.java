package dev.promptls.prompt.vocabulary;

import static dev.promptls.prompt.vocabulary.KeyInfo.key;
import static dev.promptls.prompt.vocabulary.KeyInfo.word;

import dev.promptls.prompt.syntax.MarkdownKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The words of VS Code's Markdown files (microsoft/vscode, `promptFileAttributes.ts`) and of Agent
/// Skills (agentskills.io).
final class MarkdownWords {
  private static final KeyInfo TOOLS =
      key("tools", "list of strings, or string", "The tools and tool sets that may be used.")
          .inserting("tools: [${1:'search'}]");
  private static final KeyInfo MODEL =
      key(
          "model",
          "string, or list of strings",
          "The model; of a list, the first that is available.");
  private static final KeyInfo HINT =
      key("argument-hint", "string", "Shown in the chat input: what to write behind the command.");
  private static final KeyInfo USER_INVOCABLE =
      key("user-invocable", "boolean", "Whether people can choose it themselves.")
          .oneOf("true", "false")
          .byDefault("true");
  private static final KeyInfo NO_MODEL_INVOCATION =
      key(
              "disable-model-invocation",
              "boolean",
              "Whether models are kept from choosing it by themselves.")
          .oneOf("true", "false")
          .byDefault("false");

  private static final List<KeyInfo> PROMPT =
      List.of(
          key("description", "string", "What the prompt does, in a sentence."),
          key("name", "string", "The command: typed after `/`; without it, the file's name."),
          HINT,
          key(
                  "agent",
                  "string",
                  "The agent that runs the prompt: `ask`, `agent`, `plan` or one's own.")
              .inserting("agent: ${1:agent}"),
          key("mode", "string", "The former name of `agent`.").now("agent"),
          MODEL,
          TOOLS);

  private static final List<KeyInfo> INSTRUCTIONS =
      List.of(
          key("description", "string", "What the instructions are about."),
          key("name", "string", "Shown in the editor; without it, the file's name."),
          key(
                  "applyTo",
                  "string",
                  "Glob patterns, parted by commas, of the files that the instructions are for;"
                      + " `**` is all.")
              .inserting("applyTo: '${1:**}'"),
          key(
              "excludeAgent",
              "string, or list of strings",
              "Agents that do not get the instructions."));

  private static final List<KeyInfo> AGENT =
      List.of(
          key("description", "string", "What the agent does and when to use it."),
          key("name", "string", "Shown in the editor; without it, the file's name."),
          HINT,
          TOOLS,
          MODEL,
          key("agents", "list of strings, or string", "Agents that it may use; `*` is all.")
              .inserting("agents: ['${1:*}']"),
          key("handoffs", "list of objects", "What to go on with, and with whom, when it is done.")
              .inserting(
                  """
                  handoffs:
                    - label: $1
                      agent: $2
                      prompt: $3
                      send: ${4|false,true|}\
                  """),
          key("handoffs.label", "string", "The text of the button."),
          key("handoffs.agent", "string", "The agent that goes on."),
          key("handoffs.prompt", "string", "What that agent is asked."),
          key("handoffs.send", "boolean", "Whether it is asked at once.")
              .oneOf("true", "false")
              .byDefault("false"),
          key("handoffs.showContinueOn", "boolean", "Whether to offer going on elsewhere.")
              .oneOf("true", "false"),
          key("handoffs.model", "string", "The model that goes on."),
          USER_INVOCABLE,
          NO_MODEL_INVOCATION,
          key("infer", "boolean, or string", "The former name of `user-invocable` and its kin.")
              .now("user-invocable"),
          key("target", "string", "Where the agent runs.").oneOf("vscode", "github-copilot"),
          key("mcp-servers", "object", "MCP servers of the agent, where it runs on GitHub."),
          key("hooks", "object", "Commands that run at points of the agent's life."),
          key("metadata", "object", "Anything else, for those who read it."),
          key("github", "object", "Settings of GitHub, such as the permissions of its token."),
          key("advancedOptions", "object", "Options of the agent that are not settled yet."));

  private static final List<KeyInfo> SKILL =
      List.of(
          key(
              "name",
              "string",
              "The skill's name and its folder's: up to 64 lower-case letters, digits and"
                  + " hyphens."),
          key(
              "description",
              "string",
              "What the skill does and when to use it, in up to 1024 characters. Models read it to"
                  + " choose."),
          key("license", "string, or object", "The licence, or the name of its file."),
          key("compatibility", "string, or object", "What the skill needs to work."),
          key("metadata", "object", "Anything else, for those who read it."),
          key("allowed-tools", "string, or list of strings", "Tools that need no leave."),
          HINT,
          USER_INVOCABLE,
          NO_MODEL_INVOCATION,
          key("context", "string", "`fork` has another agent do it.").oneOf("fork"));

  /// Of all kinds, for where the kind is not known.
  static final List<KeyInfo> KEYS = union();

  static final List<KeyInfo> VARIABLES =
      List.of(
          word("input:", "${input:name:placeholder}", "Asks for a value when the prompt is run."),
          word("selection", "${selection}", "What is selected in the editor."),
          word("selectedText", "${selectedText}", "What is selected in the editor."),
          word("file", "${file}", "The path of the file in the editor."),
          word("fileBasename", "${fileBasename}", "Its name."),
          word(
              "fileBasenameNoExtension",
              "${fileBasenameNoExtension}",
              "Its name without what follows the last dot."),
          word("fileDirname", "${fileDirname}", "The path of its folder."),
          word("workspaceFolder", "${workspaceFolder}", "The path of the workspace."),
          word("workspaceFolderBasename", "${workspaceFolderBasename}", "The workspace's name."));

  private MarkdownWords() {}

  static List<KeyInfo> keys(MarkdownKind kind) {
    return switch (kind) {
      case PROMPT -> PROMPT;
      case INSTRUCTIONS -> INSTRUCTIONS;
      case AGENT -> AGENT;
      case SKILL -> SKILL;
    };
  }

  private static List<KeyInfo> union() {
    Map<String, KeyInfo> all = new LinkedHashMap<>();
    for (MarkdownKind kind : MarkdownKind.values()) {
      keys(kind).forEach(key -> all.putIfAbsent(key.name(), key));
    }
    return List.copyOf(new ArrayList<>(all.values()));
  }
}
