package dev.promptls.lsp.session;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The name of a virtual document: `promptls:preview?` or `promptls:sent?` and the URI of a prompt,
/// percent-encoded once; a raw one is understood too.
///
/// @param decoded the query taken as encoded, which is likelier
/// @param raw the query taken as it is
public record VirtualUri(Kind kind, String decoded, String raw) {
  /// What a virtual document speaks of.
  public enum Kind {
    /// All there is to say of a prompt: answers, and what is sent.
    PREVIEW,
    /// What is sent.
    SENT;

    private String prefix() {
      return "promptls:" + name().toLowerCase(Locale.ROOT) + "?";
    }

    /// The name of the virtual document of a prompt.
    public String of(String promptUri) {
      return prefix() + URLEncoder.encode(promptUri, StandardCharsets.UTF_8).replace("+", "%20");
    }
  }

  public static Optional<VirtualUri> read(String uri) {
    return Arrays.stream(Kind.values())
        .filter(kind -> uri.startsWith(kind.prefix()))
        .findFirst()
        .map(kind -> read(kind, uri.substring(kind.prefix().length())));
  }

  private static VirtualUri read(Kind kind, String raw) {
    try {
      return new VirtualUri(
          kind, URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8), raw);
    } catch (IllegalArgumentException notEncoded) {
      return new VirtualUri(kind, raw, raw);
    }
  }
}
