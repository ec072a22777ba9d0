package dev.promptls.prompt.render;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends the messages of formats without templates as they stand.
final class LiteralRenderer implements FormatRenderer {
  @Override
  public boolean renders(Format format) {
    return format != Format.DOTPROMPT;
  }

  @Override
  public List<Message> messages(
      PromptFile file,
      RenderOptions options,
      Map<String, ? extends @Nullable Object> metadata,
      Consumer<Problem> problems) {
    return messages(file, file.messages());
  }

  /// Messages as they stand.
  static List<Message> messages(PromptFile file, List<MessageNode> nodes) {
    List<Message> messages = new ArrayList<>(nodes.size());
    for (MessageNode node : nodes) {
      SaidText text = new SaidText(node, file.text());
      text.copy(0, text.said().length());
      messages.add(new Message(node.role(), List.of(text.part()), null));
    }
    return messages;
  }
}
