package dev.promptls.lsp.feature;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import dev.promptls.lab.Json;
import dev.promptls.lsp.GalleryPrompt;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.wire.Client;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.ApplyWorkspaceEditParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;

/// `promptls.insertTemplate`: a prompt of the gallery, put into a document.
final class Templates {
  private final List<GalleryPrompt> gallery;

  Templates(List<GalleryPrompt> gallery) {
    this.gallery = gallery;
  }

  private record Choice(List<Offered> templates) {}

  private record Offered(String name, String description) {}

  /// `{templates: [{name, description}]}`: what there is to choose from.
  JsonElement list() {
    return Json.tree(
        new Choice(
            gallery.stream()
                .map(prompt -> new Offered(prompt.name(), prompt.description()))
                .toList()));
  }

  /// What the client says of the edit it was asked to apply.
  JsonElement insert(String name, Document document, Position position, Client client) {
    var edit = new TextEdit(new Range(position, position), named(name).text());
    var params =
        new ApplyWorkspaceEditParams(
            new WorkspaceEdit(Map.of(document.uri(), List.of(edit))), "Insert " + name);
    JsonElement applied = client.request("workspace/applyEdit", params, JsonElement.class).join();
    return applied == null ? JsonNull.INSTANCE : applied;
  }

  private GalleryPrompt named(String name) {
    return gallery.stream()
        .filter(prompt -> prompt.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Refusals.invalid(
                "There is no template %s in the gallery; there are %s."
                    .formatted(
                        name,
                        String.join(", ", gallery.stream().map(GalleryPrompt::name).toList()))));
  }
}
