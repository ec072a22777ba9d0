package dev.promptls.model.remote;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.model.Cancellation;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.Score;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.TokenSink;
import dev.promptls.model.settings.Endpoint;
import dev.promptls.model.settings.Secret;
import dev.promptls.model.settings.UserSettings;
import dev.promptls.model.web.Backoff;
import dev.promptls.model.web.Credentials;
import dev.promptls.model.web.EnvironmentProxies;
import dev.promptls.model.web.RedirectException;
import dev.promptls.model.web.Reply;
import dev.promptls.model.web.TimeLimits;
import dev.promptls.model.web.WebClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A model behind an OpenAI-compatible server. Requests go side by side, the server orders them. A
/// failed request is sent again after a pause, unless part of its answer was already handed on or
/// somebody is typing. `exact` has no meaning here: the server has one arithmetic.
///
/// A conversation goes to `/chat/completions`, text to `/completions`; token ids are refused. The
/// server tells no ids and, if streamed by some, no usage: the tokens of the prompt are then 0.
public final class RemoteModel implements LanguageModel {
  /// A long prompt may take minutes to its first token.
  private static final TimeLimits PATIENT =
      new TimeLimits(Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofMinutes(2));

  /// Texts that hardly any model ends.
  private static final List<String> PROBES = List.of("one two three four", "The capital of");

  private static final int WHOLE_VOCABULARY = 1_000_000;

  private final Endpoint endpoint;
  private final URI base;
  private final Subject subject;
  private final @Nullable Credentials credentials;
  private final Backoff backoff;
  private final WebClient web;
  private final ReplyReader reader;
  private volatile @Nullable Boolean late;

  /// @param environment variables by name, of which the endpoint's `keyEnv` and proxies are read
  /// @throws ModelException if the key is missing
  public RemoteModel(Endpoint endpoint, Map<String, String> environment) throws ModelException {
    this(endpoint, environment, PATIENT, Backoff.DEFAULT);
  }

  RemoteModel(
      Endpoint endpoint, Map<String, String> environment, TimeLimits limits, Backoff backoff)
      throws ModelException {
    this.endpoint = endpoint;
    // The address of the host alone means the usual place on it.
    String path = Optional.ofNullable(endpoint.url().getPath()).orElse("");
    this.base = path.isEmpty() ? URI.create(endpoint.url() + "/v1") : endpoint.url();
    Optional<Secret> key = endpoint.key(environment);
    this.subject = new Subject(endpoint.name(), key);
    this.credentials = key.isPresent() ? Credentials.bearer(base, key.get().reveal()) : null;
    this.backoff = backoff;
    this.web = new WebClient(limits, new EnvironmentProxies(environment));
    this.reader = new ReplyReader(subject);
  }

  @Override
  public ModelInfo info() {
    String name = UserSettings.REMOTE + endpoint.name();
    return new ModelInfo(name, "remote", "", 0, 0, 0, null, null, null, false);
  }

  @Override
  public Generation generate(GenerateRequest request, TokenSink sink, Cancellation cancellation)
      throws ModelException {
    boolean stream = !sink.equals(TokenSink.NONE);
    RequestBody body = RequestBody.generate(endpoint.model(), request, stream);
    Answer answer = new Answer(request.input(), sink);
    try {
      exchange(
          body,
          request.lane(),
          cancellation,
          answer,
          reply -> {
            reader.read(reply, answer);
            return answer;
          });
      return answer.done();
    } catch (InterruptedIOException e) {
      return answer.cancelled();
    }
  }

  @Override
  public List<Generation> generateAll(
      List<GenerateRequest> requests, BatchSink sink, Cancellation cancellation)
      throws ModelException {
    return new SideBySide(this, sink).run(requests, cancellation);
  }

  @Override
  public Score score(ScoreRequest request, Cancellation cancellation) throws ModelException {
    if (!(request.input() instanceof Input.Text(String text))) {
      throw subject.sentence("scores text only", "give the text itself");
    }
    if (request.top() > 0) {
      throw subject.sentence("tells no token ids", "ask without the likeliest tokens");
    }
    if (text.isEmpty()) {
      throw subject.sentence("has nothing to score", "give a text");
    }
    Lane lane = request.lane();
    boolean late = lateness(lane, cancellation);
    return echo(text, late ? EchoScore.MANY : 1, lane, cancellation)
        .score(late, (before, tokens, token) -> next(before, tokens, token, lane, cancellation));
  }

  /// Whether this server's distributions are a place late, found out once.
  private boolean lateness(Lane lane, Cancellation cancellation) throws ModelException {
    Boolean known = late;
    if (known == null) {
      Optional<Boolean> found = Optional.empty();
      for (int i = 0; i < PROBES.size() && found.isEmpty(); i++) {
        found = echo(PROBES.get(i), 1, lane, cancellation).late();
      }
      known = found.orElse(false);
      late = known;
    }
    return known;
  }

  private EchoScore echo(String text, int likeliest, Lane lane, Cancellation cancellation)
      throws ModelException {
    RequestBody body = RequestBody.score(endpoint.model(), text, likeliest);
    return new EchoScore(subject, choice(whole(body, lane, cancellation)), text);
  }

  private double next(String before, int tokens, String token, Lane lane, Cancellation cancellation)
      throws ModelException {
    RequestBody body = RequestBody.next(endpoint.model(), before, WHOLE_VOCABULARY);
    JsonObject reply = whole(body, lane, cancellation);
    if (ReplyReader.usage(reply).promptTokens() == tokens
        && choice(reply).get("logprobs") instanceof JsonObject logprobs
        && logprobs.get("top_logprobs") instanceof JsonArray all
        && !all.isEmpty()
        && all.get(0) instanceof JsonObject likeliest
        && likeliest.get(token) instanceof JsonPrimitive value
        && value.isNumber()) {
      return value.getAsDouble();
    }
    throw subject.sentence(
        "does not tell how likely token " + (tokens + 1) + " of the text is",
        "score with a local model");
  }

  private JsonObject choice(JsonObject reply) throws ModelException {
    if (reply.get("choices") instanceof JsonArray choices
        && !choices.isEmpty()
        && choices.get(0) instanceof JsonObject choice) {
      return choice;
    }
    throw subject.sentence("sends a reply without choices", "check its url and model");
  }

  private JsonObject whole(RequestBody body, Lane lane, Cancellation cancellation)
      throws ModelException {
    Answer nothing = new Answer(new Input.Text(""), TokenSink.NONE);
    try {
      return exchange(body, lane, cancellation, nothing, reader::whole);
    } catch (InterruptedIOException e) {
      throw new ModelException("The scoring was cancelled: start it again when it is wanted.", e);
    }
  }

  @FunctionalInterface
  private interface Use<T> {
    T of(Reply reply) throws IOException, ModelException;
  }

  /// Sends a request until it is answered or there is no use in it any more.
  private <T> T exchange(
      RequestBody body, Lane lane, Cancellation cancellation, Answer answer, Use<T> use)
      throws ModelException, InterruptedIOException {
    int failures = 0;
    while (true) {
      Optional<Duration> asked = Optional.empty();
      try (Reply reply =
          web.post(URI.create(base + body.path()), body.json(), credentials, cancellation)) {
        if (reply.status() == 200) {
          return use.of(reply);
        }
        String detail = reader.failure(reply);
        Optional<RequestBody> other =
            reply.status() == 400 ? body.adapted(detail) : Optional.empty();
        if (other.isPresent()) {
          return exchange(other.get(), lane, cancellation, answer, use);
        }
        failures++;
        if (!Backoff.transientStatus(reply.status()) || last(failures, lane)) {
          throw refusal(reply.status(), detail, body);
        }
        asked = Backoff.retryAfter(reply.headers(), Instant.now());
      } catch (IOException e) {
        failures++;
        stopIfCancelled(e, cancellation);
        if (answer.begun() || !worthAnother(e) || last(failures, lane)) {
          throw failure(e);
        }
      }
      Backoff.await(backoff.pause(failures, asked), cancellation);
    }
  }

  private boolean last(int failures, Lane lane) {
    return lane == Lane.TYPING || failures >= backoff.attempts();
  }

  private static boolean worthAnother(IOException e) {
    return !(e instanceof RedirectException) && !(e instanceof EventStream.OverflowException);
  }

  private static void stopIfCancelled(IOException e, Cancellation cancellation)
      throws InterruptedIOException {
    if (cancellation.isCancelled() || Thread.currentThread().isInterrupted()) {
      InterruptedIOException stop = new InterruptedIOException("cancelled");
      stop.initCause(e);
      throw stop;
    }
  }

  private ModelException failure(IOException e) {
    if (e instanceof EventStream.OverflowException) {
      return subject.sentence("sends more than an answer can be", "check its url");
    }
    if (e instanceof RedirectException) {
      return subject.sentence(
          "does not answer itself (" + WebClient.reason(e) + ")",
          "set its url in settings.json to where it is");
    }
    String where = WebClient.withoutQuery(base);
    return subject.sentence(
        "at " + where + " gives no answer (" + WebClient.reason(e) + ")",
        "check that the server runs and that its url is right");
  }

  private ModelException refusal(int status, String detail, RequestBody body) {
    return switch (status) {
      case 401, 403 ->
          subject.sentence(
              "refuses access (status " + status + ")",
              endpoint.keyEnv() == null
                  ? "set keyEnv for it in settings.json"
                  : "check the key in " + endpoint.keyEnv());
      case 404 ->
          subject.sentence(
              "knows no " + body.path() + " or no model " + shownModel() + detail,
              "check its url and model");
      case 429 -> subject.sentence("takes no more requests now" + detail, "try again later");
      default ->
          subject.sentence(
              "answers with status " + status + detail, "change the request or try again later");
    };
  }

  private String shownModel() {
    return endpoint.model().isEmpty() ? "of its own" : endpoint.model();
  }

  @Override
  public void close() {
    web.close();
  }
}
