package dev.promptls.lsp.session;

import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.LineIndex;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One version of an open text. Immutable; what it means is worked out when first asked for.
public final class Document {
  private final String uri;
  private final String languageId;
  private final int version;
  private final LineIndex lines;
  private final Lazy<PromptFile> file;
  private final Lazy<Shots> shots;
  // The latest counts, kept because every keystroke asks several times.
  private volatile @Nullable TokenCounts counts;

  Document(String uri, String languageId, int version, LineIndex lines) {
    this.uri = uri;
    this.languageId = languageId;
    this.version = version;
    this.lines = lines;
    this.file = new Lazy<>(() -> PromptReader.read(name(), lines, format(languageId)));
    this.shots = new Lazy<>(() -> Shots.in(file()));
  }

  Document with(int newVersion, LineIndex newLines) {
    return new Document(uri, languageId, newVersion, newLines);
  }

  public String uri() {
    return uri;
  }

  public int version() {
    return version;
  }

  public LineIndex lines() {
    return lines;
  }

  public String text() {
    return lines.text();
  }

  public PromptFile file() {
    return file.get();
  }

  public Shots shots() {
    return shots.get();
  }

  /// What the prompt becomes with the input that was chosen for it, else with its defaults.
  public RenderResult rendered(Snapshot snapshot) {
    return Renderer.render(file(), snapshot.renderOptions(this));
  }

  @Nullable TokenCounts counts() {
    return counts;
  }

  void counts(TokenCounts value) {
    counts = value;
  }

  /// The example at an offset.
  public Optional<Example> exampleAt(int offset) {
    return shots().examples().stream().filter(e -> e.range().touches(offset)).findFirst();
  }

  /// The file's name without its folder, as far as the URI has one.
  public String name() {
    String path = uri.replaceFirst("[?#].*$", "");
    String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
    try {
      return URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return last;
    }
  }

  private static @Nullable Format format(String languageId) {
    for (Format format : Format.values()) {
      // Several formats share the editors' own ids; those are told apart by content.
      if (format.languageId().equals(languageId) && languageId.startsWith("prompt")) {
        return format;
      }
    }
    return null;
  }
}
