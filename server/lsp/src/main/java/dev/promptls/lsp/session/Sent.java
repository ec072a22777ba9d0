package dev.promptls.lsp.session;

import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.Origin;
import dev.promptls.prompt.render.Part;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a document sends, and which of it comes from where in the document.
final class Sent {
  private final RenderResult rendered;

  /// By where they stand in the document; made when first asked for. Racing threads make equal
  /// ones.
  private volatile @Nullable List<Stretch> stretches;

  Sent(RenderResult rendered) {
    this.rendered = rendered;
  }

  /// A stretch of the document that a message is made of.
  private record Stretch(Span source, Message message) {}

  RenderResult rendered() {
    return rendered;
  }

  /// What is sent after some edits; null if the document has to be rendered to know.
  @Nullable Sent after(PromptFile old, List<TextEdit> edits, PromptFile now) {
    RenderResult after = Renderer.after(rendered, old, edits, now);
    return after == null ? null : new Sent(after);
  }

  /// What a message of the source becomes: several where it is in a loop.
  Set<Message> from(MessageNode node) {
    Span content = node.content();
    List<Stretch> all = stretches();
    // Two messages that say the same are two.
    Set<Message> found = Collections.newSetFromMap(new IdentityHashMap<>());
    int first = InOrder.first(all.size(), i -> all.get(i).source().start() >= content.start());
    for (int i = first; i < all.size() && all.get(i).source().start() < content.end(); i++) {
      if (content.contains(all.get(i).source())) {
        found.add(all.get(i).message());
      }
    }
    return found;
  }

  private List<Stretch> stretches() {
    List<Stretch> known = stretches;
    if (known == null) {
      List<Stretch> all = new ArrayList<>();
      for (Message message : rendered.messages()) {
        for (Part part : message.content()) {
          if (part instanceof Part.Text(String _, List<Origin> origins)) {
            add(origins, message, all);
          }
        }
      }
      all.sort(Comparator.comparingInt(stretch -> stretch.source().start()));
      known = all;
      stretches = known;
    }
    return known;
  }

  private static void add(List<Origin> origins, Message message, List<Stretch> to) {
    for (Origin origin : origins) {
      if (origin.partial().isEmpty() && !origin.source().isEmpty()) {
        to.add(new Stretch(origin.source(), message));
      }
    }
  }
}
