package dev.promptls.model.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.Cancellation;
import dev.promptls.model.Finish;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.ModelException;
import dev.promptls.model.Score;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.TokenSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ChildModelTest {
  @TempDir Path folder;

  private final List<ChildModel> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(ChildModel::close);
  }

  @Test
  void streams_the_answer_and_gives_it_whole() throws Exception {
    ChildModel model = open("model.gguf");
    List<String> streamed = new ArrayList<>();

    Generation answer = model.generate(ask("añ😀\n"), streamed::add, new Cancellation());

    assertEquals(List.of("a", "ñ", "😀", "\n"), streamed);
    assertEquals("añ😀\n", answer.text());
    assertEquals(Finish.STOP, answer.finish());
    assertEquals("echo", model.info().name());
  }

  @Test
  void gives_the_answers_of_a_batch_in_order() throws Exception {
    ChildModel model = open("model.gguf");
    List<Integer> seen = new ArrayList<>();

    List<Generation> answers =
        model.generateAll(
            List.of(ask("a"), ask("b")), (index, answer) -> seen.add(index), new Cancellation());

    assertEquals(List.of("a", "b"), answers.stream().map(Generation::text).toList());
    assertEquals(List.of(0, 1), seen);
  }

  @Test
  void carries_scores_that_json_has_no_words_for() throws Exception {
    Score score =
        open("model.gguf")
            .score(
                new ScoreRequest(new Input.Text("a"), false, 1, Lane.COMMAND), new Cancellation());

    assertEquals(List.of(Double.NEGATIVE_INFINITY), score.logprobs());
    assertEquals(3, score.top().getFirst().getFirst().id());
  }

  @Test
  void what_a_library_prints_does_not_disturb_the_answer() throws Exception {
    assertEquals("print", text(open("model.gguf"), "print"));
  }

  @Test
  void a_refusal_of_the_model_arrives_as_its_sentence() throws Exception {
    ChildModel model = open("model.gguf");

    ModelException refusal = assertThrows(ModelException.class, () -> text(model, "fail"));

    assertEquals("It does not want to.", refusal.getMessage());
    assertEquals("still here", text(model, "still here"));
  }

  @Test
  void a_model_that_cannot_be_loaded_is_refused_with_its_sentence() {
    ModelException refusal = assertThrows(ModelException.class, () -> open("broken.gguf"));

    assertEquals("The file broken.gguf is broken.", refusal.getMessage());
  }

  @Test
  void a_cancelled_request_gives_what_there_is() throws Exception {
    ChildModel model = open("model.gguf");
    Cancellation cancellation = new Cancellation();

    Generation answer = model.generate(ask("wait"), text -> cancellation.cancel(), cancellation);

    assertEquals(Finish.CANCELLED, answer.finish());
  }

  @Test
  void a_killed_child_fails_the_request_in_flight_and_the_next_one_works() throws Exception {
    ChildModel model = open("model.gguf");
    for (int round = 0; round < 3; round++) {
      long before = model.pid();
      CompletableFuture<Generation> answer = begin(model, "wait");

      ProcessHandle.of(before).orElseThrow().destroyForcibly();

      ExecutionException failure = assertThrows(ExecutionException.class, answer::get);
      assertTrue(
          String.valueOf(failure.getMessage()).contains("was killed (signal 9)"),
          failure.getMessage());
      assertEquals("again", text(model, "again"));
      assertNotEquals(before, model.pid());
    }
  }

  /// A request that does not end by itself, once it has begun.
  private static CompletableFuture<Generation> begin(ChildModel model, String prompt)
      throws Exception {
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    CompletableFuture<Generation> answer =
        CompletableFuture.supplyAsync(() -> {
          try {
            return model.generate(ask(prompt), text -> waiting.complete(null), new Cancellation());
          } catch (ModelException e) {
            throw new IllegalStateException(e.getMessage(), e);
          }
        });
    waiting.get();
    return answer;
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_child_that_is_told_to_end_is_no_crash_of_its_model() throws Exception {
    ChildModel model = open("model.gguf");
    CompletableFuture<Generation> answer = begin(model, "brittle");

    ProcessHandle.of(model.pid()).orElseThrow().destroy();

    ExecutionException failure = assertThrows(ExecutionException.class, answer::get);
    assertTrue(
        String.valueOf(failure.getMessage()).contains("was killed (signal 15)"),
        failure.getMessage());
    assertEquals(0, new CrashRecord(folder).crashes("digest"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_model_that_crashed_two_children_is_set_aside_until_its_file_changes() throws Exception {
    ChildModel model = open("model.gguf");
    ModelException crash = assertThrows(ModelException.class, () -> text(model, "crash"));
    assertTrue(crash.getMessage().contains("crashed"), crash.getMessage());
    assertThrows(ModelException.class, () -> text(model, "crash"));

    ModelException refusal = assertThrows(ModelException.class, () -> text(model, "hello"));
    assertTrue(refusal.getMessage().contains("set aside"), refusal.getMessage());
    assertTrue(
        assertThrows(ModelException.class, () -> open("copy.gguf"))
            .getMessage()
            .contains("set aside"));

    assertEquals("hello", text(open("changed.gguf", "another digest"), "hello"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_forgiven_model_is_tried_again() throws Exception {
    assertThrows(ModelException.class, () -> open("deadly.gguf"));
    assertThrows(ModelException.class, () -> open("deadly.gguf"));
    assertTrue(
        assertThrows(ModelException.class, () -> open("deadly.gguf"))
            .getMessage()
            .contains("set aside"));

    assertTrue(new CrashRecord(folder).forgive("digest"));

    assertTrue(
        assertThrows(ModelException.class, () -> open("deadly.gguf"))
            .getMessage()
            .contains("crashed"));
  }

  @Test
  void the_child_ends_with_its_model() throws Exception {
    ChildModel model = open("model.gguf");
    ProcessHandle child = ProcessHandle.of(model.pid()).orElseThrow();

    model.close();

    child.onExit().get();
    assertFalse(child.isAlive());
    assertThrows(ModelException.class, () -> text(model, "hello"));
  }

  @Test
  void the_child_ends_when_its_parent_closes_the_link() throws Exception {
    HostSettings settings = settings("model.gguf", "digest");
    ProcessBuilder builder =
        new ProcessBuilder(new ChildCommand(EchoHost.class.getName()).line(settings))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process child = builder.start();

    child.getOutputStream().close();

    assertEquals(0, child.waitFor());
  }

  @Test
  void a_child_behind_its_parent_is_the_same_child() throws Exception {
    HostSettings settings = settings("model.gguf", "digest");
    ChildCommand command = new ChildCommand(EchoHost.class.getName());
    List<String> alone = command.line(settings);
    List<String> behind = command.behindParent().line(settings);
    assertEquals(alone, behind.subList(behind.size() - alone.size(), behind.size()));

    try (ChildModel model = ChildModel.open(settings, command.behindParent())) {
      assertEquals("hello", text(model, "hello"));
    }
  }

  private ChildModel open(String name) throws ModelException {
    return open(name, "digest");
  }

  private HostSettings settings(String name, String digest) {
    return new HostSettings(name, digest, folder.resolve(name), folder, "cpu", 0);
  }

  private ChildModel open(String name, String digest) throws ModelException {
    ChildModel model =
        ChildModel.open(settings(name, digest), new ChildCommand(EchoHost.class.getName()));
    open.add(model);
    return model;
  }

  private static GenerateRequest ask(String text) {
    return GenerateRequest.greedy(new Input.Text(text), 16, Lane.COMMAND);
  }

  private static String text(ChildModel model, String prompt) throws ModelException {
    return model.generate(ask(prompt), TokenSink.NONE, new Cancellation()).text();
  }
}
