package dev.promptls.lsp.session;

import com.google.gson.JsonObject;
import dev.promptls.lab.ModelTokens;
import dev.promptls.lab.run.Conversation;
import dev.promptls.model.ModelException;
import dev.promptls.model.Tokenizer;
import dev.promptls.prompt.check.Breakdown;
import dev.promptls.prompt.check.TokenBudget;
import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.Part;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.Span;
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
  private final @Nullable JsonObject input;
  private final List<Message> messages;
  private final int total;
  private volatile @Nullable TokenBudget budget;

  private TokenCounts(Document document, Snapshot snapshot, @Nullable ModelTokens model) {
    this.document = document;
    this.model = model;
    this.input = snapshot.inputs().get(document.uri());
    RenderResult rendered = document.rendered(snapshot);
    this.messages = rendered.messages();
    this.total = total(rendered);
  }

  /// The counts by a model's own tokenizer. Those of one version of a document are worked out once.
  public static TokenCounts of(Document document, Snapshot snapshot, ModelTokens model) {
    TokenCounts known = document.counts();
    if (known == null || !isKnown(document, snapshot, model)) {
      known = new TokenCounts(document, snapshot, model);
      document.counts(known);
    }
    return known;
  }

  /// Whether [#of] has no work to do.
  static boolean isKnown(Document document, Snapshot snapshot, ModelTokens model) {
    TokenCounts known = document.counts();
    return known != null
        && model.equals(known.model)
        && Objects.equals(known.input, snapshot.inputs().get(document.uri()));
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

  /// Estimates from the length of the text.
  public static TokenCounts estimated(Document document, Snapshot snapshot) {
    return new TokenCounts(document, snapshot, null);
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
    return model == null ? 0 : model.info().contextWindow();
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
    List<String> rendered =
        messages.stream().filter(message -> comesFrom(message, node)).map(Message::text).toList();
    return rendered.isEmpty()
        ? of(node.content().strip(document.text()).of(document.text()))
        : rendered.stream().mapToInt(this::of).sum();
  }

  /// The single tokens of a text; empty for estimates.
  public Optional<List<Tokenizer.Piece>> pieces(String text) {
    return Optional.ofNullable(model).map(tokens -> tokens.tokenizer().pieces(text));
  }

  private static boolean comesFrom(Message message, MessageNode node) {
    return message.content().stream()
        .filter(Part.Text.class::isInstance)
        .flatMap(part -> ((Part.Text) part).origins().stream())
        .anyMatch(origin -> origin.partial().isEmpty() && within(node, origin.source()));
  }

  private static boolean within(MessageNode node, Span source) {
    return node.content().contains(source) && !source.isEmpty();
  }

  private int total(RenderResult rendered) {
    if (model != null && !rendered.failed() && !messages.isEmpty()) {
      try {
        return model.count(Conversation.of(rendered));
      } catch (ModelException refused) {
        // A prompt that cannot be sent as it is still has parts that can be counted.
        return sum();
      }
    }
    return rendered.failed() ? of(document.file().bodyText()) : sum();
  }

  private int sum() {
    return messages.stream().mapToInt(message -> of(message.text())).sum();
  }
}
