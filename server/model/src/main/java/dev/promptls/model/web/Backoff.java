package dev.promptls.model.web;

import dev.promptls.model.Cancellation;
import java.io.InterruptedIOException;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// How often and after which pause to try again.
///
/// @param attempts in all, the first included
/// @param first pause; each following one is twice as long, with up to a quarter taken off by
///   chance so that clients do not come back together
/// @param longest pause, also of what a server asks for
public record Backoff(int attempts, Duration first, Duration longest) {
  public static final Backoff DEFAULT =
      new Backoff(5, Duration.ofMillis(500), Duration.ofSeconds(30));

  /// No second attempt: for one who has another way.
  public Backoff once() {
    return new Backoff(1, first, longest);
  }

  /// Whether the status says that trying again may help.
  public static boolean transientStatus(int status) {
    return status == 408 || status == 429 || (status >= 500 && status != 501 && status != 505);
  }

  /// What the server asks for in `Retry-After`: seconds or a date.
  public static Optional<Duration> retryAfter(HttpHeaders headers, Instant now) {
    return headers.firstValue("Retry-After").map(String::strip).flatMap(v -> parse(v, now));
  }

  private static Optional<Duration> parse(String value, Instant now) {
    if (value.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration left = Duration.between(now, date);
      return Optional.of(left.isNegative() ? Duration.ZERO : left);
    } catch (DateTimeException e) {
      // A header that says nothing is as good as none.
      return Optional.empty();
    }
  }

  /// The pause after `failures` failed attempts.
  public Duration pause(int failures, Optional<Duration> asked) {
    long doubled = first.toMillis() << Math.min(failures - 1, 20);
    long most = Math.min(doubled, longest.toMillis());
    long own = most - ThreadLocalRandom.current().nextLong(most / 4 + 1);
    long wanted = asked.map(Duration::toMillis).orElse(0L);
    return Duration.ofMillis(Math.min(Math.max(own, wanted), longest.toMillis()));
  }

  /// Waits, at most until cancelled.
  ///
  /// @throws InterruptedIOException if cancelled
  public static void await(Duration pause, Cancellation cancellation)
      throws InterruptedIOException {
    CountDownLatch cancelled = new CountDownLatch(1);
    cancellation.onCancel(cancelled::countDown);
    try {
      if (cancelled.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new InterruptedIOException("cancelled");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
