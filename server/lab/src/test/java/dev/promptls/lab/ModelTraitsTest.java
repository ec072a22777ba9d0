package dev.promptls.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.chat.ChatTemplate;
import dev.promptls.model.tokens.TokenizerChoice;
import dev.promptls.prompt.check.Surroundings.ChatRoles;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTraitsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {% for m in messages %}{{ m.content }}{% endfor %}                               | true  | true  | true
          {% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('No') }}{% endif %}{{ m.content }}{% endfor %} | false | true | true
          {% for m in messages if m.role != 'system' %}{{ m.content }}{% endfor %}         | false | true  | true
          {% for m in messages %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) and m.role != 'system' %}{{ raise_exception('No') }}{% endif %}{{ m.content }}{% endfor %} | false | false | false
          """)
  void aTemplateTellsWhichRolesItTakes(
      String template, boolean system, boolean repeated, boolean assistantFirst)
      throws ModelException {
    assertEquals(
        new ChatRoles("some", system, repeated, assistantFirst),
        ModelTraits.of(model(template)).chatRoles());
  }

  @Test
  void aModelWithoutTemplateTakesAll() throws ModelException {
    assertEquals(new ChatRoles("some", true, true, true), ModelTraits.of(model(null)).chatRoles());
  }

  private static ModelTokens model(@Nullable String template) throws ModelException {
    ChatTemplate chat = ChatTemplate.of(template, null, null, LocalDateTime::now);
    ModelInfo info = new ModelInfo("some", "", "", 0, 0, 0, template, null, null, false);
    return new ModelTokens(
        info, TokenizerChoice.of("gpt-4o").tokenizer(), messages -> chat.render(messages, true));
  }
}
