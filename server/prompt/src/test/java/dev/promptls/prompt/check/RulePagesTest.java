package dev.promptls.prompt.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.syntax.PromptReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the pages of the rules promise: the first example breaks the rule, the second breaks none.
class RulePagesTest {
  private static final Pattern BLOCK =
      Pattern.compile("(?s)## (Wrong|Right)\n\n```(\\w+)\n(.*?)\n```");

  private static final Map<String, String> NAMES =
      Map.of(
          "handlebars", "a.prompt",
          "yaml", "a.prompt.yml",
          "jinja", "a.prompty",
          "markdown", "a.prompt.md",
          "skill", "pdf-forms/SKILL.md",
          "json", "a.jsonl",
          "xml", "a.poml");

  static Stream<String> codes() {
    return Checks.codes().stream();
  }

  @ParameterizedTest
  @MethodSource("codes")
  void eachRuleHasAPageWhoseExamplesAreTrue(String code) {
    String page = RulePages.page(code).orElseThrow(() -> new AssertionError("No page " + code));
    assertTrue(page.startsWith("# " + code + "\n"), "The page begins with the code");
    Matcher blocks = BLOCK.matcher(page);
    List<String> seen = new ArrayList<>();
    while (blocks.find()) {
      seen.add(blocks.group(1));
      String name = NAMES.get(blocks.group(2));
      if (name != null) {
        List<String> found = found(name, blocks.group(3));
        if (blocks.group(1).equals("Wrong")) {
          assertTrue(found.contains(code), () -> "Wrong gives " + found);
        } else {
          assertEquals(List.of(), found, "Right");
        }
      }
    }
    assertEquals(List.of("Wrong", "Right"), seen);
  }

  @Test
  void everyCodeThatTheSourcesNameIsARule() throws IOException {
    Path sources = Path.of(System.getProperty("promptls.root", "../.."), "server");
    Pattern said =
        Pattern.compile(
            "\\b(?:Problem|problem|fault|Fault|error|report|warn|Finding\\.of)\\(\\s*\"([a-z]+(?:-[a-z]+)+)\"");
    Set<String> unknown = new TreeSet<>();
    int seen = 0;
    for (String room : List.of("prompt", "lab", "lsp", "app")) {
      try (Stream<Path> files = Files.walk(sources.resolve(room).resolve("src/main/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          Matcher code = said.matcher(Files.readString(file));
          while (code.find()) {
            seen++;
            if (Checks.rule(code.group(1)) == null) {
              unknown.add(code.group(1));
            }
          }
        }
      }
    }
    assertEquals(Set.of(), unknown);
    assertTrue(seen > 30, "Only " + seen + " codes were found");
  }

  @Test
  void aPageIsFoundByItsLink() {
    assertEquals(RulePages.page("secret"), RulePages.at(RulePages.link("secret")));
    assertTrue(RulePages.at("promptls:rule/../secret").isEmpty());
  }

  private static List<String> found(String name, String text) {
    Subject subject = Subject.of(PromptReader.read(name, text), new Neighbourhood(text));
    return Checked.of(subject).findings().stream().map(Finding::code).toList();
  }

  /// A folder with a few files, and a small model.
  private record Neighbourhood(String text) implements Surroundings {
    @Override
    public PartialResolver partials() {
      return Map.of("known", "Be brief.", "circle", "{{> circle}}")::get;
    }

    @Override
    public Presence file(String path) {
      return path.contains("known") ? Presence.PRESENT : Presence.ABSENT;
    }

    @Override
    public Presence environment(String name) {
      return name.equals("FORBIDDEN") ? Presence.ABSENT : Presence.PRESENT;
    }

    @Override
    public List<TestRow> testRows() {
      return List.of(new TestRow("rows.jsonl, line 1", Map.of("question", "leaked question")));
    }

    @Override
    public TokenBudget budget() {
      int tokens = text.contains("a very long one") ? 90 : 10;
      return new TokenBudget("a-model", 100, 0, tokens, 0.8, List.of());
    }

    @Override
    public Set<String> specialTokens() {
      return Set.of("<pad>");
    }

    @Override
    public ChatRoles chatRoles() {
      return new ChatRoles("a-model", true, true, true);
    }
  }
}
