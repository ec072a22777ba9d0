package dev.promptls.model.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.Finish;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.Sampling;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import dev.promptls.model.Usage;
import dev.promptls.model.settings.Endpoint;
import dev.promptls.model.web.FaultyServer;
import dev.promptls.model.web.Patience;
import dev.promptls.model.web.TimeLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RemoteModelTest {
  private static final String KEY = "sk-planted-0123456789";
  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream; charset=utf-8";
  private static final GenerateRequest CHAT =
      GenerateRequest.greedy(
          new Input.Chat(List.of(new ChatMessage("user", "Hi \"you\"\n"))), 5, Lane.COMMAND);
  private static final GenerateRequest TEXT =
      GenerateRequest.greedy(new Input.Text("one two"), 5, Lane.COMMAND);
  private static final String REPLY =
      """
      {"choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello."},
                    "finish_reason": "stop"}],
       "usage": {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11,
                 "prompt_tokens_details": {"cached_tokens": 4}}}
      """;

  static RemoteModel model(FaultyServer server) throws ModelException {
    return model(server, Patience.PATIENT);
  }

  private static RemoteModel model(FaultyServer server, TimeLimits limits) throws ModelException {
    Endpoint endpoint = new Endpoint("test", server.address("/v1"), "m", "TEST_KEY", null);
    return new RemoteModel(endpoint, Map.of("TEST_KEY", KEY), limits, Patience.RESTLESS);
  }

  private static String refusal(GenerateRequest request, boolean stream, FaultyServer.Handler how)
      throws Exception {
    return refusal(request, stream, how, Patience.PATIENT);
  }

  private static String refusal(
      GenerateRequest request, boolean stream, FaultyServer.Handler how, TimeLimits limits)
      throws Exception {
    try (FaultyServer server = new FaultyServer(how);
        RemoteModel model = model(server, limits)) {
      TokenSink sink = stream ? _ -> {} : TokenSink.NONE;
      ModelException e =
          assertThrows(
              ModelException.class, () -> model.generate(request, sink, new Cancellation()));
      for (Throwable at = e; at != null; at = at.getCause()) {
        assertFalse(String.valueOf(at).contains(KEY), "the key shows in " + at.getClass());
      }
      String sentence = String.valueOf(e.getMessage());
      assertTrue(sentence.endsWith(".") && !sentence.contains("\n"), sentence);
      return sentence;
    }
  }

  @Test
  void aConversationGoesToChatCompletions() throws Exception {
    try (FaultyServer server = new FaultyServer((_, wire) -> wire.reply(200, JSON, REPLY));
        RemoteModel model = model(server)) {
      Generation answer = model.generate(CHAT, TokenSink.NONE, new Cancellation());
      assertEquals("Hello.", answer.text());
      assertEquals(Finish.STOP, answer.finish());
      assertEquals(new Usage(9, 4, 2), answer.usage());
      FaultyServer.Request request = server.requests().getFirst();
      assertEquals("POST /v1/chat/completions", request.method() + " " + request.path());
      assertEquals("Bearer " + KEY, request.header("authorization"));
      assertEquals(
          "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi \\\"you\\\"\\n\"}],"
              + "\"max_tokens\":5,\"temperature\":0.0}",
          request.body());
      assertEquals("remote:test", model.info().name());
    }
  }

  @Test
  void samplingIsSentWhereItIsNotNeutral() throws Exception {
    String reply = "{\"choices\":[{\"text\":\" three\",\"finish_reason\":\"length\"}]}";
    try (FaultyServer server = new FaultyServer((_, wire) -> wire.reply(200, JSON, reply));
        RemoteModel model = model(server)) {
      Sampling sampling = new Sampling(0.5, 40, 0.9, 0.05, 1.1, 7, Map.of(3, -100.0));
      GenerateRequest request = TEXT.withSampling(sampling).withStop(List.of("\n"));
      Generation answer = model.generate(request, TokenSink.NONE, new Cancellation());
      assertEquals(" three", answer.text());
      assertEquals("one two", answer.prompt());
      assertEquals(Finish.LENGTH, answer.finish());
      assertEquals("/v1/completions", server.requests().getFirst().path());
      assertEquals(
          "{\"model\":\"m\",\"prompt\":\"one two\",\"max_tokens\":5,\"temperature\":0.5,"
              + "\"seed\":7,\"top_p\":0.9,\"top_k\":40,\"min_p\":0.05,\"repetition_penalty\":1.1,"
              + "\"repeat_penalty\":1.1,\"logit_bias\":{\"3\":-100.0},\"stop\":[\"\\n\"]}",
          server.requests().getFirst().body());
    }
  }

  @Test
  void aStreamIsHandedOnInWholeCharacters() throws Exception {
    FaultyServer.Handler handler =
        (_, wire) -> {
          wire.head(200, "Content-Type: " + EVENTS);
          wire.send(
              ": hello\r\n\r\nevent: x\r\ndata: {\"choices\":[{\"delta\":{\"role\":\"a\"}}]}");
          wire.send("\r\n\r\ndata:{\"choices\":[{\"delta\":{\"content\":\"Ü\\ud83d\"}}]}\n\n");
          wire.send("data: {\"choices\":[{\"delta\":{\"content\":\"\\ude00!\"}}]}\n\n");
          wire.send("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\n");
          wire.send("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,");
          wire.send("\"completion_tokens\":4}}\n\ndata: [DONE]\n\n");
        };
    try (FaultyServer server = new FaultyServer(handler);
        RemoteModel model = model(server)) {
      List<String> pieces = new ArrayList<>();
      Generation answer = model.generate(CHAT, pieces::add, new Cancellation());
      assertEquals(List.of("Ü", "😀!"), pieces);
      assertEquals("Ü😀!", answer.text());
      assertEquals(Finish.LENGTH, answer.finish());
      assertEquals(new Usage(3, 0, 4), answer.usage());
      assertTrue(server.requests().getFirst().body().contains("\"stream\":true"));
    }
  }

  @Test
  void aBusyServerIsAskedAgainAfterThePauseItWants() throws Exception {
    AtomicInteger round = new AtomicInteger();
    FaultyServer.Handler handler =
        (_, wire) -> {
          switch (round.incrementAndGet()) {
            case 1 -> wire.head(429, "Retry-After: 0", "Content-Length: 0");
            case 2 -> wire.send("");
            default -> wire.reply(200, JSON, REPLY);
          }
        };
    try (FaultyServer server = new FaultyServer(handler);
        RemoteModel model = model(server)) {
      assertEquals("Hello.", model.generate(CHAT, TokenSink.NONE, new Cancellation()).text());
      assertEquals(3, server.requests().size());
    }
  }

  @Test
  void whoTypesDoesNotWaitForAnotherAttempt() throws Exception {
    AtomicInteger round = new AtomicInteger();
    GenerateRequest typing = GenerateRequest.greedy(TEXT.input(), 5, Lane.TYPING);
    String sentence =
        refusal(
            typing,
            false,
            (_, wire) -> {
              round.incrementAndGet();
              wire.reply(503, JSON, "{}");
            });
    assertTrue(sentence.contains("503"), sentence);
    assertEquals(1, round.get());
  }

  @Test
  void anOptionTheServerNamesOtherwiseIsRenamed() throws Exception {
    FaultyServer.Handler handler =
        (request, wire) -> {
          if (request.body().contains("\"max_tokens\"")) {
            wire.reply(
                400, JSON, "{\"error\":{\"message\":\"Use 'max_completion_tokens' instead.\"}}");
          } else {
            wire.reply(200, JSON, REPLY);
          }
        };
    try (FaultyServer server = new FaultyServer(handler);
        RemoteModel model = model(server)) {
      assertEquals("Hello.", model.generate(CHAT, TokenSink.NONE, new Cancellation()).text());
      assertTrue(server.requests().getLast().body().contains("\"max_completion_tokens\":5"));
    }
  }

  @Test
  void everyFaultIsToldInASentenceWithoutTheKey() throws Exception {
    String echoed = "{\"error\":{\"message\":\"bad\\nkey " + KEY + " in Bearer " + KEY + "\"}}";
    for (int status : new int[] {400, 401, 403, 404, 422, 429, 500, 503}) {
      String sentence = refusal(CHAT, false, (_, wire) -> wire.reply(status, JSON, echoed));
      assertTrue(sentence.startsWith("The endpoint test "), sentence);
    }
    assertTrue(refusal(CHAT, true, (_, w) -> w.reply(200, JSON, echoed)).contains("bad key …"));
    assertTrue(refusal(CHAT, false, (_, w) -> w.reply(200, JSON, "{\"a\"")).contains("not JSON"));
    assertTrue(refusal(CHAT, false, (_, w) -> w.reply(200, JSON, "[]")).contains("JSON object"));
    assertTrue(refusal(CHAT, false, (_, w) -> w.reply(200, JSON, "{}")).contains("choices"));
    assertTrue(
        refusal(CHAT, false, (_, w) -> w.reply(200, "text/html", "<p>")).contains("web page"));
    assertTrue(
        refusal(CHAT, false, (_, w) -> w.head(200, "Content-Length: 99")).contains("was cut"));
    assertTrue(
        refusal(
                CHAT,
                true,
                (_, w) ->
                    w.reply(200, EVENTS, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n"))
            .contains("was cut"));
    assertTrue(
        refusal(CHAT, true, (_, w) -> w.reply(200, EVENTS, "data: x".repeat(400_000)))
            .contains("more than an answer"));
    assertTrue(
        refusal(
                CHAT,
                false,
                (_, w) -> w.reply(200, JSON, REPLY.replace("\"stop\"", "\"content_filter\"")))
            .contains("content filter"));
    assertTrue(
        refusal(
                CHAT,
                true,
                (_, w) -> {
                  w.head(200, "Content-Type: " + EVENTS);
                  w.awaitHangUp();
                },
                Patience.IMPATIENT)
            .contains("fell silent"));
  }

  @Test
  void aRedirectGetsNeitherKeyNorPrompt() throws Exception {
    try (FaultyServer other = new FaultyServer((_, wire) -> wire.reply(200, JSON, REPLY))) {
      String sentence =
          refusal(
              CHAT,
              false,
              (_, w) ->
                  w.head(307, "Location: " + other.address("/v1/x?t=1"), "Content-Length: 0"));
      assertTrue(sentence.contains("redirects to http://127.0.0.1"), sentence);
      assertFalse(sentence.contains("t=1"), sentence);
      assertEquals(List.of(), other.requests());
    }
  }

  @Test
  void noServerAtAllIsToldWithItsAddress() throws Exception {
    FaultyServer server = new FaultyServer((_, _) -> {});
    server.close();
    try (RemoteModel model = model(server)) {
      ModelException e =
          assertThrows(
              ModelException.class, () -> model.generate(CHAT, TokenSink.NONE, new Cancellation()));
      assertTrue(String.valueOf(e.getMessage()).contains("cannot be reached"), e.getMessage());
    }
  }

  @Test
  void aKeyThatFitsNoHeaderIsNotRepeated() throws Exception {
    try (FaultyServer server = new FaultyServer((_, wire) -> wire.reply(200, JSON, REPLY))) {
      Endpoint endpoint = new Endpoint("test", server.address("/v1"), "m", "K", null);
      ModelException e =
          assertThrows(
              ModelException.class,
              () -> new RemoteModel(endpoint, Map.of("K", "sk-a\r\nX-Evil: b")));
      assertFalse(String.valueOf(e.getMessage()).contains("sk-a"), e.getMessage());
    }
  }

  @Test
  void cancelHangsUpAndGivesWhatThereIs() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    FaultyServer.Handler handler =
        (_, wire) -> {
          wire.head(200, "Content-Type: " + EVENTS);
          wire.send("data: {\"choices\":[{\"text\":\" three\"}]}\n\n");
          wire.awaitHangUp();
          hungUp.countDown();
        };
    try (FaultyServer server = new FaultyServer(handler);
        RemoteModel model = model(server)) {
      Cancellation cancellation = new Cancellation();
      Generation answer = model.generate(TEXT, _ -> cancellation.cancel(), cancellation);
      assertEquals(" three", answer.text());
      assertEquals(Finish.CANCELLED, answer.finish());
      hungUp.await();
    }
  }

  @Test
  void manyRequestsGoSideBySideButNotAllAtOnce() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch several = new CountDownLatch(4);
    FaultyServer.Handler handler =
        (request, wire) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          several.countDown();
          several.await();
          String number = request.body().replaceAll(".*\"prompt\":\"(\\d+)\".*", "$1");
          now.decrementAndGet();
          wire.reply(
              200,
              JSON,
              "{\"choices\":[{\"text\":\"" + number + "\",\"finish_reason\":\"stop\"}]}");
        };
    List<GenerateRequest> requests = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      requests.add(GenerateRequest.greedy(new Input.Text("" + i), 1, Lane.BATCH));
      expected.add("" + i);
    }
    try (FaultyServer server = new FaultyServer(handler);
        RemoteModel model = model(server)) {
      List<Integer> seen = new ArrayList<>();
      List<Generation> answers =
          model.generateAll(requests, (index, _) -> seen.add(index), new Cancellation());
      assertEquals(expected, answers.stream().map(Generation::text).toList());
      assertEquals(40, seen.size());
      assertTrue(most.get() >= 4 && most.get() <= 8, "at once: " + most);
    }
  }

  @Test
  void oneFailureEndsABatchWithItsSentence() throws Exception {
    FaultyServer.Handler handler =
        (request, wire) -> {
          if (request.body().contains("\"bad\"")) {
            wire.reply(400, JSON, "{\"error\":\"no such thing\"}");
          } else {
            wire.awaitHangUp();
          }
        };
    try (FaultyServer server = new FaultyServer(handler);
        RemoteModel model = model(server)) {
      List<GenerateRequest> requests =
          List.of(TEXT, GenerateRequest.greedy(new Input.Text("bad"), 1, Lane.BATCH), TEXT);
      ModelException e =
          assertThrows(
              ModelException.class,
              () -> model.generateAll(requests, LanguageModel.BatchSink.NONE, new Cancellation()));
      assertTrue(String.valueOf(e.getMessage()).contains("no such thing"), e.getMessage());
    }
  }

  @Test
  void tokenIdsAreRefused() throws Exception {
    GenerateRequest ids = GenerateRequest.greedy(new Input.Ids(TokenIds.of(1, 2)), 1, Lane.COMMAND);
    assertTrue(refusal(ids, false, (_, w) -> w.reply(200, JSON, REPLY)).contains("token ids"));
  }
}
