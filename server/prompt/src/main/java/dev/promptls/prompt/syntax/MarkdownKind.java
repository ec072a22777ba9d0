package dev.promptls.prompt.syntax;

import java.util.Locale;

/// What a Markdown file of VS Code is for; its name says it.
public enum MarkdownKind {
  /// `*.prompt.md`: sent as what the user says.
  PROMPT,
  /// `*.instructions.md`: said before every conversation about some files.
  INSTRUCTIONS,
  /// `*.agent.md`, or `*.chatmode.md` as it was called: who the assistant is.
  AGENT,
  /// `SKILL.md`: how to do something, read when it is needed.
  SKILL;

  /// The kind of a file, by its name or path; a prompt if nothing else is said.
  public static MarkdownKind of(String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".instructions.md") || lower.equals("copilot-instructions.md")) {
      return INSTRUCTIONS;
    }
    if (lower.endsWith(".agent.md") || lower.endsWith(".chatmode.md")) {
      return AGENT;
    }
    return lower.equals("skill.md") ? SKILL : PROMPT;
  }

  /// Who says the body: the system for what is said before the conversation.
  String role() {
    return this == INSTRUCTIONS || this == AGENT ? "system" : "user";
  }
}
