package dev.promptls.lsp.session;

import dev.promptls.prompt.render.Origin;
import dev.promptls.prompt.render.Part;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.IntList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// What a document sends, and which of it comes from where in the document.
final class Sent {
  private static final List<Origin> NOWHERE = List.of();

  private final RenderResult rendered;

  /// The paths of other files that were looked for.
  private final Set<String> asked;

  /// Made when first asked for. Racing threads make equal ones.
  private volatile @Nullable Stretches stretches;

  private Sent(RenderResult rendered, Set<String> asked) {
    this.rendered = rendered;
    this.asked = asked;
  }

  /// What a document sends with what stands around it.
  static Sent of(Document document, Snapshot snapshot) {
    var texts = new WatchedTexts(snapshot.sources(document));
    RenderResult rendered =
        Renderer.render(document.file(), snapshot.renderOptions(document, texts));
    return new Sent(rendered, Set.copyOf(texts.asked()));
  }

  /// What stands in the other files that it is made of: equal as long as nothing has changed there.
  Object around(Document document, Snapshot snapshot) {
    return snapshot.around(document, asked::contains);
  }

  /// Stretches of the document that messages are made of, by where they stand. There are tens of
  /// thousands after each keystroke in a large prompt, so they are numbers and not objects.
  private static final class Stretches {
    /// In ascending order; the low half of each is the number of the stretch.
    private final long[] starts;

    private final int[] ends;
    private final int[] messages;

    Stretches(LongStream starts, IntList ends, IntList messages) {
      this.starts = starts.sorted().toArray();
      this.ends = ends.toArray();
      this.messages = messages.toArray();
    }

    int size() {
      return starts.length;
    }

    int start(int i) {
      return (int) (starts[i] >> 32);
    }

    int end(int i) {
      return ends[(int) starts[i]];
    }

    /// The index of the message that is made of it.
    int message(int i) {
      return messages[(int) starts[i]];
    }
  }

  RenderResult rendered() {
    return rendered;
  }

  /// What is sent after some edits; null if the document has to be rendered to know.
  @Nullable Sent after(PromptFile old, List<TextEdit> edits, PromptFile now) {
    RenderResult after = Renderer.after(rendered, old, edits, now);
    return after == null ? null : new Sent(after, asked);
  }

  /// What a message of the source says when it is sent: several texts where it is in a loop.
  List<String> from(MessageNode node) {
    Span content = node.content();
    Stretches all = stretches();
    // Two messages that say the same are two.
    Set<Integer> found = new LinkedHashSet<>();
    int first = InOrder.first(all.size(), i -> all.start(i) >= content.start());
    for (int i = first; i < all.size() && all.start(i) < content.end(); i++) {
      if (all.end(i) <= content.end()) {
        found.add(all.message(i));
      }
    }
    return found.stream().map(index -> rendered.said(index).text()).toList();
  }

  private Stretches stretches() {
    Stretches known = stretches;
    if (known == null) {
      known = found();
      stretches = known;
    }
    return known;
  }

  private Stretches found() {
    var starts = LongStream.builder();
    var ends = new IntList();
    var messages = new IntList();
    for (int i = 0; i < rendered.messages().size(); i++) {
      int shift = rendered.shift(i);
      for (Part part : rendered.said(i).content()) {
        for (Origin origin : part instanceof Part.Text text ? text.origins() : NOWHERE) {
          if (origin.partial().isEmpty() && !origin.source().isEmpty()) {
            starts.add((long) (origin.source().start() + shift) << 32 | ends.size());
            ends.add(origin.source().end() + shift);
            messages.add(i);
          }
        }
      }
    }
    return new Stretches(starts.build(), ends, messages);
  }
}
