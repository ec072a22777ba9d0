package dev.promptls.lab.models;

import dev.promptls.lab.ChatFormat;
import dev.promptls.lab.ModelTokens;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.tokens.TokenizerChoice;
import java.util.ArrayList;
import java.util.List;

/// Counting for models behind an endpoint, whose templates are not public.
final class HostedTokens {
  /// What a message costs beside its text and its role, and what opens the reply. Source: OpenAI
  /// cookbook, "How to count tokens with tiktoken", for gpt-3.5-turbo-0613 and later.
  private static final int PER_MESSAGE = 3;

  private static final int PER_REPLY = 3;

  private HostedTokens() {}

  static ModelTokens of(String model) {
    TokenizerChoice choice = TokenizerChoice.of(model);
    ModelInfo info =
        new ModelInfo(model, "hosted", "", 0, choice.contextWindow(), 0, null, null, null, false);
    return new ModelTokens(info, choice.tokenizer(), new Format());
  }

  private static final class Format implements ChatFormat {
    @Override
    public String apply(List<ChatMessage> messages) {
      StringBuilder text = new StringBuilder();
      messages.forEach(message ->
          text.append(message.role()).append(":\n").append(message.content()).append("\n\n"));
      return text.toString();
    }

    @Override
    public Countable countable(List<ChatMessage> messages) {
      List<String> texts = new ArrayList<>(2 * messages.size());
      for (ChatMessage message : messages) {
        texts.add(message.role());
        texts.add(message.content());
      }
      return new Countable(texts, PER_REPLY + PER_MESSAGE * messages.size());
    }
  }
}
