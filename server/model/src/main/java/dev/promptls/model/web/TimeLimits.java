package dev.promptls.model.web;

import java.time.Duration;

/// How long to wait for the other side.
///
/// @param connect until the connection stands
/// @param reply from the request to the head of the reply
/// @param silence between two pieces of the body
public record TimeLimits(Duration connect, Duration reply, Duration silence) {
  /// A connection is had quickly or not at all; what follows may take longer.
  public static final TimeLimits DEFAULT =
      new TimeLimits(Duration.ofSeconds(3), Duration.ofSeconds(15), Duration.ofSeconds(30));
}
