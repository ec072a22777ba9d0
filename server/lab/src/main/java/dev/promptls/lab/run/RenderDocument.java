package dev.promptls.lab.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import dev.promptls.lab.ModelTokens;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.Part;
import dev.promptls.prompt.render.RenderResult;
import java.util.List;

/// The JSON of `render`: `{format, messages, metadata, prompt?, tokens?}`.
public final class RenderDocument {
  private RenderDocument() {}

  /// What would be sent, independent of a model.
  public static JsonObject of(RenderResult rendered) {
    JsonObject document = new JsonObject();
    document.addProperty("format", rendered.format().label());
    JsonArray messages = new JsonArray();
    rendered.messages().forEach(message -> messages.add(message(message)));
    document.add("messages", messages);
    document.add("metadata", Json.ofPlain(rendered.metadata()));
    return document;
  }

  /// The same with the text that a model is given, and its number of tokens.
  ///
  /// @throws ModelException if the model's chat template refuses the messages
  public static JsonObject of(RenderResult rendered, ModelTokens tokens) throws ModelException {
    JsonObject document = of(rendered);
    List<ChatMessage> messages = Conversation.of(rendered);
    document.addProperty("prompt", tokens.chat().apply(messages));
    document.addProperty("tokens", tokens.count(messages));
    return document;
  }

  private static JsonObject message(Message message) {
    JsonObject object = new JsonObject();
    object.addProperty("role", message.role());
    JsonArray content = new JsonArray();
    message.content().forEach(part -> content.add(part(part)));
    object.add("content", content);
    if (message.metadata() != null) {
      object.add("metadata", Json.ofPlain(message.metadata()));
    }
    return object;
  }

  private static JsonElement part(Part part) {
    JsonObject object = new JsonObject();
    switch (part) {
      case Part.Text text -> object.addProperty("text", text.text());
      case Part.Media(String url, String contentType) -> {
        JsonObject media = new JsonObject();
        media.addProperty("url", url);
        if (contentType != null) {
          media.addProperty("contentType", contentType);
        }
        object.add("media", media);
      }
      case Part.Pending pending -> object.add("metadata", Json.ofPlain(pending.metadata()));
      case Part.Other other -> {
        return Json.ofPlain(other.fields());
      }
    }
    return object;
  }
}
