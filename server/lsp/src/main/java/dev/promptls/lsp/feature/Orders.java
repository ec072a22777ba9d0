package dev.promptls.lsp.feature;

import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import dev.promptls.lab.run.DataDocument;
import dev.promptls.lsp.ServerHost;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.Snapshot;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.shots.AskMode;
import dev.promptls.prompt.shots.DataExamples;
import dev.promptls.prompt.shots.DataRows;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a document is rendered when the user has it run.
final class Orders {
  private Orders() {}

  /// With the chosen input, and another one over it.
  ///
  /// @param input values by name
  static RenderOptions rendering(
      Document document, Snapshot snapshot, ServerHost host, JsonObject input)
      throws ModelException {
    RenderOptions options =
        snapshot
            .renderOptions(document)
            .patient()
            .withReferences(host.references(folder(document.uri())));
    try {
      var _ = DataExamples.rows(document.file(), snapshot.rowTexts(document));
    } catch (DataRows.UnreadableException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
    var given = new JsonObject();
    given.add("input", input);
    Data more = DataDocument.read(Json.plain(given));
    return options.withData(options.data().with(more.input()));
  }

  /// How examples are asked in a preview.
  ///
  /// @param word null for the usual way: each after those above it
  static AskMode mode(@Nullable String word) {
    return AskMode.named(word == null ? AskMode.PROGRESSIVE.word() : word)
        .filter(mode -> mode != AskMode.ALONE)
        .orElseThrow(() ->
            Refusals.invalid(
                "There is no mode of this name; there are %s and %s."
                    .formatted(AskMode.PROGRESSIVE.word(), AskMode.LEAVE_ONE_OUT.word())));
  }

  /// The folder of a document on the disk, null for one that is elsewhere.
  private static @Nullable Path folder(String uri) {
    try {
      return uri.startsWith("file:") ? Path.of(URI.create(uri)).getParent() : null;
    } catch (IllegalArgumentException notAPath) {
      return null;
    }
  }
}
