package dev.promptls.lsp.feature;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.Snapshot;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.convert.Conversion;
import dev.promptls.prompt.convert.ConversionException;
import dev.promptls.prompt.convert.Converter;
import dev.promptls.prompt.convert.Loss;
import dev.promptls.prompt.syntax.Format;
import java.util.Arrays;
import java.util.List;

/// `promptls.convert`: a document in another format, and what that loses.
final class Conversions {
  private Conversions() {}

  /// `{text, losses: [{what, range, message}]}`
  static JsonObject answer(Document document, String to, Snapshot snapshot) throws ModelException {
    Conversion conversion = convert(document, format(to), snapshot);
    var answer = new JsonObject();
    answer.addProperty("text", conversion.text());
    var losses = new JsonArray();
    for (Loss loss : conversion.losses()) {
      var told = new JsonObject();
      told.addProperty("what", loss.what());
      told.add("range", Json.tree(snapshot.places(document).range(loss.where())));
      told.addProperty("message", loss.message());
      losses.add(told);
    }
    answer.add("losses", losses);
    return answer;
  }

  private static Conversion convert(Document document, Format to, Snapshot snapshot)
      throws ModelException {
    try {
      return Converter.convert(document.file(), to, snapshot.renderOptions(document).partials());
    } catch (ConversionException refusal) {
      throw new ModelException(String.valueOf(refusal.getMessage()), refusal);
    }
  }

  private static Format format(String name) {
    return Arrays.stream(Format.values())
        .filter(format -> format.label().equals(name) && format != Format.POML)
        .findFirst()
        .orElseThrow(() ->
            Refusals.invalid(
                "There is no format %s to convert to; there are %s."
                    .formatted(name, String.join(", ", names()))));
  }

  private static List<String> names() {
    return Arrays.stream(Format.values())
        .filter(format -> format != Format.POML)
        .map(Format::label)
        .toList();
  }

  /// The edit that makes the converted prompt a file beside the document, which must not be there.
  static JsonObject beside(Document document, String to, JsonObject answer) {
    String uri = document.uri();
    String folder = uri.substring(0, uri.lastIndexOf('/') + 1);
    String name = uri.substring(folder.length());
    int dot = name.indexOf('.');
    String target =
        folder + (dot < 0 ? name : name.substring(0, dot)) + Converter.ending(format(to));
    var create = new JsonObject();
    create.addProperty("kind", "create");
    create.addProperty("uri", target);
    var changed = new JsonObject();
    changed.addProperty("uri", target);
    changed.add("version", null);
    var edit = new JsonObject();
    edit.add(
        "range",
        Json.parse(
            "{\"start\":{\"line\":0,\"character\":0},\"end\":{\"line\":0,\"character\":0}}"));
    edit.add("newText", answer.get("text"));
    var edits = new JsonArray();
    edits.add(edit);
    var change = new JsonObject();
    change.add("textDocument", changed);
    change.add("edits", edits);
    var changes = new JsonArray();
    changes.add(create);
    changes.add(change);
    var workspaceEdit = new JsonObject();
    workspaceEdit.add("documentChanges", changes);
    var params = new JsonObject();
    params.addProperty("label", "Convert to " + to);
    params.add("edit", workspaceEdit);
    return params;
  }
}
