package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is offered where, in which order, and what is inserted.
class CompletionTest {
  private static final String SNIPPETS =
      "{'textDocument':{'completion':{'completionItem':{'snippetSupport':true}}}}";

  private static final String LOOP =
      """
      ---
      input:
        schema:
          review: string
        default:
          examples:
            - review: Bad.
              sentiment: negative
            - review: Good.
              sentiment: positive
      $1---
      {{#each examples}}
      Review: {{review}}
      Sentiment: {{sentiment}}

      {{$2/each}}
      Review: {{review}}
      Sentiment:
      """;

  private static final String BLOCKS =
      """
      Review: Bad.
      Sentiment: negative

      Review: Good.
      Sentiment: positive

      $0
      Review: {{review}}
      Sentiment:
      """;

  private final FakeModel model = new FakeModel(prompt -> " positive\n\nReview: more");
  private Editor editor = Editor.of(model, SNIPPETS);

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void modelsAreOfferedWithTheirContextWindows() {
    List<JsonObject> items = editor.open("---\nmodel: $0\n---\nHi\n").completions();
    assertEquals(List.of("fake installed", "gpt-4o hosted · 128000 tokens"), detailed(items));
    JsonElement resolved = editor.client.call("completionItem/resolve", items.getFirst());
    assertTrue(resolved.toString().contains("**fake**"), resolved::toString);
    editor.open("model:$0\nmessages: []\n", "promptls-github");
    assertEquals(" gpt-4o", inserted(editor.completion("gpt-4o")));
  }

  @Test
  void valuesOfKeysAreOfferedAlsoInLists() {
    editor.open("---\noutput:\n  format: $0\n---\n");
    assertEquals(List.of("text", "json", "media"), editor.labels());
    editor.type("---\npromptls.metrics: [exact_match, b$0\n---\n");
    assertTrue(editor.labels().contains("bleu"), () -> editor.labels().toString());
    editor.open("messages:\n  - role: $0\n", "promptls-github");
    assertEquals(List.of("system", "user", "assistant"), editor.labels());
  }

  @Test
  void variablesInScopeComeNearestFirst() {
    editor.open(LOOP.replace("$1", "").replace("{{$2/each}}", "{{$0}}{{/each}}"));
    assertEquals(
        List.of("review", "sentiment", "this", "@index", "@first", "@last", "@key", "examples"),
        variables());
    editor.type("---\ninput:\n  default:\n    user: {name: a, age: 1}\n---\n{{user.$0}}\n");
    assertEquals(List.of("user.name", "user.age"), variables());
    editor.type("{{#each users as |u|}}{{u.name}} {{u.$0}}{{/each}}");
    assertEquals(List.of("u.name"), variables());
    editor.type("---\ninput:\n  default:\n    n: 1\n    rows: [1]\n---\n{{#each $0}}");
    assertEquals("rows", variables().getFirst());
  }

  @Test
  void jinjaHasItsLoopsAndTheEndOfTheOpenBlockFirst() {
    String loop = "user:\n{% for x in xs %}\n{{ x.name }}\n";
    editor.open(loop + "{{ $0 }}", "prompty");
    assertEquals(List.of("x", "loop.index"), variables().subList(0, 2));
    editor.open(loop + "{{ x.$0 }}", "prompty");
    assertEquals(List.of("x.name"), variables());
    editor.open(loop + "{% $0", "prompty");
    assertEquals("endfor", editor.labels().getFirst());
    editor.open(loop + "{% if x$0 %}", "prompty");
    assertTrue(variables().contains("xs"), () -> variables().toString());
  }

  @Test
  void helpersHavePlacesAndTheOpenBlockItsEnd() {
    editor.open("{{$0");
    assertEquals("#if ${1:value}}}$2{{/if}}", inserted(editor.completion("if")));
    assertTrue(editor.type("{{#if a}}x{{$0").labels().contains("/if"));
    assertEquals(List.of("if"), editor.type("{{#if a}}x{{/$0").labels());
  }

  @Test
  void withoutSnippetSupportNothingHasPlaces() throws IOException {
    editor.close();
    editor = Editor.of(model);
    assertEquals("#if ", inserted(editor.open("{{$0").completion("if")));
    assertEquals("Review: \nSentiment: ", inserted(editor.type(BLOCKS).completion("example")));
    JsonObject template = editor.type("few$0").completion("few-shot/sentiment");
    assertEquals("---\nname: s\n---\nHi $x", inserted(template));
  }

  @Test
  void templatesHavePlacesForWhatAnAuthorChanges() {
    JsonObject template = editor.open("few$0").completion("few-shot/sentiment");
    assertEquals("---\nname: ${1:s}\n---\nHi \\$x$0", inserted(template));
    assertEquals(2, template.get("insertTextFormat").getAsInt());
    JsonElement resolved = editor.client.call("completionItem/resolve", template);
    assertTrue(resolved.toString().contains("Four solved reviews"), resolved::toString);
  }

  @Test
  void oneMoreExampleIsWrittenAsItsSiblingsInEveryShape() {
    assertEquals(
        "Review: ${1}\nSentiment: ${2}", inserted(editor.open(BLOCKS).completion("example")));
    editor.type(LOOP.replace("$1", "      $0\n").replace("$2", ""));
    assertEquals("- review: ${1}\n        sentiment: ${2}", inserted(editor.completion("example")));
    editor.type(LOOP.replace("$1", "$0\n").replace("$2", ""));
    assertEquals(
        "      - review: ${1}\n        sentiment: ${2}", inserted(editor.completion("example")));
    editor.type("{{role \"user\"}}\na\n{{role \"model\"}}\nb\n\n$0\n{{role \"user\"}}\n{{q}}\n");
    assertEquals(
        "{{role \"user\"\\}\\}\n${1}\n{{role \"model\"\\}\\}\n${2}",
        inserted(editor.completion("example")));
  }

  @Test
  void labelsFollowEachOther() {
    assertEquals(
        List.of("Review:", "Sentiment:"),
        editor.open(BLOCKS).labels().stream().filter(l -> l.endsWith(":")).toList());
    editor.type(BLOCKS.replace("$0", "Review: So so.\nSen$0\n"));
    assertEquals("Sentiment:", editor.labels().getFirst());
  }

  @Test
  void partialsAreOfferedByTheNamesTheyHaveHereWithWhatTheyNeed(@TempDir Path folder)
      throws IOException {
    try (var files =
        WorkspaceEditor.of(
            folder,
            SNIPPETS,
            """
            == _top.prompt
            ---
            description: Says hello.
            input: {schema: {name: string, tone: "string, how"}}
            ---
            {{name}} {{tone}}
            == sub/_near.prompt
            {{x}}
            == sub/deep/_far.prompt
            Hi
            == other/_else.prompt
            Hi
            == sub/a.prompt
            {{name}} {{> $0
            """)) {
      JsonObject[] items = items(files.ask("textDocument/completion", "{}"));
      assertEquals(List.of("deep/far", "near", "other/else", "top"), labels(items));
      assertEquals("near x=${1:x}}}", inserted(items[1]));
      assertEquals("top tone=${1:tone}}}", inserted(items[3]));
      JsonElement resolved = files.client.call("completionItem/resolve", items[3]);
      assertTrue(resolved.toString().contains("Says hello."), resolved::toString);
      files.write("sub/a.prompt", "{{> top name=\"x\" $0}}");
      files.type("sub/a.prompt", "{{> top name=\"x\" }}");
      assertTrue(labels(items(files.ask("textDocument/completion", "{}"))).contains("tone="));
    }
  }

  @Test
  void pathsAreOfferedInsideTheRootsOnly(@TempDir Path outside) throws IOException {
    Path folder = Files.createDirectory(outside.resolve("ws"));
    Files.writeString(outside.resolve("secret.jsonl"), "{}");
    Files.createSymbolicLink(folder.resolve("link.jsonl"), outside.resolve("secret.jsonl"));
    try (var files =
        WorkspaceEditor.of(
            folder,
            "{}",
            """
            == rows/tests.jsonl
            {}
            == notes.md
            Hi
            == a.prompt
            ---
            promptls.tests: $0
            ---
            Hi
            """)) {
      assertEquals(List.of("rows/"), paths(files));
      assertEquals(List.of("tests.jsonl"), paths(files, "---\npromptls.tests: rows/t$0\n---\n"));
      assertEquals(List.of(), paths(files, "---\npromptls.tests: ../$0\n---\n"));
      assertEquals(List.of(), paths(files, "---\npromptls.tests: rows/../../$0\n---\n"));
      assertEquals(List.of("rows/", "notes.md"), paths(files, "See [notes](n$0"));
    }
  }

  private static List<String> paths(WorkspaceEditor files, String marked) throws IOException {
    files.write("a.prompt", marked);
    files.type("a.prompt", marked.replace("$0", ""));
    return paths(files);
  }

  private static List<String> paths(WorkspaceEditor files) throws IOException {
    return labels(items(files.ask("textDocument/completion", "{}")));
  }

  @Test
  void theModelContinuesOnExplicitRequestWhereThereIsNoGhostText() throws IOException {
    String open = BLOCKS.stripTrailing() + "$0\n";
    assertEquals(List.of("positive"), continuations(open));
    assertTrue(model.calls.get() > 0);
    int calls = model.calls.get();
    editor.type(BLOCKS.stripTrailing() + " $0\n");
    assertEquals(List.of(), continuations());
    assertEquals(calls, model.calls.get(), "typing asks no model");
    editor.close();
    editor = Editor.of(model, "{'textDocument':{'inlineCompletion':{}}}");
    assertEquals(List.of(), continuations(open));
    assertEquals(calls, model.calls.get(), "ghost text serves there");
  }

  private List<String> continuations(String marked) {
    editor.open(marked);
    return continuations();
  }

  private List<String> continuations() {
    JsonObject params = editor.here();
    params.add("context", JsonParser.parseString("{'triggerKind':1}"));
    JsonElement list = editor.client.call("textDocument/completion", params);
    return Arrays.stream(items(list))
        .filter(
            item -> item.has("detail") && item.get("detail").getAsString().startsWith("the model"))
        .map(item -> item.get("label").getAsString())
        .toList();
  }

  private List<String> variables() {
    return editor.completions().stream()
        .filter(item -> item.get("kind").getAsInt() == 6)
        .map(item -> item.get("label").getAsString())
        .toList();
  }

  private static String inserted(JsonObject item) {
    return item.getAsJsonObject("textEdit").get("newText").getAsString();
  }

  private static List<String> detailed(List<JsonObject> items) {
    return items.stream()
        .map(i -> i.get("label").getAsString() + " " + i.get("detail").getAsString())
        .toList();
  }

  private static JsonObject[] items(JsonElement list) {
    return StreamSupport.stream(list.getAsJsonObject().getAsJsonArray("items").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toArray(JsonObject[]::new);
  }

  private static List<String> labels(JsonObject[] items) {
    return Arrays.stream(items).map(item -> item.get("label").getAsString()).toList();
  }
}
