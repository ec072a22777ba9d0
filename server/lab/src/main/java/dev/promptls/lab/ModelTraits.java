package dev.promptls.lab;

import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.check.Surroundings.ChatRoles;
import java.util.List;
import java.util.Set;

/// What a model's tokenizer and chat template say of the prompts it takes.
///
/// @param specialTokens that steer the model, as they are written
public record ModelTraits(ChatRoles chatRoles, Set<String> specialTokens) {
  private static final String SYSTEM = "Answer in verse.";

  /// Looks at a model; its template is tried with a few short conversations.
  public static ModelTraits of(ModelTokens model) {
    ChatMessage user = new ChatMessage("user", "Hello.");
    ChatMessage assistant = new ChatMessage("assistant", "Good day.");
    boolean system = says(model, SYSTEM, new ChatMessage("system", SYSTEM), user);
    boolean repeated = says(model, user.content(), user, user);
    boolean assistantFirst = says(model, assistant.content(), assistant, user);
    ChatRoles roles = new ChatRoles(model.info().name(), system, repeated, assistantFirst);
    return new ModelTraits(roles, model.tokenizer().specialTokens());
  }

  /// Whether the template takes a conversation and passes on what is said in it.
  private static boolean says(ModelTokens model, String said, ChatMessage... messages) {
    try {
      return model.chat().apply(List.of(messages)).contains(said);
    } catch (ModelException refused) {
      return false;
    }
  }
}
