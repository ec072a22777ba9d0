package dev.promptls.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands through their public door. The model is a small random one, so what it says is noise;
/// that it is said in the promised shapes is what is tested.
class CommandTest {
  private static final String PROMPT =
      """
      ---
      input:
        schema:
          name: string
      ---
      Say hello to {{name}}.
      """;

  @TempDir Path folder;

  @Test
  void help_is_there_for_every_command() {
    for (List<String> command :
        List.of(
            List.<String>of(),
            List.of("serve"),
            List.of("run"),
            List.of("render"),
            List.of("count"),
            List.of("lint"),
            List.of("complete"),
            List.of("score"),
            List.of("model"),
            List.of("model", "bench"),
            List.of("doctor"),
            List.of("fmt"))) {
      CommandRun run = run("--help", command);
      assertEquals(0, run.code(), command.toString());
      assertTrue(run.out().contains("Usage:"), command.toString());
    }
  }

  private CommandRun run(String last, List<String> first) {
    return CommandRun.of(
        folder, "", Stream.concat(first.stream(), Stream.of(last)).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bogus",
        "run",
        "render",
        "count",
        "complete --text a --temperature -1",
        "complete --text a --max-tokens 0",
        "count --text a --device tpu",
        "count --text a --threads 0",
        "score --text a b.prompt",
        "model",
        "complete here"
      })
  void a_wrong_command_line_exits_with_2_and_one_line(String line) {
    CommandRun run = run(line.isEmpty() ? new String[0] : line.split(" ", -1));

    assertEquals(2, run.code(), run.err());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lnit .                 | There is no command lnit; did you mean lint
          frobnicate             | There is no command frobnicate
          lint . --formt json    | There is no option --formt; did you mean --format
          render a b             | There is no place for b.
          render a --input {}    | Value for option '--input' (NAME=VALUE) should be
          """)
  void a_wrong_command_line_is_told_with_what_may_be_meant(String line, String told) {
    CommandRun run = run(line.split(" ", -1));

    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().startsWith("promptls: " + told), run.err());
  }

  @Test
  void a_prompt_is_rendered_with_its_inputs() throws IOException {
    Path prompt = file("hello.prompt", PROMPT);

    JsonObject rendered = json(run("render", prompt.toString(), "--input", "name=Ada", "--json"));

    assertEquals("dotprompt", rendered.get("format").getAsString());
    assertEquals(
        "[{\"role\":\"user\",\"content\":[{\"text\":\"Say hello to Ada.\"}]}]",
        Json.line(rendered.get("messages")));
    assertFalse(rendered.has("tokens"));
  }

  @Test
  void a_prompt_that_cannot_be_rendered_exits_with_1_and_says_where() throws IOException {
    Path prompt = file("broken.prompt", "Hello {{#if name}}.\n");

    CommandRun run = run("render", prompt.toString());

    assertEquals(1, run.code());
    assertTrue(run.err().startsWith(prompt + ":1:"), run.err());
    assertEquals("", run.out());
  }

  @Test
  void files_that_are_no_prompts_each_get_a_sentence() throws IOException {
    Path latin = folder.resolve("latin.prompt");
    Files.write(latin, "abc caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

    problem("There is no file", "render", folder.resolve("missing.prompt").toString());
    problem("is a folder", "render", folder.toString());
    problem("the byte at offset 7 (0xE9)", "render", latin.toString());
    problem(
        "is not a JSON document",
        "render",
        file("a.prompt", PROMPT).toString(),
        "--data",
        file("b.json", "{").toString());
  }

  @Test
  void an_empty_prompt_renders_to_nothing_and_is_not_run() throws IOException {
    Path empty = file("empty.prompt", "");

    assertEquals(0, run("render", empty.toString()).code());
    CommandRun run = run("run", empty.toString(), "--model", model());
    assertEquals(1, run.code());
    assertTrue(run.err().contains("has no text to send"), run.err());
  }

  @Test
  void a_byte_order_mark_and_carriage_returns_are_understood() throws IOException {
    Path prompt = file("crlf.prompt", "\ufeff" + PROMPT.replace("\n", "\r\n"));

    CommandRun run = run("render", prompt.toString(), "--input", "name=Ada", "--json");

    assertTrue(run.out().contains("Say hello to Ada."), run.out());
  }

  @Test
  void a_run_has_the_shape_of_the_contract() throws IOException {
    Path prompt = file("hello.prompt", PROMPT);

    JsonObject result =
        json(
            run(
                "run",
                prompt.toString(),
                "--input",
                "name=Ada",
                "--max-tokens",
                "4",
                "--json",
                "--model",
                model()));

    assertEquals(
        "Say hello to Ada.",
        result.getAsJsonArray("messages").get(0).getAsJsonObject().get("content").getAsString());
    assertTrue(result.get("prompt").getAsString().contains("Say hello to Ada."));
    assertTrue(List.of("stop", "length").contains(result.get("finish").getAsString()));
    JsonObject usage = result.getAsJsonObject("usage");
    CommandRun count =
        run("count", prompt.toString(), "--input", "name=Ada", "--json", "--model", model());
    JsonObject counted = json(count).getAsJsonArray("files").get(0).getAsJsonObject();
    assertEquals(counted.get("tokens").getAsInt(), usage.get("promptTokens").getAsInt());
    assertTrue(result.getAsJsonObject("timing").has("firstTokenMillis"));
  }

  @Test
  void several_models_give_results_side_by_side() throws IOException {
    CommandRun run =
        run("count", "--text", "abc", "--json", "--model", model(), "--model", "gpt-4o");

    JsonArray results = Json.parse(run.out()).getAsJsonArray();
    assertEquals(2, results.size());
    assertEquals("gpt-4o", results.get(1).getAsJsonObject().get("model").getAsString());
  }

  @Test
  void lines_are_answered_in_order_and_a_bad_one_does_not_end_the_run() throws IOException {
    CommandRun run =
        CommandRun.of(
            folder,
            "{\"text\":\"ab\",\"ids\":true}\nnonsense\n{\"text\":7}\n{\"text\":\"\"}",
            "count",
            "--jsonl",
            "--model",
            model());

    List<String> lines = run.out().lines().toList();
    assertEquals(4, lines.size(), run.out());
    assertTrue(Json.parse(lines.get(0)).getAsJsonObject().has("ids"));
    assertTrue(lines.get(1).startsWith("{\"error\":"));
    assertTrue(lines.get(2).startsWith("{\"error\":"));
    assertEquals("{\"tokens\":0}", lines.get(3));
    assertEquals(0, run.code());
  }

  @Test
  void bare_templates_render_from_lines() {
    CommandRun run =
        CommandRun.of(
            folder,
            """
            {"format":"jinja","source":"{{ a }}!\\n","vars":{"a":1}}
            {"format":"handlebars","source":"{{a}}!","vars":{"a":1}}
            {"format":"chat-template","template":"{{ messages[0].content }}{{ bos_token }}","messages":[{"role":"user","content":"x\\u2028y"}],"bos_token":"<s>"}
            {"format":"dotprompt","source":"Hi {{name}}","data":{"input":{"name":"Ada"}}}
            {"format":"bogus","source":""}
            """,
            "render",
            "--jsonl");

    List<String> lines = run.out().lines().toList();
    assertEquals("{\"text\":\"1!\"}", lines.get(0));
    assertEquals("{\"text\":\"1!\"}", lines.get(1));
    assertEquals("{\"text\":\"x\\u2028y<s>\"}", lines.get(2));
    assertTrue(lines.get(3).contains("\"Hi Ada\""), lines.get(3));
    assertTrue(lines.get(4).startsWith("{\"error\":"));
  }

  @Test
  void completing_and_scoring_follow_the_contract_line_by_line() throws IOException {
    CommandRun completed =
        CommandRun.of(
            folder,
            "{\"text\":\"abc\",\"maxTokens\":3,\"ignoreEos\":true}\n{\"ids\":[99999]}\n",
            "complete",
            "--jsonl",
            "--model",
            model());
    List<String> answers = completed.out().lines().toList();
    assertEquals(3, Json.parse(answers.get(0)).getAsJsonObject().getAsJsonArray("ids").size());
    assertTrue(answers.get(1).startsWith("{\"error\":"));

    CommandRun scored =
        CommandRun.of(
            folder,
            "{\"text\":\"abc def\",\"top\":2}\n{\"text\":\"\"}\n",
            "score",
            "--jsonl",
            "--model",
            model());
    List<String> scores = scored.out().lines().toList();
    JsonObject score = Json.parse(scores.get(0)).getAsJsonObject();
    int tokens = score.get("tokens").getAsInt();
    assertEquals(tokens, score.getAsJsonArray("ids").size());
    assertEquals(tokens - 1, score.getAsJsonArray("logprobs").size());
    assertEquals(2, score.getAsJsonArray("top").get(0).getAsJsonArray().size());
    JsonObject nothing = Json.parse(scores.get(1)).getAsJsonObject();
    assertTrue(nothing.get("nll").isJsonNull() && nothing.get("perplexity").isJsonNull());
  }

  @Test
  void a_broken_model_file_is_refused_by_every_command_in_one_sentence() throws IOException {
    Path broken = folder.resolve("broken.gguf");
    Files.write(broken, new byte[] {'G', 'G', 'U', 'F', 9, 0, 0, 0});
    Path prompt = file("hello.prompt", PROMPT);

    for (List<String> command :
        List.of(
            List.of("count", "--text", "a", "--model", broken.toString()),
            List.of("run", prompt.toString(), "--model", broken.toString()),
            List.of("complete", "--text", "a", "--model", broken.toString()),
            List.of("score", "--text", "a", "--model", broken.toString()),
            List.of("render", prompt.toString(), "--model", broken.toString()),
            List.of("model", "info", broken.toString()),
            List.of("model", "import", broken.toString()),
            List.of("model", "bench", broken.toString()))) {
      problem("broken.gguf", command.toArray(String[]::new));
    }
  }

  @Test
  void the_doctor_tells_what_is_missing() {
    JsonObject report = json(run("doctor", "--json"));

    assertTrue(
        report.getAsJsonArray("checks").toString().contains("is not installed"), report.toString());
  }

  @Test
  void the_doctor_tries_the_model_that_is_named() throws IOException {
    String good = run("doctor", "--model", model()).out();
    assertTrue(good.contains("loads and answers, 4 tokens"), good);

    CommandRun bad = run("doctor", "--model", "missing-model");
    assertEquals(ExitCode.FINDINGS, bad.code());
    assertTrue(bad.out().contains("missing-model"), bad.out());
  }

  @Test
  void the_gallery_lists_every_prompt_that_comes_with_the_program() throws IOException {
    Path prompts = Path.of(System.getProperty("promptls.root", "../.."), "prompts");
    try (Stream<Path> files = Files.walk(prompts)) {
      assertEquals(
          files.filter(file -> file.toString().endsWith(".prompt")).count(),
          Gallery.prompts().size());
    }
  }

  private void problem(String part, String... arguments) {
    CommandRun run = run(arguments);
    assertEquals(3, run.code(), run.err());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(part), run.err());
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(folder, "", arguments);
  }

  private static JsonObject json(CommandRun run) {
    assertEquals(0, run.code(), run.err());
    return Json.parse(run.out()).getAsJsonObject();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /// A model of 28 KB with random weights.
  private String model() throws IOException {
    Path file = folder.resolve("micro.gguf");
    if (Files.notExists(file)) {
      try (InputStream in = CommandTest.class.getResourceAsStream("micro-q8_0.gguf")) {
        Files.copy(Objects.requireNonNull(in), file);
      }
    }
    return file.toString();
  }
}
