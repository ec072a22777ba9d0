package dev.promptls.model.store;

import dev.promptls.model.ModelException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How references to models are written.
final class ReferenceSyntax {
  private static final Pattern HUB =
      Pattern.compile(
          "hf:([\\w-][\\w.-]*/[\\w-][\\w.-]*)/([\\w.+-]+(?:/[\\w.+-]+)*)(?:@([\\w./-]+))?");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private ReferenceSyntax() {}

  static ModelReference parse(String text) throws ModelException {
    String stripped = text.strip();
    if (stripped.startsWith("hf:")) {
      return hub(stripped);
    }
    String lower = stripped.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://") || lower.startsWith("https://")) {
      return web(stripped);
    }
    Path path = path(stripped);
    boolean looksLikePath =
        stripped.contains("/") || stripped.contains("\\") || lower.endsWith(".gguf");
    boolean there = !stripped.isEmpty() && path != null && Files.exists(path);
    if (path != null && (looksLikePath || there)) {
      return new ModelReference.Local(path);
    }
    if (stripped.isEmpty() || path == null) {
      throw new ModelException(
          "`"
              + text
              + "` names no model: give a name of `model list`, hf:owner/repo/file.gguf, a web"
              + " address or a path.");
    }
    return new ModelReference.Named(stripped);
  }

  private static ModelReference hub(String text) throws ModelException {
    Matcher matcher = HUB.matcher(text);
    if (!matcher.matches() || text.contains("..")) {
      throw new ModelException(
          "`" + text + "` is no file of the hub: write hf:owner/repo/file.gguf[@revision].");
    }
    String revision = matcher.group(3) == null ? "main" : matcher.group(3);
    return new ModelReference.Hub(matcher.group(1), matcher.group(2), revision);
  }

  private static ModelReference web(String text) throws ModelException {
    URI whole;
    try {
      whole = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new ModelException("`" + text + "` is no web address: check it for typing errors.", e);
    }
    if (whole.getHost() == null || whole.getRawUserInfo() != null) {
      throw new ModelException(
          "A web address for a model has a host and no user name: check it for typing errors.");
    }
    String fragment = whole.getFragment();
    int end = text.indexOf('#');
    URI address = end < 0 ? whole : URI.create(text.substring(0, end));
    if (fragment == null) {
      return new ModelReference.Web(address, null);
    }
    String digest = fragment.toLowerCase(Locale.ROOT).replaceFirst("^sha256=", "");
    if (!fragment.startsWith("sha256=") || !DIGEST.matcher(digest).matches()) {
      throw new ModelException(
          "`#" + fragment + "` is no digest: write #sha256= and 64 hex digits.");
    }
    return new ModelReference.Web(address, digest);
  }

  private static @Nullable Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      // Not every text is a path on every system; then it is none.
      return null;
    }
  }
}
