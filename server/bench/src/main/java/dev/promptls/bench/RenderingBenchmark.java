package dev.promptls.bench;

import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import dev.promptls.model.chat.ChatTemplate;
import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Templates: a prompt of the gallery with its examples (Handlebars), and a conversation in the
/// form that a model was trained on (Jinja).
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RenderingBenchmark {
  private static final int TURNS = 20;

  private final PromptFile prompt = PromptReader.read("sentiment.prompt", gallery());
  private final RenderOptions options =
      RenderOptions.of(Data.input(Map.of("review", "A fine film with a weak end.")));
  private final ChatTemplate template = chatMl();
  private final List<ChatMessage> messages = messages();

  private static String gallery() {
    try {
      return Files.readString(TestBed.repository().resolve("prompts/few-shot/sentiment.prompt"));
    } catch (IOException e) {
      throw new UncheckedIOException("A prompt of the gallery cannot be read.", e);
    }
  }

  private static ChatTemplate chatMl() {
    try {
      return ChatTemplate.of(null, null, null, LocalDateTime::now);
    } catch (ModelException e) {
      throw new IllegalStateException("The built-in template is refused.", e);
    }
  }

  private static List<ChatMessage> messages() {
    List<ChatMessage> messages = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      messages.add(new ChatMessage("user", "Is this text number " + turn + " kind?"));
      messages.add(new ChatMessage("assistant", "It is."));
    }
    return messages;
  }

  @Benchmark
  public RenderResult galleryPrompt() {
    return Renderer.render(prompt, options);
  }

  @Benchmark
  public String conversation() throws ModelException {
    return template.render(messages, true);
  }
}
