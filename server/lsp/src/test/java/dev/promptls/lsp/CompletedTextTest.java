package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the text is after an item was taken; `$0` is where it was asked for.
class CompletedTextTest {
  private static final String FRONT = "---\ninput:\n  schema:\n    city: string\n---\n";

  private Editor editor = Editor.of(new FakeModel(prompt -> "x"));

  @AfterEach
  void close() throws IOException {
    editor.close();
  }

  @Test
  void theRestOfTheWordUnderTheCursorIsReplaced() {
    assertEquals(FRONT + "In {{city}} now", after(FRONT + "In {{ci$0ti}} now", "city"));
    assertEquals("{{role \"user\"}}\nHi", after("{{role \"sys$0tem\"}}\nHi", "user"));
    assertEquals("---\nmodel: x\n---\n", after("---\nmo$0dule: x\n---\n", "model"));
    assertEquals("---\nname: \n---\n", after("---\nna$0\n---\n", "name"));
  }

  @Test
  void aClientMayChooseWhetherTheRestOfTheWordGoes() throws IOException {
    editor.close();
    editor =
        Editor.of(
            new FakeModel(prompt -> "x"),
            "{'textDocument':{'completion':{'completionItem':{'insertReplaceSupport':true}}}}");
    JsonObject edit =
        editor.open(FRONT + "{{ci$0ti}}").completion("city").getAsJsonObject("textEdit");
    assertEquals("ci", editor.text(edit.getAsJsonObject("insert")));
    assertEquals("citi", editor.text(edit.getAsJsonObject("replace")));
  }

  @Test
  void bracesAreAddedWhereThereAreNone() {
    assertEquals(FRONT + "{{city}}", after(FRONT + "{{$0", "city"));
    assertEquals(FRONT + "{{city}} {{b}}", after(FRONT + "{{$0 {{b}}", "city"));
    assertEquals(FRONT + "{{ city }}", after(FRONT + "{{ $0 }}", "city"));
    assertEquals(FRONT + "{{~city~}}", after(FRONT + "{{~ci$0~}}", "city"));
    assertEquals("{{#if a}}x{{else}}{{/if}}", after("{{#if a}}x{{e$0}}{{/if}}", "else"));
    assertEquals("{{#if a}}x{{/if}}", after("{{#if a}}x{{$0", "/if"));
    assertFalse(editor.open("{{$0").labels().contains("else"));
    assertEquals(List.of(), editor.open("{{! $0 }}").labels());
  }

  @Test
  void aValueInQuotesStaysInThem() {
    assertEquals("---\nmodel: \"gpt-4o\"\n---\n", after("---\nmodel: \"gp$0\"\n---\n", "gpt-4o"));
    assertEquals("---\nmodel: a/gpt-4o\n---\n", after("---\nmodel: a/gp$0\n---\n", "gpt-4o"));
    String format = "---\noutput:\n  format: '%s'\n---\n";
    assertEquals(format.formatted("json"), after(format.formatted("js$0"), "json"));
  }

  @Test
  void whateverIsOfferedIsExplained() {
    for (String marked :
        List.of(
            "---\noutput:\n  format: $0\n---\n",
            "---\nmodel: $0\n---\n",
            "---\ninput:\n  default:\n    xs: [1]\n---\n{{#each xs}}{{$0",
            "{{media $0}}",
            "$0")) {
      for (JsonObject item : editor.open(marked).completions()) {
        JsonObject resolved = editor.client.call("completionItem/resolve", item).getAsJsonObject();
        assertTrue(resolved.has("documentation"), () -> marked + " " + item);
      }
    }
  }

  @Test
  void aBlockBeginsRightBehindItsBraces() {
    assertFalse(editor.open("{{ $0 }}").labels().contains("if"));
    assertTrue(editor.open("{{~$0}}").labels().contains("if"));
  }

  @Test
  void keysAreOfferedBetweenFencesWithNothingBetween() {
    assertTrue(editor.open("---\n$0\n---\nHi").labels().contains("input"));
    assertTrue(editor.open("---\r\nna$0\r\n---\r\nHi").labels().contains("promptls.tests"));
    assertFalse(editor.open("---\n\n---\nHi\n$0").labels().contains("input"));
  }

  @Test
  void typesOfPicoschemaAreOffered() {
    String front = "---\ninput:\n  schema:\n    %s\n---\n";
    assertTrue(editor.open(front.formatted("n?: int$0")).labels().contains("integer"));
    assertTrue(editor.open(front.formatted("n: $0")).labels().contains("boolean"));
    assertEquals(List.of(), editor.open(front.formatted("n: string, how $0")).labels());
  }

  @Test
  void aHelperIsOfferedTheArgumentsThatItStillTakes() {
    assertEquals(List.of("url=", "contentType="), editor.open("{{media $0}}").labels());
    assertEquals(List.of("contentType="), editor.open("{{media url=\"a\" $0}}").labels());
    assertEquals(List.of(), editor.open("{{media url=$0}}").labels());
  }

  @Test
  void anItemOfAListHasTheKeysOfTheOthersThatItHasNot() {
    String list =
        """
        ---
        input:
          default:
            examples:
              - review: Bad
                mood: low
              - review: Good
                $0
              - mood: high
        ---
        {{#each examples}}{{review}} {{mood}}{{/each}}
        """;
    assertEquals(List.of("mood"), editor.open(list).labels());
    String messages = "messages:\n  - role: user\n    content: a\n  - $0\n";
    assertEquals(List.of("role", "content"), editor.open(messages, "promptls-github").labels());
  }

  private String after(String marked, String label) {
    JsonObject edit = editor.open(marked).completion(label).getAsJsonObject("textEdit");
    return editor.edited(edit.getAsJsonObject("range"), edit.get("newText").getAsString());
  }
}
