package dev.promptls.prompt.vocabulary;

import static dev.promptls.prompt.vocabulary.KeyInfo.word;

import java.util.List;

/// Who speaks in training data and transcripts. Names that ShareGPT and POML have for the same are
/// read as these.
final class ChatWords {
  static final List<KeyInfo> OPENAI =
      List.of(
          word("system", "role", "What the model is told before the conversation."),
          word("developer", "role", "The same, as newer models call it."),
          word("user", "role", "What the person says."),
          word("assistant", "role", "What the model says: what is learnt."),
          word("tool", "role", "What a tool answered."),
          word("function", "role", "The former name of `tool`."));

  static final List<KeyInfo> CHAT =
      List.of(
          word("system", "role", "What the model is told before the conversation."),
          word("user", "role", "What the person says."),
          word("assistant", "role", "What the model says."),
          word("tool", "role", "What a tool answered."));

  private ChatWords() {}
}
