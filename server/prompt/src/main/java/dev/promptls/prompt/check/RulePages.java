package dev.promptls.prompt.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The documentation of the rules: a Markdown page each.
public final class RulePages {
  private static final String LINK = "promptls:rule/";

  private RulePages() {}

  /// The page of a rule; empty if there is no rule of that code.
  public static Optional<String> page(String code) {
    if (Checks.rule(code) == null) {
      return Optional.empty();
    }
    try (InputStream in = RulePages.class.getResourceAsStream("rules/" + code + ".md")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The URI of a rule's page, a virtual document of the language server.
  public static String link(String code) {
    return LINK + code;
  }

  /// The page behind such a URI.
  public static Optional<String> at(String uri) {
    return uri.startsWith(LINK) ? page(uri.substring(LINK.length())) : Optional.empty();
  }
}
