package dev.promptls.prompt.workspace;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the names of files say. Paths are written with `/`, whatever the platform.
public final class FileNames {
  private static final List<String> PROMPTS =
      List.of(
          ".prompt",
          ".prompty",
          ".prompt.yml",
          ".prompt.yaml",
          ".prompt.md",
          ".instructions.md",
          ".agent.md",
          ".chatmode.md",
          "copilot-instructions.md",
          ".poml");

  private FileNames() {}

  /// Whether a file of this name holds a prompt, whatever is in it.
  public static boolean isPrompt(String path) {
    String lower = name(path).toLowerCase(Locale.ROOT);
    return lower.equals("skill.md") || PROMPTS.stream().anyMatch(lower::endsWith);
  }

  /// Whether a file of this name holds chats or training data if its content says so.
  public static boolean mayBeChats(String path) {
    return path.toLowerCase(Locale.ROOT).endsWith(".jsonl");
  }

  /// The last part of a path.
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// A path without its last part and the slash before it; empty if there is no slash.
  public static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /// Where a relative path leads from a folder; null if it is absolute or leads above the top.
  public static @Nullable String resolve(String folder, String relative) {
    if (relative.startsWith("/") || relative.contains("\\") || relative.indexOf('\0') >= 0) {
      return null;
    }
    String at = folder;
    for (String part : relative.split("/", -1)) {
      switch (part) {
        case "", "." -> {}
        case ".." -> {
          if (at.isEmpty()) {
            return null;
          }
          at = folder(at);
        }
        default -> at = at + "/" + part;
      }
    }
    return at;
  }

  /// The way from a folder to a file: `../other/x.md`.
  public static String relative(String folder, String path) {
    String[] from = folder.split("/", -1);
    String[] to = path.split("/", -1);
    int same = 0;
    while (same < from.length && same < to.length - 1 && from[same].equals(to[same])) {
      same++;
    }
    return "../".repeat(from.length - same)
        + String.join("/", List.of(to).subList(same, to.length));
  }
}
