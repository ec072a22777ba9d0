package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.LineIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Examples of one shape in another. Several ways of writing are tried, the most readable first;
/// the first is taken that has the same examples and, where both shapes can say the same to a
/// model, the same messages.
final class Conversion {
  private final PromptFile file;
  private final Shots shots;

  Conversion(PromptFile file, Shots shots) {
    this.file = file;
    this.shots = shots;
  }

  /// The text with its examples in another shape.
  String to(Shape shape) throws UnwritableException {
    if (shots.examples().isEmpty()) {
      throw new UnwritableException("This prompt has no examples that could be written otherwise.");
    }
    if (shape == Shape.LOOP && file.format() != Format.DOTPROMPT) {
      throw new UnwritableException(
          "Only dotprompt has a loop over a list of its settings; convert the file to dotprompt"
              + " first.");
    }
    List<String> candidates = withLineEnds(candidates(shape));
    // Turns that differ in white space can become one loop only if that does not count.
    for (boolean exact : List.of(true, false)) {
      for (String candidate : candidates) {
        if (holds(candidate, shape, exact)) {
          return candidate;
        }
      }
    }
    throw new UnwritableException(
        "Written as "
            + inWords(shape)
            + ", the prompt would not say the same; nothing is changed.");
  }

  /// The texts with the line ends of the file, then as they are: a value may hold others.
  private List<String> withLineEnds(List<String> texts) {
    List<String> all = new ArrayList<>();
    for (String text : texts) {
      String ended =
          file.text().endsWith("\n") ? text.stripTrailing() + "\n" : text.stripTrailing();
      String feeds = ended.replace("\r\n", "\n");
      all.add(file.text().contains("\r\n") ? feeds.replace("\n", "\r\n") : feeds);
    }
    all.addAll(texts);
    return all;
  }

  private List<String> candidates(Shape shape) throws UnwritableException {
    return switch (shots.layout()) {
      case LoopLayout loop when shape != Shape.LOOP -> unrolled(loop, shape);
      case MessagesLayout messages when shape == Shape.LOOP -> RolledMessages.texts(messages);
      case MessagesLayout messages when shape == Shape.BLOCKS -> Joined.texts(messages);
      case BlocksLayout blocks when shape == Shape.LOOP -> RolledBlocks.texts(blocks);
      case BlocksLayout blocks when shape == Shape.MESSAGES -> List.of(Parted.text(blocks));
      case CodedLayout _ when shape != Shape.BLOCKS ->
          throw new UnwritableException(
              "The examples stand inside a quoted string; write it over several lines, without"
                  + " escapes, before they are converted.");
      case null ->
          throw new UnwritableException(
              "Each record of this file is an example of its own, which is written in no other way.");
      default -> throw new UnwritableException("The examples are " + inWords(shape) + " already.");
    };
  }

  /// A loop becomes what it repeats; that, where need be, becomes the shape that is wanted.
  private List<String> unrolled(LoopLayout loop, Shape shape) throws UnwritableException {
    List<String> texts = Unrolled.texts(loop);
    Shape natural = loop.body().asMessages() ? Shape.MESSAGES : Shape.BLOCKS;
    if (natural == shape) {
      return texts;
    }
    for (String text : texts) {
      if (holds(text, natural, false)) {
        PromptFile between = PromptReader.read(file.name(), LineIndex.of(text), file.format());
        return List.of(new Conversion(between, Shots.in(between)).to(shape));
      }
    }
    return List.of();
  }

  private boolean holds(String text, Shape shape, boolean exact) {
    PromptFile after = PromptReader.read(file.name(), LineIndex.of(text), file.format());
    Shots found = Shots.in(after);
    boolean rendered =
        (shape != Shape.LOOP && shots.shape() != Shape.LOOP)
            || crosses(shape)
            || messages(after, exact).equals(messages(file, exact));
    return found.shape() == shape
        && after.problems().size() <= file.problems().size()
        && contents(found).equals(contents(shots))
        && rendered;
  }

  /// Whether text of one message becomes messages of its own, or the other way round.
  private boolean crosses(Shape shape) {
    return shots.layout() instanceof LoopLayout loop
        && loop.body().asMessages() != (shape == Shape.MESSAGES);
  }

  private static List<Object> contents(Shots shots) {
    List<Object> contents = new ArrayList<>();
    for (Example example : shots.examples()) {
      Row row = Row.of(example).normal();
      String reasoning = row.reasoning() == null ? "" : row.reasoning();
      contents.add(List.of(row.inputs().size(), row.output(), reasoning));
    }
    return contents;
  }

  /// Roles and texts. White space at the ends of the whole does not count: a file is trimmed where
  /// it has front matter, which may come or go.
  private static List<Map.Entry<String, String>> messages(PromptFile file, boolean exact) {
    List<Message> rendered = Renderer.render(file, RenderOptions.DEFAULT).messages();
    List<Map.Entry<String, String>> messages = new ArrayList<>();
    for (int i = 0; i < rendered.size(); i++) {
      String text = rendered.get(i).text();
      String begun = i == 0 || !exact ? text.stripLeading() : text;
      messages.add(
          Map.entry(
              rendered.get(i).role(),
              i == rendered.size() - 1 || !exact ? begun.stripTrailing() : begun));
    }
    return messages;
  }

  /// The name of a field that holds what a template's text says, if it is one variable.
  static @Nullable String variable(String template) {
    String text = template.strip();
    boolean tag = text.startsWith("{{") && text.endsWith("}}") && text.length() < 100;
    String name = tag ? text.substring(2, text.length() - 2).strip() : "";
    return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : null;
  }

  static void refuseTags(List<String> values) throws UnwritableException {
    for (String value : values) {
      if (value.contains("{{")) {
        throw new UnwritableException(
            "An example holds {{, which only a list of the front matter can keep from being read"
                + " as a tag.");
      }
    }
  }

  private static String inWords(Shape shape) {
    return switch (shape) {
      case LOOP -> "a loop";
      case MESSAGES -> "messages";
      case BLOCKS -> "labelled blocks";
      case NONE -> "nothing";
    };
  }
}
