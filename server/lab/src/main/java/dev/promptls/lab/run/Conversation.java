package dev.promptls.lab.run;

import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.Part;
import dev.promptls.prompt.render.RenderResult;
import java.util.ArrayList;
import java.util.List;

/// A rendered prompt as a model is given it: text only, with the roles of chat templates.
public final class Conversation {
  private Conversation() {}

  /// The messages as they were rendered, roles included.
  public static List<ChatMessage> asRendered(RenderResult rendered) {
    return rendered.messages().stream()
        .map(message -> new ChatMessage(message.role(), message.text()))
        .toList();
  }

  /// The messages with the role `assistant` for what the model said.
  ///
  /// @throws ModelException if the prompt failed to render, has no messages, or holds what a text
  ///   model cannot read
  public static List<ChatMessage> of(RenderResult rendered) throws ModelException {
    if (rendered.failed()) {
      throw new ModelException(rendered.problems().getFirst().message());
    }
    if (rendered.messages().isEmpty()) {
      throw new ModelException("The prompt renders to no message: write some text to send.");
    }
    List<ChatMessage> messages = new ArrayList<>(rendered.messages().size());
    for (int i = 0; i < rendered.messages().size(); i++) {
      Message message = rendered.said(i);
      for (Part part : message.content()) {
        checkReadable(part);
      }
      messages.add(new ChatMessage(role(message.role()), message.text()));
    }
    return messages;
  }

  private static void checkReadable(Part part) throws ModelException {
    switch (part) {
      case Part.Media(String url, String contentType) ->
          throw new ModelException(
              "The prompt sends media (%s) and local models read text only: leave it out, or choose an endpoint that takes it."
                  .formatted(contentType == null ? shortened(url) : contentType));
      case Part.Other _ ->
          throw new ModelException(
              "The prompt sends a tool's call or answer and local models have no tools: leave it out, or choose an endpoint that takes it.");
      case Part.Text _, Part.Pending _ -> {}
    }
  }

  private static String shortened(String url) {
    return url.length() > 60 ? url.substring(0, 60) + "…" : url;
  }

  private static String role(String role) {
    return role.equals("model") ? "assistant" : role;
  }
}
