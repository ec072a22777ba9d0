package dev.promptls.lab.analysis;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.promptls.lab.ModelTokens;
import dev.promptls.lab.run.Conversation;
import dev.promptls.model.Cancellation;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.Score;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.Tokenizer;
import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.Origin;
import dev.promptls.prompt.render.Part;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a model is surprised by a prompt: how unlikely it finds each token after those before it.
///
/// @param tokens of all that is sent, but the first, in order
public record Surprisal(String model, List<Token> tokens) {
  public Surprisal {
    tokens = List.copyOf(tokens);
  }

  /// One token.
  ///
  /// @param logprob ln p(token given those before it)
  /// @param source where it stands in the prompt file, null for what the chat template adds and
  ///   what is not written there as it is sent
  public record Token(int id, String text, double logprob, @Nullable Span source) {
    /// In bits.
    public double surprisal() {
      return -logprob / Math.log(2);
    }
  }

  /// A stretch of a rendered text that stands in the file as it is.
  private record Literal(Span sent, int source) {}

  /// Scores a rendered prompt as it would be sent.
  ///
  /// @throws ModelException if it cannot be sent, or the model fails
  public static Surprisal of(
      RenderResult rendered, ModelTokens counting, LanguageModel model, Cancellation stop)
      throws ModelException {
    List<ChatMessage> messages = Conversation.of(rendered);
    String sent = counting.chat().apply(messages);
    ScoreRequest request = new ScoreRequest(new Input.Chat(messages), false, 0, Lane.COMMAND);
    Score score = model.score(request, stop);
    List<Tokenizer.Piece> pieces = counting.tokenizer().pieces(sent);
    // A start token that the model asks for stands in no text.
    int before = score.ids().size() - pieces.size();
    if (before < 0 || before > 1) {
      throw new ModelException(
          "The model and its tokenizer do not agree on the tokens of this prompt: update the model.");
    }
    List<Literal> literals = literals(rendered, sent);
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      int at = i + before - 1;
      if (at >= 0 && at < score.logprobs().size()) {
        Tokenizer.Piece piece = pieces.get(i);
        Span stretch = new Span(piece.start(), piece.end());
        tokens.add(
            new Token(
                piece.id(), stretch.of(sent), score.logprobs().get(at), source(stretch, literals)));
      }
    }
    return new Surprisal(model.info().name(), tokens);
  }

  private static List<Literal> literals(RenderResult rendered, String sent) {
    List<Literal> literals = new ArrayList<>();
    int from = 0;
    for (Message message : rendered.messages()) {
      String text = message.text();
      // Some chat templates trim what is said.
      Span said = new Span(0, text.length()).strip(text);
      int at = said.isEmpty() ? -1 : sent.indexOf(said.of(text), from);
      if (at >= 0) {
        add(message, at - said.start(), new Span(at, at + said.length()), literals);
        from = at + said.length();
      }
    }
    return literals;
  }

  /// @param start where the message's text begins in what is sent
  /// @param kept what of it is sent
  private static void add(Message message, int start, Span kept, List<Literal> literals) {
    int at = start;
    for (Part part : message.content()) {
      if (part instanceof Part.Text(String text, List<Origin> origins)) {
        for (Origin origin : origins) {
          int from = Math.max(kept.start(), at + origin.start());
          int to = Math.min(kept.end(), at + origin.end());
          if (origin.literal() && origin.partial().isEmpty() && from < to) {
            int moved = origin.source().start() + from - (at + origin.start());
            literals.add(new Literal(new Span(from, to), moved));
          }
        }
        at += text.length();
      }
    }
  }

  /// Where a token stands in the file, as far as one literal stretch holds it.
  private static @Nullable Span source(Span token, List<Literal> literals) {
    int first = InOrder.first(literals.size(), i -> literals.get(i).sent().end() > token.start());
    if (first == literals.size() || literals.get(first).sent().start() >= token.end()) {
      return null;
    }
    Literal literal = literals.get(first);
    int from = Math.max(token.start(), literal.sent().start());
    int to = Math.min(token.end(), literal.sent().end());
    int move = literal.source() - literal.sent().start();
    return new Span(from + move, to + move);
  }

  /// The mean surprisal of a token, in bits.
  public double mean() {
    return tokens.stream().mapToDouble(Token::surprisal).average().orElse(0);
  }

  /// `{summary, n, model, perplexity, tokens: [{id, text, logprob, start?, end?}]}`, the places in
  /// UTF-16 units of the file.
  public JsonObject json() {
    JsonObject json = new JsonObject();
    Token most =
        tokens.stream()
            .filter(t -> t.source() != null)
            .min((a, b) -> Double.compare(a.logprob(), b.logprob()))
            .orElse(null);
    json.addProperty(
        "summary",
        String.format(
            Locale.ROOT,
            "A token surprises %s by %.1f bits in the mean%s.",
            model,
            mean(),
            most == null
                ? ""
                : String.format(
                    Locale.ROOT,
                    ", most of all \"%s\" by %.1f",
                    most.text().strip(),
                    most.surprisal())));
    json.addProperty("n", tokens.size());
    json.addProperty("model", model);
    json.addProperty("perplexity", Math.pow(2, mean()));
    JsonArray all = new JsonArray();
    for (Token token : tokens) {
      JsonObject one = new JsonObject();
      one.addProperty("id", token.id());
      one.addProperty("text", token.text());
      one.addProperty("logprob", token.logprob());
      if (token.source() != null) {
        one.addProperty("start", token.source().start());
        one.addProperty("end", token.source().end());
      }
      all.add(one);
    }
    json.add("tokens", all);
    return json;
  }
}
