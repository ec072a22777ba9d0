package dev.promptls.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import dev.promptls.prompt.check.LintSettings;
import dev.promptls.prompt.schema.JsonSchema;
import dev.promptls.prompt.schema.SchemaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LintTest {
  private static final String MISSPELT = "---\ntemprature: 1\n---\nHi {{> greeting}}\n";

  @TempDir Path folder;

  private Path write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private CommandRun lint(String... arguments) {
    return CommandRun.of(
        folder, "", Stream.concat(Stream.of("lint"), Stream.of(arguments)).toArray(String[]::new));
  }

  private List<JsonObject> findings(String... arguments) {
    String[] all = Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
    return objects(Json.parse(lint(all).out()).getAsJsonArray());
  }

  private static List<JsonObject> objects(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private List<String> codes(String... arguments) {
    return findings(arguments).stream().map(each -> each.get("code").getAsString()).toList();
  }

  @Test
  void findings_have_the_promised_shape() throws IOException {
    Path file = write("x.prompt", "---\ntemprature: 1\n---\nHi\n");
    JsonObject finding = findings(file.toString()).getFirst();
    assertEquals(file.toString(), finding.get("path").getAsString());
    assertEquals("warning", finding.get("severity").getAsString());
    assertEquals("unknown-key", finding.get("code").getAsString());
    assertEquals(
        "{\"start\":{\"line\":1,\"character\":0},\"end\":{\"line\":1,\"character\":10}}",
        finding.get("range").toString());
    assertEquals(0, lint(file.toString()).code(), "a warning is no failure");
    assertEquals(1, lint(file.toString(), "--fail-on", "warning").code());
    assertEquals(1, lint(file.toString(), "--max-warnings", "0").code());
    assertEquals(1, lint(file.toString(), "--rule", "unknown-key=error").code());
    assertEquals(List.of(), codes(file.toString(), "--rule", "unknown-key=off"));
  }

  @Test
  void folders_are_searched_as_git_sees_them_and_each_file_named_once() throws IOException {
    write("a/x.prompt", "{{#if}}");
    write("a/skipped.prompt", "{{#if}}");
    write(".gitignore", "skipped.prompt\n");
    write("b/fine.prompt", "Hello\n");
    CommandRun run = lint(folder.toString(), folder.resolve("a").toString());
    assertEquals(1, run.code());
    String place = folder.resolve("a/x.prompt") + ":1:1 error unbalanced-block ";
    assertTrue(run.out().startsWith(place), run.out());
    assertFalse(run.out().contains("skipped"), run.out());
    assertTrue(run.err().contains(" in 2 files."), run.err());
  }

  @Test
  void a_model_that_is_named_tells_how_full_its_window_is() throws IOException {
    write("a.prompt", "---\nconfig:\n  maxOutputTokens: 200000\n---\nSay hello to them.\n");
    assertEquals(List.of(), codes(folder.toString()));
    assertEquals(
        List.of("context-budget"), codes(folder.toString(), "--model", "gpt-4o", "--offline"));
  }

  @Test
  void variables_that_the_user_does_not_allow_are_told() throws IOException {
    write("a.prompty", "---\nname: a\nmodel:\n  id: ${env:SOME_MODEL}\n---\nuser:\nHello.\n");
    assertEquals(List.of("unresolved-reference"), codes(folder.toString()));
  }

  @Test
  void partials_are_known_to_the_rules_that_ask() throws IOException {
    write("p/x.prompt", MISSPELT.replace("temprature", "description"));
    assertFalse(codes(folder.toString()).contains("partial-cycle"));
    write("p/_greeting.prompt", "Hello\n");
    assertEquals(List.of(), codes(folder.resolve("p").toString()));
  }

  @Test
  void a_prompt_may_call_a_partial_of_its_own_name() throws IOException {
    write("hello.prompt", "{{> hello}}\n");
    assertEquals(List.of("unknown-partial"), codes(folder.toString()));
    write("_hello.prompt", "Hello\n");
    assertEquals(List.of(), codes(folder.toString()));
    write("_hello.prompt", "{{> hello}}\n");
    assertEquals(List.of("partial-cycle", "partial-cycle"), codes(folder.toString()));
  }

  @Test
  void what_cannot_be_read_is_told_and_exits_with_3() throws IOException {
    Path good = write("good.prompt", "Hello\n");
    Path bad = folder.resolve("bad.prompt");
    Files.write(bad, new byte[] {(byte) 0xff});
    CommandRun run = lint(good.toString(), bad.toString(), folder.resolve("none").toString());
    assertEquals(3, run.code());
    assertTrue(run.err().contains("bad.prompt is not UTF-8 text"), run.err());
    assertTrue(run.err().contains("There is no file or folder"), run.err());
  }

  @Test
  void a_rule_that_there_is_not_cannot_be_set() throws IOException {
    Path file = write("x.prompt", "Hello\n");
    CommandRun run = lint(file.toString(), "--rule", "unknown-kye=off");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("There is no rule unknown-kye"), run.err());
  }

  @Test
  void an_empty_path_is_not_the_working_folder() {
    for (String command : List.of("lint", "fmt", "render")) {
      CommandRun run = CommandRun.of(folder, "", command, "");
      assertEquals(2, run.code(), command);
      assertTrue(run.err().contains("an empty path names no file"), run.err());
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_backslash_may_be_part_of_a_name() throws IOException {
    Path file = write("c\\d.prompt", "{{#if}}");
    assertEquals(file.toString(), findings(file.toString()).getFirst().get("path").getAsString());
  }

  @Test
  void of_a_path_that_is_not_there_nothing_else_is_said() {
    CommandRun run = lint(folder.resolve("none").toString());
    assertEquals(3, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("promptls: There is no file or folder"), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void standard_input_is_checked_under_a_name() {
    CommandRun run = CommandRun.of(folder, "{{#if}}", "lint", "-", "--stdin-name", "x.prompt");
    assertTrue(run.out().startsWith("x.prompt:1:1 error unbalanced-block"), run.out());
    assertEquals(2, lint("-", "--fix").code());
    assertEquals(2, lint().code());
    assertEquals(2, lint("-", "--rule", "unknown-key=loud").code());
  }

  @Test
  void safe_fixes_are_applied_and_the_rest_is_reported() throws IOException {
    Path file = write("x.prompt", "\ufeff---\r\ntemprature: 1\r\n---\r\nHi {{#if}}\r\n");
    CommandRun run = lint(file.toString(), "--fix");
    assertTrue(run.out().contains("unbalanced-block"), run.out());
    String after = Files.readString(file);
    assertTrue(after.startsWith("\ufeff---\r\n") && after.endsWith("Hi {{#if}}\r\n"), after);
    assertEquals(List.of("x.prompt"), List.of(Objects.requireNonNull(folder.toFile().list())));
  }

  @Test
  void sarif_is_valid_against_the_official_schema() throws IOException, SchemaException {
    write("a b/ü.prompt", MISSPELT + "{{#if}}");
    CommandRun run = lint(folder.toString(), "--format", "sarif");
    JsonObject log = Json.parse(run.out()).getAsJsonObject();
    assertEquals(List.of(), schema().check(Json.plain(log), "The log"));
    JsonObject first = log.getAsJsonArray("runs").get(0).getAsJsonObject();
    assertEquals("utf16CodeUnits", first.get("columnKind").getAsString());
    JsonObject result = first.getAsJsonArray("results").get(0).getAsJsonObject();
    JsonArray rules =
        first.getAsJsonObject("tool").getAsJsonObject("driver").getAsJsonArray("rules");
    JsonObject rule = rules.get(result.get("ruleIndex").getAsInt()).getAsJsonObject();
    assertEquals(result.get("ruleId"), rule.get("id"));
    assertTrue(result.toString().contains("a%20b/%C3%BC.prompt"), result::toString);
    CommandRun nothing = lint(folder.resolve("none").toString(), "--format", "sarif");
    assertEquals(List.of(), schema().check(Json.plain(Json.parse(nothing.out())), "The log"));
  }

  @Test
  void a_colon_in_a_name_makes_no_scheme_of_it_in_sarif() {
    Linted linted = Linter.lint("a:b/c d.prompt", "Hello\n", new LintSettings(Map.of()));
    JsonObject run =
        new LintSarif(folder.toAbsolutePath())
            .of(List.of(linted), List.of())
            .getAsJsonArray("runs")
            .get(0)
            .getAsJsonObject();
    String artifact = run.getAsJsonArray("artifacts").get(0).toString();
    assertTrue(artifact.contains("\"a%3Ab/c%20d.prompt\""), artifact);
  }

  @Test
  void the_schema_does_refuse_what_is_no_sarif() throws IOException, SchemaException {
    assertFalse(schema().check(Json.plain(Json.parse("{\"version\":\"2.1.0\"}")), "It").isEmpty());
  }

  private static JsonSchema schema() throws IOException, SchemaException {
    try (InputStream in =
        Objects.requireNonNull(
            LintTest.class.getResourceAsStream("/sarif/sarif-schema-2.1.0.json"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      JsonObject schema = Json.parse(text).getAsJsonObject();
      schema.remove("id");
      return JsonSchema.of(Objects.requireNonNull(Json.plain(schema)));
    }
  }
}
