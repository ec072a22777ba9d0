package dev.promptls.lab.files;

import com.google.gson.JsonParseException;
import dev.promptls.lab.Json;
import dev.promptls.prompt.check.LintSettings;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.syntax.Link;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.workspace.FileNames;
import dev.promptls.prompt.workspace.Partials;
import dev.promptls.prompt.workspace.References;
import dev.promptls.prompt.workspace.SourceTexts;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the files around a prompt say to its rules.
///
/// @param path of the prompt, absolute, with `/`
/// @param prompt as it is now
/// @param root above which no partial is looked for
/// @param sources of other files
/// @param roots outside which nothing is looked at
/// @param state of the other files: as long as it is equal, so are the answers
public record FileSurroundings(
    String path,
    PromptFile prompt,
    String root,
    SourceTexts sources,
    Roots roots,
    LintSettings settings,
    Object state)
    implements Surroundings {
  private static final int MOST_ROWS = 10_000;

  /// Whether the answers are the same. Those about rows depend on which the prompt names, so a
  /// prompt that was changed has surroundings of its own.
  @Override
  @SuppressWarnings("ReferenceEquality") // To compare trees would cost more than it saves.
  public boolean equals(@Nullable Object other) {
    return other instanceof FileSurroundings that
        && prompt == that.prompt
        && path.equals(that.path)
        && settings.equals(that.settings)
        && state.equals(that.state);
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  @Override
  public Partials partials() {
    return new Partials(FileNames.folder(path), root, sources);
  }

  @Override
  public Presence file(String relative) {
    String target = FileNames.resolve(FileNames.folder(path), relative);
    if (target == null) {
      return Presence.UNKNOWN;
    }
    try {
      Path file = Path.of(target);
      if (!roots.contains(file)) {
        return Presence.UNKNOWN;
      }
      if (roots.resolve(file) != null || sources.text(target) != null) {
        return Presence.PRESENT;
      }
      // A link that leads out is there, whatever lies behind it.
      return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Presence.UNKNOWN : Presence.ABSENT;
    } catch (InvalidPathException notAPath) {
      return Presence.UNKNOWN;
    }
  }

  @Override
  public List<TestRow> testRows() {
    List<TestRow> rows = new ArrayList<>();
    for (Link link : prompt.links()) {
      String target = link.kind() == Link.Kind.DATA ? References.target(path, link) : null;
      String text = target == null || !target.endsWith(".jsonl") ? null : sources.text(target);
      if (text != null) {
        int line = 0;
        for (String row : text.lines().limit(MOST_ROWS).toList()) {
          line++;
          Map<String, @Nullable Object> input = input(row);
          if (!input.isEmpty()) {
            rows.add(new TestRow(link.path() + ", line " + line, input));
          }
        }
      }
    }
    return rows;
  }

  /// What a row gives the prompt: all of it, or what is under `input`.
  private static Map<String, @Nullable Object> input(String row) {
    try {
      Object value = row.isBlank() ? null : Json.plain(Json.parse(row));
      if (value instanceof Map<?, ?> map) {
        Map<?, ?> given = map.get("input") instanceof Map<?, ?> input ? input : map;
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        given.forEach((name, each) -> named.put(String.valueOf(name), each));
        return named;
      }
    } catch (JsonParseException broken) {
      // A row that is no JSON gives no inputs; whoever runs the tests says so.
      return Map.of();
    }
    return Map.of();
  }
}
