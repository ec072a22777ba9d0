package dev.promptls.prompt.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.workspace.Renaming.Edits;
import dev.promptls.prompt.workspace.Renaming.Refused;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReferencesTest {
  private static final String GREETING =
      """
      == hello.prompt
      ---
      input:
        schema:
          na$0me: string, who is greeted
          guest:
            city: string
        default:
          name: Ada
          guest: {city: Paris}
      promptls.tests: rows.jsonl
      ---
      {{> greeting}}
      {{#with guest}}{{city}}{{/with}} {{guest.city}}
      {{#if name}}Bye, {{name}}.{{/if}}
      == _greeting.prompt
      Hello, {{name}}, {{#each friends}}{{name}}{{/each}}.
      {{> parts/sign who=name}}
      == parts/_sign.prompt
      Yours, {{who}}.
      == other.prompt
      {{> greeting name="Bob"}} {{name}}
      == third.prompt
      {{#each people}}{{> greeting}}{{/each}} {{name}}
      == rows.jsonl
      {"id":1,"input":{"name":"Eve"},"expected":"name"}
      """;

  @Test
  void an_input_is_followed_into_partials_and_to_all_who_give_it() {
    Scenario scenario = Scenario.of(GREETING);
    assertEquals(
        List.of(
            "_greeting.prompt: Hello, {{[name]}}, {{#each friends}}{{name}}{{/each}}.",
            "_greeting.prompt: {{> parts/sign who=[name]}}",
            "hello.prompt: [name]: string, who is greeted",
            "hello.prompt: [name]: Ada",
            "hello.prompt: {{#if [name]}}Bye, {{name}}.{{/if}}",
            "hello.prompt: {{#if name}}Bye, {{[name]}}.{{/if}}",
            "other.prompt: {{> greeting [name]=\"Bob\"}} {{name}}",
            "rows.jsonl: {\"id\":1,\"input\":{\"[name]\":\"Eve\"},\"expected\":\"name\"}"),
        scenario.references());
  }

  @Test
  void a_field_is_found_in_blocks_schemas_and_values() {
    Scenario scenario =
        Scenario.of(GREETING.replace("$0", "").replace("{{guest.city}}", "{{guest.ci$0ty}}"));
    assertEquals(
        List.of(
            "hello.prompt: [city]: string",
            "hello.prompt: guest: {[city]: Paris}",
            "hello.prompt: {{#with guest}}{{[city]}}{{/with}} {{guest.city}}",
            "hello.prompt: {{#with guest}}{{city}}{{/with}} {{guest.[city]}}"),
        scenario.references());
  }

  @Test
  void the_key_of_a_call_is_the_partials_input() {
    Scenario scenario = Scenario.of(GREETING.replace("$0", "").replace("sign who=", "sign w$0ho="));
    assertEquals(
        List.of(
            "_greeting.prompt: {{> parts/sign [who]=name}}",
            "parts/_sign.prompt: Yours, {{[who]}}."),
        scenario.references());
  }

  @Test
  void who_calls_a_partial_is_known() {
    Scenario scenario =
        Scenario.of(GREETING.replace("$0", "").replace("{{> greeting}}\n", "{{> gree$0ting}}\n"));
    assertEquals(
        List.of(
            "hello.prompt: {{> [greeting]}}",
            "other.prompt: {{> [greeting] name=\"Bob\"}} {{name}}",
            "third.prompt: {{#each people}}{{> [greeting]}}{{/each}} {{name}}"),
        scenario.references());
    assertEquals(
        Set.of("/ws/_greeting.prompt", "/ws/hello.prompt", "/ws/other.prompt", "/ws/third.prompt"),
        scenario.workspace().dependentsOf("/ws/parts/_sign.prompt"));
  }

  @Test
  void the_nearest_partial_is_meant_and_none_above_the_root() {
    Workspace workspace =
        Scenario.of(
                """
                == a/b/x.prompt
                {{> p}} {{> q}} {{> c/r}}
                == _p.prompt
                far
                == a/_p.prompt
                near
                == _q.prompt
                top
                == a/c/_r.prompt
                beside
                """)
            .workspace();
    assertEquals("/ws/a/_p.prompt", workspace.partial("p", "/ws/a/b/x.prompt"));
    assertEquals("/ws/_q.prompt", workspace.partial("q", "/ws/a/b/x.prompt"));
    assertEquals("/ws/a/c/_r.prompt", workspace.partial("c/r", "/ws/a/b/x.prompt"));
    assertNull(workspace.within(List.of("/ws/a")).partial("q", "/ws/a/b/x.prompt"));
    assertNull(workspace.partial("../q", "/ws/a/b/x.prompt"));
    assertEquals(Set.of("/ws/a/b/x.prompt"), workspace.dependentsOf("/ws/_p.prompt"));
    assertEquals(Set.of(), workspace.usersOf("/ws/_p.prompt"));
  }

  @Test
  void partials_that_call_each_other_are_a_cycle() {
    Workspace workspace =
        Scenario.of("== x.prompt\n{{> a}}\n== _a.prompt\n{{> b}}\n== _b.prompt\n{{> a}}\n")
            .workspace();
    assertEquals(
        List.of("/ws/_a.prompt", "/ws/_b.prompt", "/ws/_a.prompt"),
        workspace.cycle("/ws/_a.prompt"));
    assertNull(workspace.cycle("/ws/x.prompt"));
  }

  @Test
  void renaming_an_input_changes_every_place_and_back_gives_the_same_texts() {
    Scenario scenario = Scenario.of(GREETING);
    var before = Map.copyOf(scenario.files);
    Edits edits = (Edits) scenario.rename("person");
    scenario.apply(edits);
    assertTrue(scenario.text("/ws/hello.prompt").contains("  person: string, who"));
    assertTrue(scenario.text("/ws/hello.prompt").contains("    person: Ada"));
    assertTrue(
        scenario.text("/ws/other.prompt").contains("{{> greeting person=\"Bob\"}} {{name}}"));
    assertTrue(scenario.text("/ws/rows.jsonl").contains("\"person\":\"Eve\""));
    scenario.apply((Edits) scenario.rename("name"));
    assertEquals(before, scenario.files);
  }

  @Test
  void renaming_a_partial_moves_its_file() {
    Scenario scenario =
        Scenario.of(GREETING.replace("$0", "").replace("{{> parts/sign", "{{> parts/si$0gn"));
    var before = Map.copyOf(scenario.files);
    scenario.apply((Edits) scenario.rename("signature"));
    assertNotNull(scenario.files.get("/ws/parts/_signature.prompt"));
    assertTrue(scenario.text("/ws/_greeting.prompt").contains("{{> parts/signature who=name}}"));
    scenario.apply((Edits) scenario.rename("sign"));
    assertEquals(before, scenario.files);
  }

  @Test
  void names_that_are_invalid_or_taken_are_refused_in_a_sentence() {
    assertEquals(
        "There is an input guest already in hello.prompt: choose another name.", refusal("guest"));
    assertTrue(refusal("1x").startsWith("'1x' is no name for an input"));
    assertTrue(refusal("").startsWith("'' is no name"));
    assertTrue(refusal("each").startsWith("each has a meaning of its own"));
    assertTrue(refusal("friends").contains("_greeting.prompt"));
    String partial = GREETING.replace("$0", "").replace("{{> greeting}}\n", "{{> gree$0ting}}\n");
    Scenario taken = Scenario.of(partial + "== _taken.prompt\nHi\n");
    assertTrue(((Refused) taken.rename("taken")).sentence().contains("already"));
    assertTrue(((Refused) taken.rename("a/b")).sentence().contains("no name for a partial"));
  }

  private static String refusal(String name) {
    return ((Refused) Scenario.of(GREETING).rename(name)).sentence();
  }
}
