package dev.promptls.model.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.Cancellation;
import dev.promptls.model.Finish;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.LanguageModel.BatchSink;
import dev.promptls.model.ModelException;
import dev.promptls.model.Sampling;
import dev.promptls.model.Score;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A tiny model through the door that everything else uses.
class EngineTest {
  @TempDir static Path folder;

  private static Engine engine;

  @BeforeAll
  static void open() throws Exception {
    engine = TestModels.micro(folder);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static TokenIds random(Random random, int size) {
    return TokenIds.of(random.ints(size, 0, engine.info().vocabularySize()).toArray());
  }

  private static GenerateRequest request(TokenIds ids, int tokens, Lane lane) {
    return GenerateRequest.greedy(new Input.Ids(ids), tokens, lane).ignoringEnd();
  }

  private static Generation generate(Engine model, TokenIds ids, int tokens) throws Exception {
    return model.generate(request(ids, tokens, Lane.COMMAND), TokenSink.NONE, new Cancellation());
  }

  @Test
  void answersAreTheSameWithAndWithoutACache() throws Exception {
    Random random = new Random(1);
    List<TokenIds> prompts = new ArrayList<>();
    List<TokenIds> answers = new ArrayList<>();
    prompts.add(random(random, 60));
    for (int i = 0; i < 40; i++) {
      TokenIds last = prompts.get(random.nextInt(prompts.size()));
      int kept = random.nextInt(last.size() + 1);
      prompts.add(last.slice(0, kept).plus(random(random, 1 + random.nextInt(40))));
    }
    for (TokenIds prompt : prompts) {
      answers.add(generate(engine, prompt, 8).ids());
    }
    // The same in another order, so that other prefixes are at hand; and with nothing at hand.
    for (int i = prompts.size() - 1; i >= 0; i--) {
      assertEquals(answers.get(i), generate(engine, prompts.get(i), 8).ids(), "prompt " + i);
    }
    for (int i = 0; i < prompts.size(); i += 10) {
      try (Engine fresh = TestModels.micro(folder)) {
        assertEquals(answers.get(i), generate(fresh, prompts.get(i), 8).ids(), "prompt " + i);
      }
    }
  }

  @Test
  void tellsHowMuchOfAPromptWasCached() throws Exception {
    try (Engine fresh = TestModels.micro(folder)) {
      TokenIds prompt = random(new Random(2), 50);
      assertEquals(0, generate(fresh, prompt, 4).usage().cachedTokens());
      // Two tokens are always left to compute.
      Generation again = generate(fresh, prompt, 4);
      assertEquals(48, again.usage().cachedTokens());
      assertEquals(50, again.usage().promptTokens());
      assertEquals(4, again.usage().outputTokens());
      assertEquals(
          40,
          generate(fresh, prompt.slice(0, 40).plus(random(new Random(3), 9)), 1)
              .usage()
              .cachedTokens());
    }
  }

  @Test
  void documentsKeepTheirCacheBesideEachOther() throws Exception {
    try (Engine fresh = TestModels.micro(folder)) {
      List<TokenIds> documents =
          IntStream.range(0, 4).mapToObj(i -> random(new Random(10 + i), 40)).toList();
      for (TokenIds document : documents) {
        assertEquals(0, generate(fresh, document, 1).usage().cachedTokens());
      }
      for (TokenIds document : documents) {
        assertEquals(38, generate(fresh, document, 1).usage().cachedTokens());
      }
    }
  }

  @Test
  void answersOfABatchDoNotDependOnItsOtherRequests() throws Exception {
    Random random = new Random(4);
    TokenIds shared = random(random, 30);
    List<GenerateRequest> requests = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      TokenIds own = random(random, 1 + random.nextInt(20));
      requests.add(
          request(i % 2 == 0 ? shared.plus(own) : own, 1 + random.nextInt(12), Lane.BATCH));
    }
    List<TokenIds> all = batch(requests);
    for (int i = 0; i < requests.size(); i += 5) {
      assertEquals(all.get(i), batch(List.of(requests.get(i))).getFirst(), "alone " + i);
    }
    for (int round = 0; round < 5; round++) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, requests.size()).boxed().toList());
      Collections.shuffle(order, random);
      List<Integer> some = order.subList(0, 1 + random.nextInt(order.size()));
      assertEquals(
          some.stream().map(all::get).toList(), batch(some.stream().map(requests::get).toList()));
    }
  }

  @Test
  void thePrefixOfABatchIsComputedOnce() throws Exception {
    TokenIds shared = random(new Random(7), 2 * Prefill.CHUNK + 40);
    List<GenerateRequest> requests =
        IntStream.range(0, 4)
            .mapToObj(i -> request(shared.plus(random(new Random(i), 5)), 2, Lane.BATCH))
            .toList();
    List<Integer> cached =
        engine.generateAll(requests, BatchSink.NONE, new Cancellation()).stream()
            .map(answer -> answer.usage().cachedTokens())
            .toList();
    assertEquals(0, cached.getFirst());
    assertTrue(
        cached.stream().skip(1).allMatch(tokens -> tokens >= shared.size()), cached::toString);
  }

  private static List<TokenIds> batch(List<GenerateRequest> requests) throws Exception {
    return engine.generateAll(requests, BatchSink.NONE, new Cancellation()).stream()
        .map(Generation::ids)
        .toList();
  }

  @Test
  void aBatchTellsEachAnswerOnce() throws Exception {
    List<GenerateRequest> requests =
        IntStream.range(0, 20)
            .mapToObj(i -> request(random(new Random(i), 5), i % 4, Lane.BATCH))
            .toList();
    List<Integer> told = Collections.synchronizedList(new ArrayList<>());
    List<Generation> answers =
        engine.generateAll(requests, (index, answer) -> told.add(index), new Cancellation());
    assertEquals(IntStream.range(0, 20).boxed().toList(), told.stream().sorted().toList());
    for (int i = 0; i < 20; i++) {
      assertEquals(i % 4, answers.get(i).ids().size());
      assertEquals(Finish.LENGTH, answers.get(i).finish());
    }
    assertEquals(List.of(), engine.generateAll(List.of(), BatchSink.NONE, new Cancellation()));
  }

  @Test
  void aRequestCancelledBeforeItBeginsGivesNothing() throws Exception {
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();
    Generation answer =
        engine.generate(
            request(random(new Random(5), 20), 5, Lane.COMMAND), TokenSink.NONE, cancelled);
    assertEquals(Finish.CANCELLED, answer.finish());
    assertTrue(answer.ids().isEmpty());
  }

  @Test
  void aRequestCancelledMidwayGivesWhatThereIsAndTheNextOneWorks() throws Exception {
    TokenIds prompt = random(new Random(6), 20);
    TokenIds whole = generate(engine, prompt, 60).ids();
    Cancellation cancellation = new Cancellation();
    AtomicInteger said = new AtomicInteger();
    Generation cut =
        engine.generate(
            request(prompt, 60, Lane.COMMAND),
            text -> {
              said.incrementAndGet();
              cancellation.cancel();
            },
            cancellation);
    assertEquals(Finish.CANCELLED, cut.finish());
    assertTrue(cut.ids().size() < 60);
    assertTrue(said.get() <= 2, "Generation goes on for one token at most.");
    assertEquals(whole.slice(0, cut.ids().size()), cut.ids());
    assertEquals(whole, generate(engine, prompt, 60).ids());
  }

  @Test
  void aBatchCancelledMidwayKeepsItsFinishedAnswers() throws Exception {
    List<GenerateRequest> requests =
        IntStream.range(0, 30)
            .mapToObj(i -> request(random(new Random(i), 8), i == 0 ? 1 : 50, Lane.BATCH))
            .toList();
    Cancellation cancellation = new Cancellation();
    List<Generation> answers =
        engine.generateAll(requests, (index, answer) -> cancellation.cancel(), cancellation);
    assertEquals(30, answers.size());
    assertEquals(Finish.LENGTH, answers.getFirst().finish());
    assertEquals(Finish.CANCELLED, answers.get(1).finish());
    assertEquals(Finish.CANCELLED, answers.getLast().finish());
    assertTrue(answers.getLast().ids().isEmpty());
  }

  @Test
  void whoeverTypesGoesBeforeABatchAndChangesNothingInIt() throws Exception {
    List<GenerateRequest> requests =
        IntStream.range(0, 6)
            .mapToObj(i -> request(random(new Random(i), 8), i == 0 ? 1 : 40, Lane.BATCH))
            .toList();
    List<TokenIds> undisturbed = batch(requests);
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    Thread typist = Thread.ofPlatform().unstarted(() -> type(events));
    List<Generation> disturbed =
        engine.generateAll(
            requests,
            (index, answer) -> {
              events.add("batch");
              if (index == 0) {
                typist.start();
                waitUntilAsked(typist);
              }
            },
            new Cancellation());
    typist.join();
    assertEquals("batch", events.removeFirst());
    assertEquals("typed", events.removeFirst());
    assertEquals(5, events.size());
    assertEquals(undisturbed, disturbed.stream().map(Generation::ids).toList());
  }

  /// Its event comes from the model's thread, as those of the batch do.
  private static void type(List<String> events) {
    AtomicBoolean told = new AtomicBoolean();
    TokenSink sink =
        text -> {
          if (told.compareAndSet(false, true)) {
            events.add("typed");
          }
        };
    try {
      engine.generate(
          request(random(new Random(9), 30), 10, Lane.TYPING), sink, new Cancellation());
    } catch (ModelException e) {
      events.add(e.getMessage());
    }
  }

  /// The request is in the queue once its thread waits for the answer.
  private static void waitUntilAsked(Thread asking) {
    while (asking.getState() != Thread.State.WAITING
        && asking.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  @Test
  void refusesWhatItCannotRun() throws Exception {
    assertRefused("The prompt is empty", TokenIds.EMPTY);
    assertRefused("no token -1", TokenIds.of(3, -1));
    assertRefused(
        "no token " + engine.info().vocabularySize(), TokenIds.of(engine.info().vocabularySize()));
    int window = engine.info().contextWindow();
    assertRefused("has " + (window + 1) + " tokens", random(new Random(7), window + 1));
    Score nothing =
        engine.score(
            new ScoreRequest(new Input.Ids(TokenIds.EMPTY), false, 1, Lane.COMMAND),
            new Cancellation());
    assertEquals(List.of(), nothing.logprobs());
  }

  private static void assertRefused(String reason, TokenIds prompt) {
    ModelException one = assertThrows(ModelException.class, () -> generate(engine, prompt, 1));
    assertTrue(one.getMessage().contains(reason), one.getMessage());
    ModelException many =
        assertThrows(ModelException.class, () -> batch(List.of(request(prompt, 1, Lane.BATCH))));
    assertEquals(one.getMessage(), many.getMessage());
  }

  @Test
  void fillsTheContextWindowToItsEnd() throws Exception {
    int window = engine.info().contextWindow();
    for (int size : new int[] {window - 1, window}) {
      Generation answer = generate(engine, random(new Random(8), size), 100);
      assertEquals(window - size + 1, answer.ids().size());
      assertEquals(Finish.LENGTH, answer.finish());
    }
  }

  @Test
  void noTokensWantedIsAnEmptyAnswer() throws Exception {
    for (int tokens : new int[] {0, -1}) {
      Generation answer = generate(engine, TokenIds.of(5, 6), tokens);
      assertEquals("", answer.text());
      assertEquals(Finish.LENGTH, answer.finish());
      assertEquals(
          List.of(TokenIds.EMPTY), batch(List.of(request(TokenIds.of(5), tokens, Lane.BATCH))));
    }
  }

  @Test
  void aStopStringIsLeftOutOfTheTextAndOfWhatIsTold() throws Exception {
    TokenIds prompt = random(new Random(11), 12);
    String whole = generate(engine, prompt, 40).text();
    String stop = whole.substring(whole.length() / 2, whole.length() / 2 + 2);
    StringBuilder told = new StringBuilder();
    Generation cut =
        engine.generate(
            request(prompt, 40, Lane.COMMAND).withStop(List.of(stop)),
            told::append,
            new Cancellation());
    assertEquals(whole.substring(0, whole.indexOf(stop)), cut.text());
    assertEquals(cut.text(), told.toString());
    assertEquals(Finish.STOP, cut.finish());
  }

  @Test
  void theSameSeedGivesTheSameText() throws Exception {
    GenerateRequest sampled =
        request(random(new Random(12), 12), 30, Lane.COMMAND)
            .withSampling(Sampling.GREEDY.withTemperature(1).withSeed(5));
    Generation first = engine.generate(sampled, TokenSink.NONE, new Cancellation());
    Generation second = engine.generate(sampled, TokenSink.NONE, new Cancellation());
    assertEquals(first.ids(), second.ids());
    assertFalse(first.text().isEmpty());
  }

  @Test
  void closingEndsWhatRunsAndRefusesWhatComes() throws Exception {
    Engine model = TestModels.micro(folder);
    CompletableFuture<Void> begun = new CompletableFuture<>();
    AtomicInteger pieces = new AtomicInteger();
    CompletableFuture<Generation> running =
        CompletableFuture.supplyAsync(() -> {
          try {
            return model.generate(
                request(TokenIds.of(1, 2, 3), 100_000, Lane.COMMAND),
                text -> {
                  pieces.incrementAndGet();
                  begun.complete(null);
                },
                new Cancellation());
          } catch (ModelException e) {
            throw new CompletionException(e);
          }
        });
    begun.join();
    model.close();
    // It may have come to the end of the context window before it was closed.
    running
        .handle((answer, failure) -> answer != null || failure.toString().contains("closed"))
        .thenAccept(ended -> assertTrue(ended))
        .join();
    assertTrue(pieces.get() > 0);
    ModelException refused =
        assertThrows(ModelException.class, () -> generate(model, TokenIds.of(1), 1));
    assertTrue(refused.getMessage().contains("closed"));
    model.close();
  }
}
