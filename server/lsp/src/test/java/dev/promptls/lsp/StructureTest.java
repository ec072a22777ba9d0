package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Selections that grow and signatures of helpers.
class StructureTest {
  private final Editor editor = Editor.of(new FakeModel(prompt -> "x"));

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void aSelectionGrowsFromTheWordOverTagAndMessageToTheFile() {
    String text = "{{role \"user\"}}\nGreet {{json na$0me indent=2}} now.\n";
    assertEquals(
        List.of(
            "name",
            "{{json name indent=2}}",
            "Greet {{json name indent=2}} now.",
            "\nGreet {{json name indent=2}} now.\n",
            "{{role \"user\"}}\nGreet {{json name indent=2}} now.\n"),
        selections(text));
  }

  @Test
  void aSelectionGrowsFromAnAnswerOverItsExample() {
    List<String> grown = selections("Q: a\nA: b\n\nQ: c\nA: lon$0ger answer\n\nQ: d\nA:\n");
    assertEquals(
        List.of("longer", "longer answer", "A: longer answer", "Q: c\nA: longer answer"),
        grown.subList(0, 4));
  }

  @Test
  void aSelectionGrowsFromAValueOverItsEntries() {
    List<String> grown = selections("---\nconfig:\n  temperature: 0$0.5\n---\nHi\n");
    assertEquals(
        List.of("0", "0.5", "temperature: 0.5", "config:\n  temperature: 0.5"),
        grown.subList(0, 4));
  }

  @Test
  void aHelperTellsItsArgumentsAndWhichOneIsTyped() {
    assertEquals("{{#ifEquals a [b]}}", signature("{{#ifEquals x $0}}{{/ifEquals}}"));
    assertEquals("{{#ifEquals [a] b}}", signature("{{#ifEquals $0}}{{/ifEquals}}"));
    assertEquals("{{media url=… [contentType=…]}}", signature("{{media url=x contentType=im$0}}"));
    assertEquals("{{role [\"name\"]}}", signature("{{role $0"));
    assertEquals("", signature("{{name $0}}"));
    assertEquals("", signature("{{role \"user\"}} he$0llo"));
  }

  private List<String> selections(String marked) {
    editor.open(marked);
    JsonObject params = editor.here();
    var positions = new JsonArray();
    positions.add(params.remove("position"));
    params.add("positions", positions);
    JsonElement range =
        editor.client.call("textDocument/selectionRange", params).getAsJsonArray().get(0);
    var selected = new ArrayList<String>();
    while (range != null) {
      selected.add(editor.text(range.getAsJsonObject().getAsJsonObject("range")));
      range = range.getAsJsonObject().get("parent");
    }
    return selected;
  }

  /// The signature with the active parameter in brackets; empty if there is none.
  private String signature(String marked) {
    JsonElement help = editor.open(marked).at("textDocument/signatureHelp");
    if (help.isJsonNull()) {
      return "";
    }
    JsonObject signature =
        help.getAsJsonObject().getAsJsonArray("signatures").get(0).getAsJsonObject();
    assertTrue(signature.has("documentation"));
    String label = signature.get("label").getAsString();
    int active = help.getAsJsonObject().get("activeParameter").getAsInt();
    JsonArray place =
        signature
            .getAsJsonArray("parameters")
            .get(active)
            .getAsJsonObject()
            .getAsJsonArray("label");
    int start = place.get(0).getAsInt();
    int end = place.get(1).getAsInt();
    return label.substring(0, start)
        + "["
        + label.substring(start, end)
        + "]"
        + label.substring(end);
  }
}
