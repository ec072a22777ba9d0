package dev.promptls.model.web;

import dev.promptls.model.ModelException;
import java.net.URI;
import java.util.Objects;

/// A bearer token that only one origin may see. It never shows in a log: [#toString] is blank.
public final class Credentials {
  private final URI origin;
  private final String token;

  private Credentials(URI origin, String token) {
    this.origin = origin;
    this.token = token;
  }

  /// The token for the scheme, host and port of `address`.
  ///
  /// @throws ModelException if it has characters that no token has; the JDK's own refusal would
  ///   repeat it
  public static Credentials bearer(URI address, String token) throws ModelException {
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new ModelException(
          "The key for "
              + address.getHost()
              + " has spaces or other characters that no key has: check where it is set.");
    }
    return new Credentials(address, token);
  }

  /// Whether `address` has the scheme, host and port that the token is for.
  boolean belongTo(URI address) {
    return sameOrigin(origin, address);
  }

  String headerValue() {
    return "Bearer " + token;
  }

  static boolean sameOrigin(URI one, URI other) {
    return equalIgnoringCase(one.getScheme(), other.getScheme())
        && equalIgnoringCase(one.getHost(), other.getHost())
        && port(one) == port(other);
  }

  private static boolean equalIgnoringCase(String one, String other) {
    return Objects.equals(one, other) || (one != null && one.equalsIgnoreCase(other));
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
  }

  @Override
  public String toString() {
    return "Credentials[…]";
  }
}
