package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `promptls.convert` over pipes: the text in another format, and what it loses, with its places.
class ConversionTest {
  private final Editor editor = Editor.of(new FakeModel(prompt -> ""));

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void aPromptBecomesOneOfAnotherFormat() {
    editor.open("---\nmodel: m\n---\n{{role \"system\"}}Be 😀.{{role \"user\"}}Hi {{name}}!");

    JsonObject answer = convert("prompty");

    String text = answer.get("text").getAsString();
    assertTrue(text.contains("system:\nBe 😀."), text);
    assertTrue(text.contains("Hi {{name}}!"), text);
    assertEquals(0, answer.getAsJsonArray("losses").size());
  }

  @Test
  void whatIsLostIsToldWithItsPlace() {
    editor.open("---\nmodel: m\nversion: 😀 # mine\n---\nHi {{name}}!\n");

    StringBuilder losses = new StringBuilder();
    for (JsonElement loss : convert("prompty").getAsJsonArray("losses")) {
      JsonObject start = loss.getAsJsonObject().getAsJsonObject("range").getAsJsonObject("start");
      losses
          .append(start.get("line").getAsInt())
          .append(':')
          .append(start.get("character").getAsInt())
          .append(' ')
          .append(loss.getAsJsonObject().get("message").getAsString())
          .append('\n');
    }

    assertEquals(
        """
        2:0 The key version is left out: it has no counterpart.
        2:12 The comments of the settings are left out: settings are written anew.
        """,
        losses.toString());
  }

  @Test
  void anUnknownFormatIsRefusedInASentence() {
    editor.open("Hi\n");

    JsonObject reply =
        editor.client.awaitReply(
            editor.client.ask(
                "workspace/executeCommand", editor.command("promptls.convert", "{'to':'poml'}")));

    assertTrue(reply.toString().contains("There is no format poml to convert to"), reply::toString);
  }

  private JsonObject convert(String to) {
    return editor.execute("promptls.convert", "{'to':'" + to + "'}").getAsJsonObject();
  }
}
