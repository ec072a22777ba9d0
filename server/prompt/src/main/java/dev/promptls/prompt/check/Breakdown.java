package dev.promptls.prompt.check;

import dev.promptls.prompt.check.TokenBudget.Part;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/// Which parts of a prompt take how many tokens. They need not sum: a section's and an example's
/// are those of its own text, a message's those of what it becomes.
public final class Breakdown {
  /// Of each kind, as nobody reads more; the largest are kept.
  private static final int MOST = 100;

  private Breakdown() {}

  /// The messages, sections and examples of a prompt.
  ///
  /// @param messages counts what a message becomes
  /// @param texts counts a text alone
  public static List<Part> of(
      PromptFile file,
      Shots shots,
      ToIntFunction<MessageNode> messages,
      ToIntFunction<String> texts) {
    List<Part> parts = new ArrayList<>();
    for (MessageNode message : file.messages()) {
      parts.add(
          new Part(
              Part.Kind.MESSAGE,
              Names.shown(message.role()) + " message",
              message.span(),
              messages.applyAsInt(message)));
    }
    List<Part> kept = new ArrayList<>(largest(parts));
    parts.clear();
    for (Section section : Section.in(file)) {
      parts.add(
          new Part(
              Part.Kind.SECTION,
              "section " + Names.shown(section.name()),
              section.span(),
              texts.applyAsInt(section.span().of(file.text()).strip())));
    }
    kept.addAll(largest(parts));
    parts.clear();
    for (Example example : shots.examples()) {
      parts.add(
          new Part(
              Part.Kind.EXAMPLE,
              "example " + (example.index() + 1),
              example.range(),
              texts.applyAsInt(example.text())));
    }
    kept.addAll(largest(parts));
    return kept;
  }

  private static List<Part> largest(List<Part> parts) {
    if (parts.size() <= MOST) {
      return parts;
    }
    Set<Part> kept =
        new HashSet<>(
            parts.stream()
                .sorted(Comparator.comparingInt(Part::tokens).reversed())
                .limit(MOST)
                .toList());
    return parts.stream().filter(kept::contains).toList();
  }
}
