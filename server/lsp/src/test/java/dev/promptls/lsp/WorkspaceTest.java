package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions that other files take part in.
class WorkspaceTest {
  private static final String MOVES =
      "{'workspace':{'workspaceEdit':{'documentChanges':true,'resourceOperations':['rename']}}}";
  private static final String FILES =
      """
      == hello.prompt
      ---
      input:
        schema:
          name: string
      ---
      {{> greeting}} {{> parts/sign who=name}}
      {{name}}
      == _greeting.prompt
      Hello, {{name}}!
      == parts/_sign.prompt
      Yours, {{who}}.
      == other.prompt
      ---
      input:
        schema:
          name: string
      ---
      {{> greeting}}
      == notes.prompt.md
      See [the greeting](_greeting.prompt) and [more](https://example.com)
      """;

  @TempDir Path folder;
  private final List<WorkspaceEditor> opened = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (WorkspaceEditor editor : opened) {
      editor.close();
    }
  }

  /// The files with the mark set, in an editor that takes moves of files.
  private WorkspaceEditor open(String from, String to) throws IOException {
    return start(MOVES, FILES.replace(from, to));
  }

  private WorkspaceEditor start(String capabilities, String files) throws IOException {
    var editor = WorkspaceEditor.of(folder, capabilities, files);
    opened.add(editor);
    return editor;
  }

  @Test
  void thePartialsNameLeadsToItsFile() throws IOException {
    WorkspaceEditor editor = open("{{> greeting}} ", "{{> gre$0eting}} ");
    assertEquals(
        List.of("_greeting.prompt:1:1-1"),
        editor.places(editor.ask("textDocument/definition", "{}")));
    String hover = editor.ask("textDocument/hover", "{}").toString();
    assertTrue(hover.contains("Takes `name`") && hover.contains("Hello, {{name}}!"), hover);
  }

  @Test
  void aVariableLeadsToItsDeclarationFromAPartialToo() throws IOException {
    WorkspaceEditor editor = open("Hello, {{name}}", "Hello, {{na$0me}}");
    assertEquals(
        List.of("hello.prompt:4:5-9", "other.prompt:4:5-9"),
        editor.places(editor.ask("textDocument/definition", "{}")));
  }

  @Test
  void aCallTellsWhatThePartialTakesAndWhichIsGiven() throws IOException {
    WorkspaceEditor editor = open("parts/sign who", "parts/sign w$0ho");
    String hover = editor.ask("textDocument/hover", "{}").toString();
    assertTrue(hover.contains("**who** · read by the partial `_sign.prompt`"), hover);
    JsonObject help = editor.ask("textDocument/signatureHelp", "{}").getAsJsonObject();
    JsonObject signature = help.getAsJsonArray("signatures").get(0).getAsJsonObject();
    assertEquals("{{>parts/sign who=…}}", signature.get("label").getAsString());
    assertEquals(0, help.get("activeParameter").getAsInt());
  }

  @Test
  void aLinkLeadsToItsFileAndIsShown() throws IOException {
    WorkspaceEditor editor = open("](_greet", "](_gr$0eet");
    assertEquals(
        List.of("_greeting.prompt:1:1-1"),
        editor.places(editor.ask("textDocument/definition", "{}")));
    String links = editor.ask("textDocument/documentLink", "{}").toString();
    assertTrue(links.contains(editor.uri("_greeting.prompt")), links);
    assertTrue(links.contains("https://example.com"), links);
  }

  @Test
  void referencesCrossFilesWithAndWithoutDeclarations() throws IOException {
    WorkspaceEditor editor = open("\n{{name}}", "\n{{na$0me}}");
    assertEquals(
        Set.of(
            "hello.prompt:4:5-9",
            "hello.prompt:6:35-39",
            "hello.prompt:7:3-7",
            "_greeting.prompt:1:10-14",
            "other.prompt:4:5-9"),
        Set.copyOf(
            editor.places(
                editor.ask("textDocument/references", "{'context':{'includeDeclaration':true}}"))));
    assertFalse(
        editor
            .places(
                editor.ask("textDocument/references", "{'context':{'includeDeclaration':false}}"))
            .contains("hello.prompt:4:5-9"));
    assertEquals(3, editor.ask("textDocument/documentHighlight", "{}").getAsJsonArray().size());
  }

  @Test
  void renamingAPartialRenamesItsFileAndEveryCall() throws IOException {
    WorkspaceEditor editor = open("{{> greeting}} ", "{{> gre$0eting}} ");
    JsonObject prepared = editor.ask("textDocument/prepareRename", "{}").getAsJsonObject();
    assertEquals("greeting", prepared.get("placeholder").getAsString());
    Map<String, String> after =
        editor.applied(editor.ask("textDocument/rename", "{'newName':'welcome'}"));
    assertEquals("_welcome.prompt", after.get("_greeting.prompt -> "));
    assertTrue(after.getOrDefault("hello.prompt", "").contains("{{> welcome}} {{> parts/sign"));
    assertTrue(after.getOrDefault("other.prompt", "").contains("{{> welcome}}"));
    assertTrue(after.getOrDefault("notes.prompt.md", "").contains("](_welcome.prompt)"));
  }

  @Test
  void renamingAnInputChangesDeclarationsUsesAndOtherCallers() throws IOException {
    WorkspaceEditor editor = open("Hello, {{name}}", "Hello, {{na$0me}}");
    Map<String, String> after =
        editor.applied(editor.ask("textDocument/rename", "{'newName':'person'}"));
    assertEquals("Hello, {{person}}!\n", after.get("_greeting.prompt"));
    assertEquals(
        FILES
            .substring(FILES.indexOf("---"), FILES.indexOf("== _greeting"))
            .replace("name", "person"),
        after.get("hello.prompt"));
    assertTrue(after.getOrDefault("other.prompt", "").contains("    person: string"));
  }

  @Test
  void aNameThatIsTakenIsRefusedInASentence() throws IOException {
    WorkspaceEditor editor = open("Hello, {{name}}", "Hello, {{na$0me}}, {{mood}}");
    JsonObject reply =
        editor.client.awaitReply(
            editor.client.ask("textDocument/rename", editor.question("{'newName':'mood'}")));
    assertEquals(-32803, RawClient.errorCode(reply));
    assertTrue(reply.toString().contains("There is an input mood already"), reply::toString);
  }

  @Test
  void aClientWithoutFileOperationsGetsPlainEdits() throws IOException {
    WorkspaceEditor editor = start("{}", FILES.replace("{{> greeting}} ", "{{> gre$0eting}} "));
    JsonObject edit = editor.ask("textDocument/rename", "{'newName':'welcome'}").getAsJsonObject();
    assertTrue(edit.has("changes") && !edit.has("documentChanges"), edit::toString);
  }

  @Test
  void movingAFileKeepsCallsAndLinksAlive() throws IOException {
    WorkspaceEditor editor = open("x$0", "x");
    JsonObject params =
        JsonParser.parseString(
                "{'files':[{'oldUri':'%s','newUri':'%s'}]}"
                    .formatted(editor.uri("_greeting.prompt"), editor.uri("parts/_hi.prompt")))
            .getAsJsonObject();
    Map<String, String> after =
        editor.applied(editor.client.call("workspace/willRenameFiles", params));
    assertTrue(after.getOrDefault("hello.prompt", "").contains("{{> parts/hi}} "));
    assertTrue(after.getOrDefault("notes.prompt.md", "").contains("](parts/_hi.prompt)"));
  }

  @Test
  void anEditOfAPartialHasItsCallersCheckedAgain() throws IOException {
    WorkspaceEditor editor = open("x$0", "x");
    editor.open("hello.prompt");
    editor.open("_greeting.prompt");
    assertEquals("hello.prompt", published("hello.prompt", editor));
    editor.type("_greeting.prompt", "Good day, {{name}}!\n");
    assertEquals("hello.prompt", published("hello.prompt", editor));
  }

  @Test
  void anEditOfAPartialHasItsCallersCountedAgain() throws IOException {
    WorkspaceEditor editor = open("{{> greeting}} ", "{{> greeting}} $0");
    editor.open("_greeting.prompt");
    int before = tokens(editor);
    editor.type("_greeting.prompt", "Hello, {{name}}! How are you?\n");
    assertEquals(before + 4, tokens(editor));
    editor.type("_greeting.prompt", "Hello, {{name}}!\n");
    assertEquals(before, tokens(editor));
  }

  @Test
  void rowsThatChangeOnTheDiskAreCountedAgain() throws IOException {
    WorkspaceEditor editor =
        start(
            "{'workspace':{'codeLens':{'refreshSupport':true}}}",
            """
            == judge.prompt
            ---
            promptls.examples: rows.jsonl
            ---
            $0{{#each examples}}{{review}} is {{mood}}. {{/each}}
            == rows.jsonl
            {"review": "Bad", "mood": "sad"}
            """);
    int before = tokens(editor);
    editor.write(
        "rows.jsonl",
        """
        {"review": "Bad", "mood": "sad"}
        {"review": "Good", "mood": "glad"}
        """);
    editor.touched("rows.jsonl");
    do {
      // Others may come before it.
      editor.client.awaitNotification("workspace/codeLens/refresh", params -> true);
    } while (tokens(editor) == before);
    assertEquals(before + 4, tokens(editor));
  }

  /// Those of the whole prompt, as its lens tells them.
  private static int tokens(WorkspaceEditor editor) throws IOException {
    for (JsonElement lens : editor.ask("textDocument/codeLens", "{}").getAsJsonArray()) {
      JsonObject object = lens.getAsJsonObject();
      if (!object.has("command") && !object.getAsJsonObject("data").has("example")) {
        JsonObject resolved = editor.client.call("codeLens/resolve", object).getAsJsonObject();
        String title = resolved.getAsJsonObject("command").get("title").getAsString();
        return Integer.parseInt(title.replaceAll("\\D.*", ""));
      }
    }
    throw new AssertionError("No lens tells the tokens of the prompt.");
  }

  private static String published(String name, WorkspaceEditor editor) {
    JsonObject params =
        editor.client.awaitNotification(
            "textDocument/publishDiagnostics",
            each -> each.get("uri").getAsString().endsWith(name));
    return editor.name(params.get("uri").getAsString());
  }

  @Test
  void changesOnTheDiskAreFollowedAndOpenTextsWin() throws IOException {
    WorkspaceEditor editor = open("{{> greeting}} ", "{{> gre$0eting}} ");
    editor.write("added.prompt", "---\nname: brand-new\n---\n{{> greeting}}\n");
    editor.touched("added.prompt");
    editor.indexed("brand-new");
    Files.delete(folder.resolve("other.prompt"));
    editor.touched("other.prompt");
    while (editor.symbols("other.prompt").contains("other.prompt")) {
      Thread.onSpinWait();
    }
    editor.type("hello.prompt", "---\nname: typed\n---\n{{> greeting}}\n");
    assertTrue(editor.symbols("typed").contains("typed"));
  }

  @Test
  void withoutAFolderTheFilesOwnIsEnoughForItsPartials() throws IOException {
    var editor = WorkspaceEditor.alone(folder, FILES.replace("\n{{name}}", "\n{{na$0me}}"));
    opened.add(editor);
    Map<String, String> after =
        editor.applied(editor.ask("textDocument/rename", "{'newName':'person'}"));
    assertEquals(Set.of("_greeting.prompt", "hello.prompt"), after.keySet());
  }

  @Test
  void nothingOutsideTheFoldersIsRead() throws IOException {
    Path outside = Files.createTempDirectory("outside").toRealPath();
    Files.writeString(outside.resolve("_secret.prompt"), "secret");
    Files.createSymbolicLink(folder.resolve("_linked.prompt"), outside.resolve("_secret.prompt"));
    WorkspaceEditor editor = open("{{> greeting}} ", "{{> lin$0ked}} ");
    assertEquals(List.of(), editor.places(editor.ask("textDocument/definition", "{}")));
    assertFalse(editor.symbols("_linked").contains("_linked.prompt"));
  }

  @Test
  void ofJsonLinesOnlyChatsAreOfferedToBeRun() throws IOException {
    String chat = "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}\n";
    assertEquals(List.of(), lenses("$0{\"level\": \"info\", \"message\": \"Review: good\"}\n"));
    assertFalse(lenses("$0" + chat).isEmpty());
  }

  private List<JsonElement> lenses(String text) throws IOException {
    var editor = WorkspaceEditor.alone(folder, "== lines.jsonl\n" + text);
    opened.add(editor);
    return editor.ask("textDocument/codeLens", "{}").getAsJsonArray().asList();
  }
}
