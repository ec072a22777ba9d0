package dev.promptls.lsp.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.lsp.convert.Uris;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.jspecify.annotations.Nullable;

/// The folders that the client has open.
public final class Folders {
  private final Indexer indexer;
  private final Set<String> uris = new LinkedHashSet<>();

  public Folders(Indexer indexer) {
    this.indexer = indexer;
  }

  /// Takes them from the parameters of `initialize`.
  public void read(JsonObject initialize) {
    if (initialize.get("workspaceFolders") instanceof JsonArray folders) {
      for (JsonElement folder : folders) {
        String uri = folder instanceof JsonObject object ? text(object.get("uri")) : null;
        if (uri != null) {
          uris.add(uri);
        }
      }
    }
    String root = text(initialize.get("rootUri"));
    String path = text(initialize.get("rootPath"));
    if (uris.isEmpty() && root != null) {
      uris.add(root);
    } else if (uris.isEmpty() && path != null && !path.isEmpty() && path.indexOf('\0') < 0) {
      // Of clients from before there were folders.
      uris.add(Uris.uri(path));
    }
    indexer.open(List.copyOf(uris));
  }

  /// Follows `workspace/didChangeWorkspaceFolders`.
  public void change(DidChangeWorkspaceFoldersParams params) {
    params.getEvent().getRemoved().forEach(folder -> uris.remove(folder.getUri()));
    params.getEvent().getAdded().forEach(folder -> uris.add(folder.getUri()));
    indexer.open(List.copyOf(uris));
    indexer.start();
  }

  private static @Nullable String text(@Nullable JsonElement value) {
    return value instanceof JsonPrimitive text && text.isString() ? text.getAsString() : null;
  }
}
