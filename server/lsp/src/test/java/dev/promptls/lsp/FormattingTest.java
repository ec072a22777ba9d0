package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Formatting over pipes: small edits, in the positions of the protocol.
class FormattingTest {
  private static final String TEXT = "---\nmodel:   x\nname:  😀\n---\n\n\n\nHi 😀 {{ name }}!\n";

  private final Editor editor = Editor.of(new FakeModel(prompt -> ""));

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void aDocumentIsFormattedByEditsOfWhatDiffers() {
    editor.open(TEXT);

    JsonArray edits = format("textDocument/formatting");

    assertEquals("1:7-1:9 '' 2:6-2:7 '' 5:0-7:0 '' 7:8-7:9 '' 7:13-7:14 ''", text(edits));
  }

  @Test
  void aRangeIsFormattedAlone() {
    editor.open(TEXT);
    JsonObject params = options();
    params.add(
        "range",
        JsonParser.parseString(
            "{'start':{'line':7,'character':0},'end':{'line':7,'character':1}}"));

    JsonElement edits = editor.client.call("textDocument/rangeFormatting", params);

    assertTrue(text(edits.getAsJsonArray()).endsWith("7:8-7:9 '' 7:13-7:14 ''"));
  }

  @Test
  void whatCannotBeReadIsLeftAlone() {
    editor.open("---\nmodel:   [\n---\nHi {{ name\n");

    assertEquals("", text(format("textDocument/formatting")));
  }

  private JsonArray format(String method) {
    return editor.client.call(method, options()).getAsJsonArray();
  }

  private JsonObject options() {
    JsonObject params = editor.here();
    params.add("options", JsonParser.parseString("{'tabSize':8,'insertSpaces':false}"));
    return params;
  }

  private static String text(JsonArray edits) {
    StringBuilder out = new StringBuilder();
    for (JsonElement edit : edits) {
      JsonObject range = edit.getAsJsonObject().getAsJsonObject("range");
      out.append(out.isEmpty() ? "" : " ")
          .append(place(range.getAsJsonObject("start")))
          .append('-')
          .append(place(range.getAsJsonObject("end")))
          .append(" '")
          .append(edit.getAsJsonObject().get("newText").getAsString())
          .append('\'');
    }
    return out.toString();
  }

  private static String place(JsonObject position) {
    return position.get("line").getAsInt() + ":" + position.get("character").getAsInt();
  }
}
