package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What rules find, as the editor shows and mends it.
class FindingsTest {
  private static final String MISSPELT =
      "---\nconfig:\n  temprature: \"0\"\n  topP: \"0.5\"\n---\nHello.\n";

  private final Editor editor = Editor.of(new FakeModel(prompt -> "Hi."));

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void fixesAreOfferedForTheirFindingsAndAllAtOnce() {
    JsonArray actions = editor.open(MISSPELT).over("textDocument/codeAction");
    List<String> titles = titles(actions);
    assertTrue(titles.contains("Rename to temperature"), titles.toString());
    assertTrue(titles.contains("Silence unknown-key here"), titles.toString());
    JsonObject rename = named(actions, "Rename to temperature");
    assertEquals("quickfix", rename.get("kind").getAsString());
    JsonObject diagnostic = rename.getAsJsonArray("diagnostics").get(0).getAsJsonObject();
    assertEquals("unknown-key", diagnostic.get("code").getAsString());
    assertEquals(
        "promptls:rule/unknown-key",
        diagnostic.getAsJsonObject("codeDescription").get("href").getAsString());
    JsonObject all = named(actions, "Fix all that leaves what is sent as it is");
    assertEquals("source.fixAll.promptls", all.get("kind").getAsString());
    assertTrue(all.getAsJsonObject("edit").toString().contains("\"newText\":\"0.5\""));
  }

  @Test
  void thePageOfARuleIsAVirtualDocument() {
    var params = new JsonObject();
    params.addProperty("uri", "promptls:rule/unknown-key");
    JsonElement page = editor.client.call("workspace/textDocumentContent", params);
    assertTrue(page.getAsJsonObject().get("text").getAsString().startsWith("# unknown-key\n"));
  }

  private static List<String> titles(JsonArray actions) {
    return StreamSupport.stream(actions.spliterator(), false)
        .map(action -> action.getAsJsonObject().get("title").getAsString())
        .toList();
  }

  private static JsonObject named(JsonArray actions, String title) {
    return StreamSupport.stream(actions.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(action -> action.get("title").getAsString().equals(title))
        .findFirst()
        .orElseThrow();
  }
}
