package dev.promptls.model.web;

import dev.promptls.model.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Sends requests. Redirects of a GET are followed here, not by the JDK's client, because
/// credentials must stay with their host and a secure address must not lead to an insecure one.
public final class WebClient implements AutoCloseable {
  private static final int MOST_REDIRECTS = 8;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HttpClient http;
  private final TimeLimits limits;

  public WebClient(TimeLimits limits, ProxySelector proxies) {
    this.limits = limits;
    // HTTP/1.1: a cancelled request then closes its connection, which is how a server learns of
    // it, and no server stumbles over the offer to upgrade.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .proxy(proxies)
            .build();
  }

  /// Gets an address, following redirects.
  ///
  /// @param credentials sent only to the origin they are for
  /// @throws RedirectException if the redirects go in circles, are too many or lead where they must
  ///   not
  /// @throws InterruptedIOException if cancelled
  public Reply get(
      URI address,
      Map<String, String> headers,
      @Nullable Credentials credentials,
      Cancellation cancellation)
      throws IOException {
    HttpHeaders first = null;
    URI at = address;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      HttpRequest.Builder request = HttpRequest.newBuilder(at).GET();
      headers.forEach(request::setHeader);
      Reply reply = send(request, credentials, cancellation);
      first = first == null ? reply.headers() : first;
      if (!REDIRECTS.contains(reply.status())) {
        return new Reply(reply.address(), reply.status(), reply.headers(), first, reply.body());
      }
      reply.close();
      at = target(reply);
    }
    throw new RedirectException("the address is redirected more than " + MOST_REDIRECTS + " times");
  }

  /// Posts JSON. A redirect is an error: what is posted is meant for this address alone.
  public Reply post(
      URI address, String json, @Nullable Credentials credentials, Cancellation cancellation)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    Reply reply = send(request, credentials, cancellation);
    if (REDIRECTS.contains(reply.status())) {
      reply.close();
      throw new RedirectException("it redirects to " + withoutQuery(target(reply)));
    }
    return reply;
  }

  private Reply send(
      HttpRequest.Builder request, @Nullable Credentials credentials, Cancellation cancellation)
      throws IOException {
    HttpRequest plain = request.timeout(limits.reply()).build();
    if (credentials != null && credentials.belongTo(plain.uri())) {
      plain = request.setHeader("Authorization", credentials.headerValue()).build();
    }
    CompletableFuture<HttpResponse<InputStream>> future =
        http.sendAsync(plain, _ -> new BodyStream(limits.silence(), cancellation));
    cancellation.onCancel(() -> future.cancel(true));
    HttpResponse<InputStream> response = await(future);
    HttpHeaders headers = response.headers();
    return new Reply(plain.uri(), response.statusCode(), headers, headers, response.body());
  }

  private static HttpResponse<InputStream> await(
      CompletableFuture<HttpResponse<InputStream>> future) throws IOException {
    try {
      return future.get();
    } catch (CancellationException e) {
      throw interrupted("cancelled", e);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw interrupted("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case CancellationException cause -> throw interrupted("cancelled", cause);
        case IOException cause -> throw cause;
        case null, default -> throw new IOException("the request failed", e.getCause());
      }
    }
  }

  private static InterruptedIOException interrupted(String message, Throwable cause) {
    InterruptedIOException exception = new InterruptedIOException(message);
    exception.initCause(cause);
    return exception;
  }

  private static URI target(Reply reply) throws RedirectException {
    String location = reply.headers().firstValue("Location").orElse("");
    URI target;
    try {
      target = reply.address().resolve(URI.create(location));
    } catch (IllegalArgumentException e) {
      throw new RedirectException("the redirect names no address");
    }
    String scheme = target.getScheme();
    boolean secure = "https".equalsIgnoreCase(scheme);
    boolean wasSecure = "https".equalsIgnoreCase(reply.address().getScheme());
    if (target.getHost() == null || (!secure && !"http".equalsIgnoreCase(scheme))) {
      throw new RedirectException("the redirect leads to no web address");
    }
    if (wasSecure && !secure) {
      throw new RedirectException("the redirect leads from https to http");
    }
    return target;
  }

  /// An address as it may be shown: queries and user names can hold secrets.
  public static String withoutQuery(URI address) {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    String path = address.getRawPath() == null ? "" : address.getRawPath();
    return address.getScheme() + "://" + address.getHost() + port + path;
  }

  /// Why an exchange failed, as the middle of a sentence.
  public static String reason(IOException e) {
    return switch (e) {
      case RedirectException redirect -> String.valueOf(redirect.getMessage());
      case HttpConnectTimeoutException _ -> "the host does not answer";
      case HttpTimeoutException _ -> "the host fell silent";
      case ConnectException _ -> "the host cannot be reached";
      case SSLException _ -> "no secure connection could be made";
      default -> "the connection was cut";
    };
  }

  /// Whether no connection was made at all.
  public static boolean unreachable(IOException e) {
    return e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
