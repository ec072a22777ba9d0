package dev.promptls.lab.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.promptls.lab.ChatFormat.Layout;
import dev.promptls.lab.Json;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import dev.promptls.model.chat.ChatTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a layout tells of a conversation is what the template writes.
class TemplateFormatTest {
  private static final Path SHARED =
      Path.of(System.getProperty("promptls.root", "../.."), "../shared/conformance/chat-templates");

  private static final String[] WORDS = {
    "a", " ", "\n", "word", "</think>", "<think>", "é", "\u00A0", "  ", ".", "[INST]", "\t"
  };

  private static final List<ChatMessage> TALK =
      List.of(
          new ChatMessage("system", "Be short and kind."),
          new ChatMessage("user", "What is seen from the room?"),
          new ChatMessage("assistant", "The sea, and what is behind it."),
          new ChatMessage("user", " And from the other one? \n"));

  static Stream<String> published() throws IOException {
    if (!Files.isDirectory(SHARED)) {
      return Stream.empty();
    }
    List<String> templates = new ArrayList<>();
    try (Stream<Path> files = Files.list(SHARED)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).sorted().toList()) {
        JsonObject read = Json.parse(Files.readString(file)).getAsJsonObject();
        templates.add(read.get("template").getAsString());
      }
    }
    return templates.stream();
  }

  private static TemplateFormat format(String source) throws ModelException {
    return new TemplateFormat(
        ChatTemplate.of(source, "<s>", "</s>", () -> LocalDateTime.of(2026, 1, 2, 3, 4)));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("published")
  void editsOfMessagesAreToldAsTheTemplateWritesThem(String source) throws Exception {
    follow(format(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for m in messages %}{{ m.role + ':' + m.content }}\n{% endfor %}",
        "{% for m in messages %}{{ m['content'] | trim }}|{{ m.content.strip() }}{% endfor %}",
        "{% set s = messages[0].content %}{{ s }}{% for m in messages[1:] %}<{{ m.content }}>{% endfor %}",
        "{% for m in messages %}{% if 'word' in m.content %}!{% endif %}{{ m.content.split('</think>')[-1] }}{% endfor %}",
        "{% for m in messages %}{% if m.content is string %}{{ m.content }}{% else %}{{ m.content | length }}{% endif %}{% endfor %}",
      })
  void templatesThatCopyAreFollowed(String source) throws Exception {
    assertTrue(follow(format(source)) > 0);
  }

  private static int follow(TemplateFormat format) throws ModelException {
    Random random = new Random(3);
    List<ChatMessage> messages = TALK;
    int told = 0;
    for (int i = 0; i < 300; i++) {
      int at = random.nextInt(messages.size());
      StringBuilder said = new StringBuilder(messages.get(at).content());
      int start = random.nextInt(said.length() + 1);
      int end = Math.min(said.length(), start + random.nextInt(3));
      said.replace(start, end, random.nextInt(3) == 0 ? "" : WORDS[random.nextInt(WORDS.length)]);
      List<ChatMessage> now = new ArrayList<>(messages);
      now.set(at, new ChatMessage(messages.get(at).role(), said.toString()));
      String text = apply(format, messages);
      String fresh = apply(format, now);
      Layout layout = text == null ? null : format.layout(messages, text);
      String after = layout == null || text == null ? null : layout.after(text, messages, now);
      if (after != null) {
        assertEquals(fresh, after);
        told++;
      }
      messages = said.toString().isBlank() || fresh == null ? TALK : now;
    }
    return told;
  }

  private static @Nullable String apply(TemplateFormat format, List<ChatMessage> messages) {
    try {
      return format.apply(messages);
    } catch (ModelException refused) {
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for m in messages %}{{ m.content | upper }}{% endfor %}",
        "{% for m in messages %}{{ m.content }}{{ m.content | length }}{% endfor %}",
        "{% for m in messages %}{{ m.content[0] }}{% endfor %}",
        "{% for m in messages %}{{ m | tojson }}{% endfor %}",
        "{% for m in messages %}{% for k in m %}{{ m[k] }}{% endfor %}{% endfor %}",
        "{% for m in messages %}{{ loop.previtem.content | length if loop.previtem }}{% endfor %}",
        "{% for m in messages %}{% if m.content > 'b' %}{{ m.content }}{% endif %}{% endfor %}",
        "{% set x %}{{ messages[0].content }}{% endset %}{{ x | length }}",
        "{% macro f(m) %}{{ m.content | length }}{% endmacro %}{{ f(messages[0]) }}",
        "{% for m in messages %}{{ (m.role + m.content).startswith('user') }}{% endfor %}",
        "{{ messages | map(attribute='content') | join }}",
      })
  void ofTemplatesThatDoMoreNothingIsTold(String source) throws Exception {
    TemplateFormat format = format(source);
    assertNull(format.layout(TALK, format.apply(TALK)));
  }

  @Test
  void whatTheTemplateLooksForIsNotTyped() throws Exception {
    TemplateFormat format =
        format(
            "{% for m in messages %}{% if 'sky' in m.content %}!{% endif %}{{ m.content }}{% endfor %}");
    String text = format.apply(TALK);
    Layout layout = Objects.requireNonNull(format.layout(TALK, text));
    List<ChatMessage> now = new ArrayList<>(TALK);
    now.set(2, new ChatMessage("assistant", "The sea, the sky, and what is behind it."));

    assertNull(layout.after(text, TALK, now));
  }
}
