package dev.promptls.model.store;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import dev.promptls.model.web.Backoff;
import dev.promptls.model.web.Credentials;
import dev.promptls.model.web.Reply;
import dev.promptls.model.web.WebClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A GGUF file behind a web address. Goes on where a cut connection ended.
final class WebSource implements Source {
  private static final int CHUNK = 1 << 16;
  private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final WebClient web;
  private final Backoff backoff;
  private final Wanted wanted;

  WebSource(WebClient web, Backoff backoff, Wanted wanted) {
    this.web = web;
    this.backoff = backoff;
    this.wanted = wanted;
  }

  /// The file.
  ///
  /// @param bytes of the file; -1 if not known beforehand
  /// @param sha256 of the file, if known beforehand
  /// @param hub whether the host speaks the hub's dialect, which tells the digest in a header
  record Wanted(
      URI address,
      long bytes,
      @Nullable String sha256,
      boolean hub,
      @Nullable Credentials credentials) {}

  /// What a reply brings: the rest of the file from `from` on, or all of it from 0.
  private record Offer(long from, Part.Known known) {}

  /// A fault after which to try again.
  private static final class Fault extends IOException {
    private final transient Optional<Duration> wait;

    Fault(String reason, Optional<Duration> wait) {
      super(reason);
      this.wait = wait;
    }
  }

  @Override
  public String title() {
    return String.valueOf(wanted.address().getHost());
  }

  @Override
  public @Nullable String bring(Part part, Progress progress, Cancellation cancellation)
      throws Refusal, ModelException, InterruptedIOException {
    int failures = 0;
    while (true) {
      long before = part.size();
      try {
        return once(part, progress, cancellation);
      } catch (IOException e) {
        if (e instanceof InterruptedIOException stop
            && (cancellation.isCancelled() || Thread.currentThread().isInterrupted())) {
          throw stop;
        }
        failures = part.size() > before ? 0 : failures + 1;
        if (WebClient.unreachable(e) || failures >= backoff.attempts()) {
          throw new Refusal(reason(e), "check the connection and try again");
        }
        Optional<Duration> asked = e instanceof Fault fault ? fault.wait : Optional.empty();
        Backoff.await(backoff.pause(Math.max(1, failures), asked), cancellation);
      }
    }
  }

  private static String reason(IOException e) {
    return e instanceof Fault ? String.valueOf(e.getMessage()) : WebClient.reason(e);
  }

  private @Nullable String once(Part part, Progress progress, Cancellation cancellation)
      throws IOException, Refusal, ModelException {
    long have = part.size();
    Part.Known known = part.known();
    long total = wanted.bytes() >= 0 ? wanted.bytes() : known.total();
    if (have > 0 && have == total) {
      return known.sha256();
    }
    boolean resume = have > 0 && have < total && (known.etag() != null || wanted.sha256() != null);
    progress.report(Progress.Phase.CONNECTING, have, total);
    try (Reply reply =
        web.get(
            wanted.address(), headers(resume, have, known), wanted.credentials(), cancellation)) {
      Offer offer = offer(reply, resume ? have : 0, part, known);
      if (offer.from() == 0) {
        part.discard();
      }
      part.remember(offer.known());
      receive(reply.body(), offer, part, progress);
      return offer.known().sha256();
    }
  }

  private static Map<String, String> headers(boolean resume, long have, Part.Known known) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept-Encoding", "identity");
    if (resume) {
      headers.put("Range", "bytes=" + have + "-");
      if (known.etag() != null) {
        headers.put("If-Range", known.etag());
      }
    }
    return headers;
  }

  /// Judges the head of a reply.
  private Offer offer(Reply reply, long asked, Part part, Part.Known known)
      throws Fault, Refusal, ModelException {
    checkStatus(reply, asked, part);
    if (reply.compressed() || reply.mediaType().equals("text/html")) {
      throw new Refusal(
          "the server sends a web page instead of the file", "check the address in a browser");
    }
    long from = reply.status() == 206 ? asked : 0;
    long total = total(reply, asked, part);
    String sha256 = wanted.hub() ? hubDigest(reply.first()).orElse(null) : null;
    if (wanted.hub() && wanted.bytes() < 0) {
      long linked = reply.first().firstValueAsLong("X-Linked-Size").orElse(total);
      total = total < 0 ? linked : total;
    }
    if (wanted.sha256() != null && sha256 != null && !wanted.sha256().equals(sha256)) {
      throw new Refusal(
          "the hub has another file there than the expected one", "tell who maintains promptls");
    }
    if (from > 0 && sha256 != null && known.sha256() != null && !sha256.equals(known.sha256())) {
      part.discard();
      throw new Fault("the file changed during the download", Optional.empty());
    }
    checkTotal(total);
    part.requireSpace(total < 0 ? 0 : total - from);
    String etag = reply.headers().firstValue("ETag").filter(e -> e.startsWith("\"")).orElse(null);
    return new Offer(from, new Part.Known(etag, total, sha256));
  }

  private void checkStatus(Reply reply, long asked, Part part)
      throws Fault, Refusal, ModelException {
    int status = reply.status();
    if (status == 200 || (status == 206 && asked > 0)) {
      return;
    }
    if (status == 416 && asked > 0) {
      part.discard();
      throw new Fault("the server no longer has the part that is missing", Optional.empty());
    }
    if (Backoff.transientStatus(status)) {
      throw new Fault(
          "the server answers with status " + status,
          Backoff.retryAfter(reply.headers(), Instant.now()));
    }
    if (status == 401 || status == 403) {
      throw new Refusal(
          "the server refuses access (status " + status + ")",
          wanted.hub()
              ? "check the name; for a model with conditions accept them on the hub and set"
                  + " HF_TOKEN"
              : "check the address");
    }
    if (status == 404 || status == 410) {
      throw new Refusal(
          "there is no file at " + WebClient.withoutQuery(wanted.address()), "check the name");
    }
    throw new Refusal("the server answers with status " + status, "check the address");
  }

  private long total(Reply reply, long asked, Part part) throws Fault, ModelException {
    long length = reply.contentLength().orElse(-1);
    if (reply.status() != 206) {
      return length;
    }
    String range = reply.headers().firstValue("Content-Range").orElse("");
    Matcher matcher = CONTENT_RANGE.matcher(range);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) != asked) {
      part.discard();
      throw new Fault("the server sends another part than the one asked for", Optional.empty());
    }
    long rest = Long.parseLong(matcher.group(2)) + 1;
    return matcher.group(3).equals("*") ? rest : Long.parseLong(matcher.group(3));
  }

  private void checkTotal(long total) throws Refusal {
    if (wanted.bytes() >= 0 && total >= 0 && total != wanted.bytes()) {
      throw new Refusal(
          "the server offers " + total + " bytes instead of " + wanted.bytes(), "try again later");
    }
  }

  private static Optional<String> hubDigest(HttpHeaders headers) {
    return headers
        .firstValue("X-Linked-Etag")
        .map(etag -> etag.replaceFirst("^W/", "").replace("\"", ""))
        .filter(etag -> DIGEST.matcher(etag).matches());
  }

  private void receive(InputStream body, Offer offer, Part part, Progress progress)
      throws IOException, Refusal, ModelException {
    long total = offer.known().total() >= 0 ? offer.known().total() : wanted.bytes();
    long done = offer.from();
    try (Part.Writer writer = part.append()) {
      if (done == 0) {
        byte[] start = body.readNBytes(MAGIC.length);
        checkMagic(start);
        writer.write(start, start.length);
        done = start.length;
      }
      byte[] chunk = new byte[CHUNK];
      int count;
      while ((count = body.read(chunk, 0, chunk.length)) >= 0) {
        done += count;
        if (total >= 0 && done > total) {
          throw new Refusal("the server sends more bytes than it said", "try again later");
        }
        writer.write(chunk, count);
        progress.report(Progress.Phase.DOWNLOADING, done, total);
      }
    } catch (Refusal e) {
      part.discard();
      throw e;
    }
    if (total >= 0 && done < total) {
      throw new Fault("the connection was cut", Optional.empty());
    }
  }

  private static void checkMagic(byte[] start) throws Refusal {
    if (!Arrays.equals(start, MAGIC)) {
      throw new Refusal("what the server sends is no GGUF file", "check the address");
    }
  }
}
