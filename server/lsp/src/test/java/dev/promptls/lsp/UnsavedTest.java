package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What lies in no file is a workspace of its own.
class UnsavedTest {
  private static final String NAME = "untitled:Untitled-1";

  private final Editor editor = Editor.of(new FakeModel(prompt -> "x"));

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void aVariableIsFoundAndRenamedInIt() {
    editor.openAs(
        NAME,
        """
        ---
        input:
          schema:
            city: string
        ---
        {{#if city}}In {{ci$0ty}}{{/if}}
        """);
    JsonElement declared = editor.at("textDocument/definition").getAsJsonArray().get(0);
    assertEquals(NAME, declared.getAsJsonObject().get("uri").getAsString());
    assertEquals("city", editor.text(declared.getAsJsonObject().getAsJsonObject("range")));
    JsonObject params = editor.here();
    params.add("context", JsonParser.parseString("{'includeDeclaration':true}"));
    assertEquals(3, editor.client.call("textDocument/references", params).getAsJsonArray().size());
    params.addProperty("newName", "town");
    String edit = editor.client.call("textDocument/rename", params).toString();
    assertEquals(4, edit.split("\"newText\":\"town\"").length, edit);
  }

  @Test
  void partialsAreNowhere() {
    editor.openAs(NAME, "{{> gr$0eet a=1}}");
    assertTrue(editor.at("textDocument/definition").getAsJsonArray().isEmpty());
    assertEquals("", editor.hover());
    assertTrue(editor.at("textDocument/signatureHelp").isJsonNull());
  }
}
