package dev.promptls.prompt.shots;

import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Labelled blocks parted into messages of user and model. What stands before them becomes the
/// system's message.
final class Parted {
  private Parted() {}

  static String text(BlocksLayout layout) throws UnwritableException {
    PromptFile file = layout.file();
    String text = file.text();
    Block query = layout.blocks().query();
    MessageNode message = holder(file, layout.blocks().region());
    LineIndex probe = LineIndex.of("{{role \"system\"}}a");
    boolean roles =
        PromptReader.read(file.name(), probe, file.format()).messages().stream()
            .anyMatch(one -> one.role().equals("system") && !one.implied());
    if (!roles || message == null || query == null) {
      throw new UnwritableException(
          "Only blocks before an open one, in a format with roles in its text, can become"
              + " messages.");
    }
    Span region = layout.blocks().region();
    if (!new Span(query.end(), region.end()).strip(text).isEmpty()) {
      throw new UnwritableException(
          "Something stands behind the open block, which no message would hold.");
    }
    int start = layout.blocks().examples().getFirst().start();
    String before = new Span(region.start(), start).strip(text).of(text);
    StringBuilder written = new StringBuilder();
    if (!before.isEmpty()) {
      boolean role = message.implied() || message.role().equals("user");
      written.append(role ? "{{role \"system\"~}}\n" : "").append(before).append('\n');
    }
    for (Block block : layout.blocks().examples()) {
      String answer = block.last().value().of(text);
      written.append("{{~role \"user\"~}}\n").append(question(text, block, true)).append('\n');
      written.append("{{~role \"model\"~}}\n").append(answer).append('\n');
    }
    boolean whole = query.fields().size() == layout.blocks().examples().getFirst().fields().size();
    written.append("{{~role \"user\"~}}\n").append(question(text, query, whole)).append('\n');
    boolean marked = message.role().equals("user") || message.implied();
    Span place = marked ? new Span(message.span().start(), region.end()) : region;
    return Edits.apply(
        text, List.of(new TextEdit(place, written.toString().replaceFirst("^\\{\\{~", "{{"))));
  }

  private static @Nullable MessageNode holder(PromptFile file, Span region) {
    for (MessageNode message : file.messages()) {
      if (message.content().equals(region)) {
        return message;
      }
    }
    return null;
  }

  /// What is asked: the only value, or all with their labels.
  ///
  /// @param answered whether the last field is the answer's
  private static String question(String text, Block block, boolean answered) {
    List<Block.Field> fields = block.fields();
    List<Block.Field> asked = fields.subList(0, fields.size() - (answered ? 1 : 0));
    if (asked.size() == 1) {
      return asked.getFirst().value().of(text);
    }
    return text.substring(asked.getFirst().head().start(), asked.getLast().value().end());
  }
}
