package dev.promptls.lsp.session;

import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.text.LineIndex;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds `_name.prompt` beside a document: as it is open in the editor, else on the disk. Nothing
/// outside the document's own folder is read, links out of it included.
record Partials(Snapshot snapshot, Document document) implements PartialResolver {
  private static final Pattern NAME = Pattern.compile("[\\w-]+(?:[./][\\w-]+)*");
  private static final long MOST_BYTES = 1 << 20;

  @Override
  public @Nullable String partial(String name) {
    if (!NAME.matcher(name).matches()) {
      return null;
    }
    String folder = document.uri().substring(0, document.uri().lastIndexOf('/') + 1);
    int slash = name.lastIndexOf('/') + 1;
    String uri = folder + name.substring(0, slash) + "_" + name.substring(slash) + ".prompt";
    Document open = snapshot.documents().get(uri);
    return open != null ? body(open) : onDisk(folder, uri);
  }

  private static String body(Document partial) {
    return partial.file().bodyText();
  }

  private static @Nullable String onDisk(String folder, String uri) {
    if (!uri.startsWith("file:")) {
      return null;
    }
    try {
      Path home = Path.of(URI.create(folder)).toRealPath();
      Path file = Path.of(URI.create(uri)).toRealPath();
      return file.startsWith(home) && Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES
          ? body(new Document(uri, "promptls", 0, LineIndex.of(Files.readString(file))))
          : null;
    } catch (IOException | IllegalArgumentException unreadable) {
      // The renderer says that there is no such partial, which is what the author has to know.
      return null;
    }
  }
}
