package dev.promptls.lsp.session;

import com.google.gson.JsonObject;
import dev.promptls.lab.CountedConversation;
import dev.promptls.lab.ModelTokens;
import dev.promptls.lab.run.Conversation;
import dev.promptls.lsp.session.Document.Counted;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import dev.promptls.model.Tokenizer;
import dev.promptls.prompt.check.Breakdown;
import dev.promptls.prompt.check.TokenBudget;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.TextEdit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How many tokens the parts of one document are with one model.
public final class TokenCounts {
  /// Of English text, roughly.
  private static final int BYTES_PER_TOKEN = 4;

  private final Document document;
  private final @Nullable ModelTokens model;
  private final int contextWindow;
  private final @Nullable JsonObject input;
  private final Object around;
  private final Sent sent;

  /// Null where the prompt cannot be sent, or there is no model to send it to.
  private final @Nullable CountedConversation conversation;

  private final int total;
  private volatile @Nullable TokenBudget budget;

  private TokenCounts(
      Document document, Snapshot snapshot, @Nullable ModelTokens model, int contextWindow) {
    this.document = document;
    this.model = model;
    this.contextWindow = contextWindow;
    this.input = snapshot.inputs().get(document.uri());
    Counted before = document.earlier();
    Sent followed =
        before == null || !before.counts().holds(document, snapshot, model)
            ? null
            : before.counts().followed(before.edits(), document);
    this.sent = followed == null ? Sent.of(document, snapshot) : followed;
    this.around = sent.around(document, snapshot);
    // The same text counted when something else stood around it will do as well.
    this.conversation = conversation(before == null ? document.counts() : before.counts());
    this.total = conversation == null ? sum() : conversation.tokens();
  }

  /// The counts by a model's own tokenizer. Those of one version of a document are worked out once,
  /// and where they can, those of the version before are followed.
  public static TokenCounts of(Document document, Snapshot snapshot, ModelTokens model) {
    return counted(document, snapshot, model, model.info().contextWindow());
  }

  /// Estimates from the length of the text.
  ///
  /// @param contextWindow of the model that would read it, 0 if that is not known
  public static TokenCounts estimated(Document document, Snapshot snapshot, int contextWindow) {
    return counted(document, snapshot, null, contextWindow);
  }

  private static TokenCounts counted(
      Document document, Snapshot snapshot, @Nullable ModelTokens model, int contextWindow) {
    // Whoever asks while they are worked out waits for these; two at once would take twice as long.
    synchronized (document) {
      TokenCounts known = document.counts();
      if (known == null
          || known.contextWindow != contextWindow
          || !isKnown(document, snapshot, model)) {
        known = new TokenCounts(document, snapshot, model, contextWindow);
        document.counts(known);
      }
      return known;
    }
  }

  /// The counts by a further model's tokenizer, which are not kept.
  public static TokenCounts beside(Document document, Snapshot snapshot, ModelTokens model) {
    return new TokenCounts(document, snapshot, model, model.info().contextWindow());
  }

  /// Whether [#of] has no work to do.
  static boolean isKnown(Document document, Snapshot snapshot, @Nullable ModelTokens model) {
    TokenCounts known = document.counts();
    return known != null && known.holds(document, snapshot, model);
  }

  /// Whether all that they depend on beside the text is as it was.
  private boolean holds(Document now, Snapshot snapshot, @Nullable ModelTokens other) {
    return Objects.equals(model, other)
        && Objects.equals(input, snapshot.inputs().get(now.uri()))
        && around.equals(sent.around(now, snapshot));
  }

  private @Nullable Sent followed(List<TextEdit> edits, Document after) {
    return sent.after(document.file(), edits, after.file());
  }

  /// Whether [#budget] has no work to do.
  static boolean hasBudget(Document document, Snapshot snapshot, ModelTokens model) {
    TokenCounts known = document.counts();
    TokenBudget budget = known == null ? null : known.budget;
    return budget != null
        && budget.warnAt() == snapshot.settings().warnAt()
        && isKnown(document, snapshot, model);
  }

  /// What the prompt takes of the model's context window, with its parts where that is much.
  TokenBudget budget(Snapshot snapshot) {
    TokenBudget known = budget;
    double warnAt = snapshot.settings().warnAt();
    if (known == null || known.warnAt() != warnAt) {
      int reserved = document.file().maxOutputTokens();
      known = new TokenBudget(modelName(), contextWindow(), reserved, total, warnAt, List.of());
      known =
          known.isTight()
              ? known.with(Breakdown.of(document.file(), document.shots(), this::of, this::of))
              : known;
      budget = known;
    }
    return known;
  }

  /// Whether these are the model's own tokens.
  public boolean exact() {
    return model != null && model.exact();
  }

  /// What a run would send.
  public int prompt() {
    return total;
  }

  /// In tokens; 0 if unknown.
  public int contextWindow() {
    return contextWindow;
  }

  /// The name of the model; empty for estimates.
  public String modelName() {
    return model == null ? "" : model.info().name();
  }

  /// The tokens of a text alone.
  public int of(String text) {
    return model != null
        ? model.count(text)
        : Math.ceilDiv(text.getBytes(StandardCharsets.UTF_8).length, BYTES_PER_TOKEN);
  }

  /// The tokens of what a message of the source becomes; of all of them where it is in a loop.
  public int of(MessageNode node) {
    List<String> rendered = sent.from(node);
    return rendered.isEmpty()
        ? of(node.content().strip(document.text()).of(document.text()))
        : rendered.stream().mapToInt(this::of).sum();
  }

  /// The single tokens of a text; empty for estimates.
  public Optional<List<Tokenizer.Piece>> pieces(String text) {
    return Optional.ofNullable(model).map(tokens -> tokens.tokenizer().pieces(text));
  }

  /// What the model is given, told from earlier counts by the same model where there are some.
  private @Nullable CountedConversation conversation(@Nullable TokenCounts known) {
    RenderResult rendered = sent.rendered();
    if (model == null || rendered.failed() || rendered.messages().isEmpty()) {
      return null;
    }
    try {
      List<ChatMessage> messages = Conversation.of(rendered);
      return known == null || known.conversation == null || !model.equals(known.model)
          ? CountedConversation.of(model, messages)
          : known.conversation.with(messages);
    } catch (ModelException refused) {
      // A prompt that cannot be sent as it is still has parts that can be counted.
      return null;
    }
  }

  private int sum() {
    RenderResult rendered = sent.rendered();
    return rendered.failed()
        ? of(document.file().bodyText())
        : rendered.messages().stream().mapToInt(message -> of(message.text())).sum();
  }
}
