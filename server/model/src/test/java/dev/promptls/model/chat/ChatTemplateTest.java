package dev.promptls.model.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.tokens.Vocabularies;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {
  private static final List<ChatMessage> HI = List.of(new ChatMessage("user", "Hi"));

  static Stream<JsonObject> goldens() throws IOException {
    return Files.readAllLines(Vocabularies.FOLDER.resolve("goldens.jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject());
  }

  private static ChatTemplate template(String source) throws ModelException {
    return ChatTemplate.of(source, null, "</s>", () -> LocalDateTime.of(2025, 2, 3, 4, 5, 6));
  }

  private static ChatTemplate ofFile(String file) throws ModelException {
    try (GgufFile gguf = GgufFile.open(Vocabularies.FOLDER.resolve(file))) {
      return template(gguf.metadata().string("tokenizer.chat_template").orElseThrow());
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void rendersTheConversationsOfTheGoldens(JsonObject golden) throws Exception {
    ChatTemplate template = ofFile(golden.get("file").getAsString());
    for (JsonElement element : golden.getAsJsonArray("prompts")) {
      JsonObject prompt = element.getAsJsonObject();
      if (prompt.has("messages")) {
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonElement message : prompt.getAsJsonArray("messages")) {
          JsonObject fields = message.getAsJsonObject();
          messages.add(
              new ChatMessage(
                  fields.get("role").getAsString(), fields.get("content").getAsString()));
        }
        assertEquals(prompt.get("text").getAsString(), template.render(messages, true));
      }
    }
  }

  @Test
  void theDefaultModelAddsItsSystemMessage() throws Exception {
    ChatTemplate template = ofFile("smollm2-vocabulary.gguf");
    String system =
        "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging"
            + " Face<|im_end|>\n";
    String user = "<|im_start|>user\nHi<|im_end|>\n";
    assertEquals(system + user + "<|im_start|>assistant\n", template.render(HI, true));
    assertEquals(system + user, template.render(HI, false));
    List<ChatMessage> own = List.of(new ChatMessage("system", "Be brief."), HI.getFirst());
    assertEquals("<|im_start|>system\nBe brief.<|im_end|>\n" + user, template.render(own, false));
  }

  @Test
  void noConversationIsTooLong() throws Exception {
    ChatTemplate template = ChatTemplate.of(null, null, null, LocalDateTime::now);
    assertEquals(
        20_000_000 + "<|im_start|>user\n<|im_end|>\n".length(),
        template.render(List.of(new ChatMessage("user", "x".repeat(20_000_000))), false).length());
    assertEquals(
        200_000 * "<|im_start|>user\nHi<|im_end|>\n".length(),
        template.render(Collections.nCopies(200_000, HI.getFirst()), false).length());
  }

  @Test
  void aModelWithoutATemplateGetsChatMl() throws Exception {
    assertEquals(
        "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n",
        ChatTemplate.of(null, null, null, LocalDateTime::now).render(HI, true));
  }

  @Test
  void tokensVariablesAndTheTimeAreThere() throws Exception {
    String source =
        "{{ eos_token }}|{{ bos_token is defined }}|{{ tools is none }}|{{ documents is none }}"
            + "|{{ enable_thinking }}|{{ strftime_now('%Y-%m-%d') }}";
    assertEquals(
        "</s>|False|True|True|False|2025-02-03",
        template(source).render(HI, true, Map.of("enable_thinking", false)));
  }

  @Test
  void aRefusalOfTheTemplateIsOneSentence() throws Exception {
    ChatTemplate template = template("{{ raise_exception('Roles must\nalternate!') }}");
    String message =
        assertThrows(ModelException.class, () -> template.render(HI, true)).getMessage();
    assertTrue(message.endsWith(": Roles must alternate!"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(10000) %}{% for b in range(10000) %}{{ a }}{% endfor %}{% endfor %}",
        "{% set s = namespace(x='ab') %}{% for i in range(100) %}{% set s.x = s.x + s.x %}"
            + "{% endfor %}",
        "{{ messages.__class__.__mro__ }}",
        "{% for message in messages %}{{ message.content.nothing.more }}{% endfor %}",
      })
  void hostileTemplatesEndInASentence(String source) throws Exception {
    ChatTemplate template = template(source);
    String message =
        assertThrows(ModelException.class, () -> template.render(HI, true)).getMessage();
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void whatIsNoTemplateIsRefused() {
    assertThrows(ModelException.class, () -> template("{% if %}"));
    assertThrows(ModelException.class, () -> template("x".repeat(2 << 20)));
  }
}
