package dev.promptls.lsp;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.Finish;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.Score;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.Timing;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import dev.promptls.model.Tokenizer;
import dev.promptls.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A model that says what a function makes of its prompt, and whose tokens are words with the blank
/// before them.
final class FakeModel implements LanguageModel {
  static final ModelInfo INFO = info("fake");

  static ModelInfo info(String name) {
    return new ModelInfo(name, "none", "none", 0, 1_000, 0, null, null, null, false);
  }

  static final Tokenizer TOKENIZER = new Words();

  final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger cancelled = new AtomicInteger();
  final CountDownLatch started = new CountDownLatch(1);
  volatile Function<String, String> says;

  FakeModel(Function<String, String> says) {
    this.says = says;
  }

  /// An answer that never ends by itself.
  static final String FOREVER = "\0";

  @Override
  public ModelInfo info() {
    return INFO;
  }

  @Override
  public Generation generate(GenerateRequest request, TokenSink sink, Cancellation cancellation)
      throws ModelException {
    calls.incrementAndGet();
    String prompt = prompt(request.input());
    String text = says.apply(prompt);
    started.countDown();
    if (text.equals(FOREVER)) {
      var stopped = new CountDownLatch(1);
      cancellation.onCancel(stopped::countDown);
      try {
        stopped.await();
      } catch (InterruptedException e) {
        throw new ModelException("interrupted", e);
      }
      cancelled.incrementAndGet();
      text = "half an ans";
    }
    for (String stop : request.stop()) {
      int at = text.indexOf(stop);
      text = at < 0 ? text : text.substring(0, at);
    }
    sink.accept(text);
    return new Generation(
        prompt,
        text,
        TOKENIZER.encode(text),
        cancellation.isCancelled() ? Finish.CANCELLED : Finish.STOP,
        new Usage(TOKENIZER.count(prompt), 0, TOKENIZER.count(text)),
        new Timing(1, 1, 1, 2));
  }

  private static String prompt(Input input) {
    return switch (input) {
      case Input.Text text -> text.text();
      case Input.Ids ids -> TOKENIZER.decode(ids.ids());
      case Input.Chat chat -> join(chat.messages());
    };
  }

  static String join(List<ChatMessage> messages) {
    return messages.stream()
        .map(message -> message.role() + ": " + message.content())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public List<Generation> generateAll(
      List<GenerateRequest> requests, BatchSink sink, Cancellation cancellation)
      throws ModelException {
    var answers = new ArrayList<Generation>();
    for (GenerateRequest request : requests) {
      answers.add(generate(request, TokenSink.NONE, cancellation));
      sink.accept(answers.size() - 1, answers.getLast());
    }
    return answers;
  }

  @Override
  public Score score(ScoreRequest request, Cancellation cancellation) {
    // The longer a token, the less likely: a bit for each character.
    String text = prompt(request.input());
    List<Tokenizer.Piece> pieces = TOKENIZER.pieces(text);
    List<Double> logprobs =
        pieces.stream().skip(1).map(piece -> (piece.start() - piece.end()) * Math.log(2)).toList();
    return new Score(TOKENIZER.encode(text), logprobs, List.of());
  }

  @Override
  public void close() {}

  private static final class Words implements Tokenizer {
    private static final Pattern TOKEN =
        Pattern.compile(" ?[\\p{L}\\p{N}]{1,6}|\\s+|.", Pattern.DOTALL);

    @Override
    public TokenIds encode(String text) {
      return TokenIds.of(pieces(text).stream().mapToInt(Piece::id).toArray());
    }

    @Override
    public Set<String> specialTokens() {
      return Set.of("<turn>");
    }

    @Override
    public String decode(TokenIds ids) {
      return ids.toString();
    }

    @Override
    public List<Piece> pieces(String text) {
      var pieces = new ArrayList<Piece>();
      Matcher token = TOKEN.matcher(text);
      while (token.find()) {
        int id = Math.floorMod(token.group().hashCode(), 50_000);
        pieces.add(new Piece(id, token.start(), token.end()));
      }
      return pieces;
    }
  }
}
