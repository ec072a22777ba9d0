package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Repeated labelled blocks, lines `x -> y` or rows of a table, in one message.
///
/// @param labelled how the blocks were recognised, null for what stands on one line
/// @param question the last user message, if the examples stand in another one before it
record BlocksLayout(
    PromptFile file,
    Blocks blocks,
    LabelledBlocks.@Nullable Found labelled,
    @Nullable MessageNode question,
    ShiftedList<Example> examples)
    implements Layout {

  /// @param labels of all the text
  static @Nullable BlocksLayout find(PromptFile file, Labels labels) {
    return follow(null, new TextEdit(Span.at(0), ""), file, labels);
  }

  /// As [#find], after an edit: blocks and examples that it left alone are taken over.
  static @Nullable BlocksLayout follow(
      @Nullable BlocksLayout before, TextEdit edit, PromptFile file, Labels labels) {
    String text = file.text();
    List<MessageNode> messages = file.messages();
    for (int i = messages.size() - 1; i >= 0; i--) {
      Span region = messages.get(i).content();
      if (isOneLine(file, region)) {
        continue;
      }
      Labels inside = labels.in(file.lines(), region);
      LabelledBlocks.Found known = before == null ? null : before.labelled();
      LabelledBlocks.Found found =
          known == null
              ? LabelledBlocks.find(text, region, inside)
              : LabelledBlocks.follow(known, edit, text, region, inside);
      Blocks blocks = found == null ? lines(before, edit, file, region, inside) : found.blocks();
      if (blocks != null) {
        MessageNode last = messages.getLast();
        boolean elsewhere =
            i < messages.size() - 1 && blocks.query() == null && last.role().equals("user");
        ShiftedList<Example> examples = examples(before, edit, text, blocks.examples());
        return new BlocksLayout(file, blocks, found, elsewhere ? last : null, examples);
      }
    }
    return null;
  }

  /// Whether a message has but one line, in which there cannot be two blocks.
  private static boolean isOneLine(PromptFile file, Span region) {
    Span said = region.strip(file.text());
    return file.text().indexOf('\n', said.start(), said.end()) < 0
        && file.text().indexOf('\r', said.start(), said.end()) < 0;
  }

  /// Examples that stand on a line each.
  private static @Nullable Blocks lines(
      @Nullable BlocksLayout before, TextEdit edit, PromptFile file, Span region, Labels labels) {
    Blocks blocks = OneLineBlocks.find(file.lines(), region, labels);
    if (blocks == null) {
      blocks = arrows(before, edit, file, region);
    }
    return blocks == null ? TableRows.find(file.lines(), region) : blocks;
  }

  private static @Nullable Blocks arrows(
      @Nullable BlocksLayout before, TextEdit edit, PromptFile file, Span region) {
    Blocks followed =
        before == null || before.labelled() != null
            ? null
            : ArrowLines.follow(before.blocks(), edit, file.lines(), region);
    return followed == null ? ArrowLines.find(file.lines(), region) : followed;
  }

  private static ShiftedList<Example> examples(
      @Nullable BlocksLayout before, TextEdit edit, String text, ShiftedList<Block> blocks) {
    return ShiftedList.follow(
        before == null ? ShiftedList.empty() : before.blocks().examples(),
        before == null ? ShiftedList.empty() : before.examples(),
        blocks,
        edit.growth(),
        i -> example(text, i, blocks.get(i)));
  }

  private static Example example(String text, int index, Block block) {
    Map<String, String> inputs = new LinkedHashMap<>();
    String reasoning = null;
    for (Block.Field field : block.fields().subList(0, block.fields().size() - 1)) {
      if (Reasoning.isLabel(field.name())) {
        reasoning = field.value().of(text);
      } else if (!field.isOpen()) {
        inputs.put(field.name(), field.value().of(text));
      }
    }
    Reasoning.Parts parts = Reasoning.split(text, block.last().value());
    Span before = parts.reasoning();
    Span range = new Span(block.start(), block.end());
    return new Example(
        index,
        Shape.BLOCKS,
        inputs.size() == 1 ? Map.copyOf(inputs) : inputs,
        parts.answer().of(text),
        reasoning == null && before != null ? before.of(text) : reasoning,
        range,
        parts.answer(),
        range.of(text));
  }

  @Override
  public Shape shape() {
    return Shape.BLOCKS;
  }

  @Override
  public List<ExamplePart> parts(Span region) {
    List<ExamplePart> parts = new ArrayList<>();
    for (Example example : InOrder.overlapping(examples, region, Example::range)) {
      Block block = blocks.examples().get(example.index());
      List<Block.Field> asked = block.fields().subList(0, block.fields().size() - 1);
      asked.forEach(field -> addField(field, parts));
      addLabel(block.last(), parts);
      addAnswer(example, block.last().value(), parts);
    }
    Block query = blocks.query();
    if (query != null) {
      query.fields().forEach(field -> addLabel(field, parts));
    }
    return parts;
  }

  private void addField(Block.Field field, List<ExamplePart> parts) {
    addLabel(field, parts);
    if (!field.isOpen()) {
      boolean reasons = Reasoning.isLabel(field.name());
      parts.add(
          new ExamplePart(
              reasons ? ExamplePart.Kind.REASONING : ExamplePart.Kind.INPUT, field.value()));
    }
  }

  private void addLabel(Block.Field field, List<ExamplePart> parts) {
    Span label = field.head().strip(file.text());
    if (!label.isEmpty()) {
      parts.add(new ExamplePart(ExamplePart.Kind.LABEL, label));
    }
  }

  private void addAnswer(Example example, Span said, List<ExamplePart> parts) {
    Span answer = example.outputRange();
    boolean reasons = example.hasReasoning() && said.start() < answer.start();
    Span reasoning = reasons ? Reasoning.split(file.text(), said).reasoning() : null;
    if (reasoning != null) {
      parts.add(new ExamplePart(ExamplePart.Kind.REASONING, reasoning));
    }
    parts.add(new ExamplePart(ExamplePart.Kind.ANSWER, answer));
  }

  @Override
  public String separator() {
    return blocks.separator().replace("\r\n", "\n");
  }

  @Override
  public List<String> stop() {
    if (isClosed()) {
      Block first = blocks.examples().getFirst();
      String tail = new Span(first.last().value().end(), first.end()).of(file.text()).strip();
      return List.of(tail.lines().findFirst().orElse(tail));
    }
    String separator = separator();
    return blocks.opening().isEmpty() || separator.equals("\n")
        ? List.of(separator)
        : List.of(separator, "\n" + blocks.opening());
  }

  @Override
  public RenderResult render(List<Integer> shown, @Nullable Example asked, RenderOptions options) {
    Block block = asked == null ? null : blocks.examples().get(asked.index());
    return EditedPrompt.render(file, edits(shown, block), options);
  }

  /// Edits that leave some of the examples.
  ///
  /// @param asked put in the place of the query; null to leave the query as it is
  List<TextEdit> edits(List<Integer> shown, @Nullable Block asked) {
    Set<Integer> kept = new HashSet<>(shown);
    List<TextEdit> edits = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      if (!kept.contains(i)) {
        edits.add(new TextEdit(withSeparator(blocks.examples().get(i)), ""));
      }
    }
    if (asked != null) {
      edits.add(questionEdit(asked, kept));
    }
    return edits;
  }

  /// Whether something ends each answer, as `</label>` does or the bar of a table.
  boolean isClosed() {
    Block first = blocks.examples().getFirst();
    return first.end() > first.last().value().end();
  }

  private Span withSeparator(Block block) {
    boolean follows = file.text().startsWith(blocks.separator(), block.end());
    int end = Math.min(blocks.region().end(), block.end() + blocks.separator().length());
    return new Span(block.start(), follows ? end : block.end());
  }

  /// An example without its answer.
  ///
  /// @param labelled whether with its labels; else the first thing that it says
  String asking(Block asked, boolean labelled) {
    return labelled
        ? file.text().substring(asked.start(), asked.last().head().end())
        : asked.fields().getFirst().value().of(file.text());
  }

  /// Puts an example, without its answer, where the prompt asks.
  private TextEdit questionEdit(Block asked, Set<Integer> kept) {
    String text = file.text();
    Block query = blocks.query();
    if (query != null) {
      int open = query.fields().size() - 1;
      Block.Field same = asked.fields().get(open);
      int end = query.last().isOpen() ? same.head().end() : same.value().end();
      Span place = new Span(query.start(), query.end());
      return new TextEdit(place, text.substring(asked.start(), end));
    }
    if (question != null) {
      Span place = question.content().strip(text);
      return new TextEdit(place, asking(asked, Label.at(text, place) != null));
    }
    String ask = asking(asked, true);
    Block last = blocks.examples().getLast();
    int lastIndex = blocks.examples().size() - 1;
    Span end = Span.at(withSeparator(last).end());
    boolean separated = !kept.contains(lastIndex) || end.start() > last.end();
    return new TextEdit(end, separated ? ask : blocks.separator() + ask);
  }
}
