package dev.promptls.lsp.session;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The names of the virtual documents: `promptls:preview?` and the URI of a prompt, percent-encoded
/// once; a raw one is understood too.
public final class PreviewUri {
  private static final String PREFIX = "promptls:preview?";

  private PreviewUri() {}

  public static String of(String promptUri) {
    return PREFIX + URLEncoder.encode(promptUri, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// The possible URIs of the prompt that a virtual document speaks of, likeliest first.
  public static Optional<Candidates> read(String uri) {
    if (!uri.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String raw = uri.substring(PREFIX.length());
    try {
      return Optional.of(
          new Candidates(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8), raw));
    } catch (IllegalArgumentException notEncoded) {
      return Optional.of(new Candidates(raw, raw));
    }
  }

  /// @param decoded the query taken as encoded
  /// @param raw the query taken as it is
  public record Candidates(String decoded, String raw) {}
}
