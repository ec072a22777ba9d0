package dev.promptls.prompt.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  @Test
  void everyWordIsExplainedOnce() {
    for (Format format : Format.values()) {
      for (List<KeyInfo> words :
          List.of(
              Vocabulary.keys(format),
              Vocabulary.roles(format),
              Vocabulary.helpers(format),
              Vocabulary.blocks(format),
              Vocabulary.filters(format),
              Vocabulary.tests(format),
              Vocabulary.variables(format))) {
        Set<String> names = new HashSet<>();
        for (KeyInfo word : words) {
          assertTrue(names.add(word.name()), format + " " + word.name());
          assertFalse(word.type().isEmpty(), word.name());
          assertTrue(word.meaning().endsWith("."), word.name());
        }
      }
    }
  }

  /// Their `max_tokens` is read by nobody.
  @Test
  void theSamplesOfGithubModelsHaveOneUnknownKey() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(VocabularyTest.class.getResource("/github-models")).toURI());
    Set<String> unknown = new TreeSet<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(path -> path.toString().endsWith(".yml")).toList();
    }
    for (Path path : files) {
      PromptFile file = PromptReader.read(path.toString(), Files.readString(path));
      file.metadata()
          .forEach((key, value) -> {
            add(unknown, key);
            if (value instanceof Map<?, ?> map && key.equals("modelParameters")) {
              map.keySet().forEach(inner -> add(unknown, key + "." + inner));
            }
          });
    }
    assertEquals(Set.of("modelParameters.max_tokens"), unknown);
  }

  private static void add(Set<String> unknown, String key) {
    if (Vocabulary.key(Format.GITHUB, key) == null) {
      unknown.add(key);
    }
  }

  @Test
  void markdownFilesHaveTheKeysOfTheirKind() {
    PromptFile instructions = PromptReader.read("a.instructions.md", "");
    assertNotNull(Vocabulary.key(instructions, "applyTo"));
    assertNull(Vocabulary.key(instructions, "tools"));
    PromptFile agent = PromptReader.read("a.agent.md", "");
    assertNotNull(Vocabulary.key(agent, "handoffs.agent"));
    assertNull(Vocabulary.key(agent, "applyTo"));
    assertNotNull(Vocabulary.key(PromptReader.read("SKILL.md", ""), "allowed-tools"));
    assertNotNull(Vocabulary.key(PromptReader.read("a.prompt.md", ""), "argument-hint"));
  }

  @Test
  void allowedValuesAreOffered() {
    KeyInfo format = Vocabulary.key(Format.GITHUB, "responseFormat");
    assertNotNull(format);
    assertEquals(List.of("text", "json_object", "json_schema"), format.values());
    assertEquals("responseFormat: ${1|text,json_object,json_schema|}", format.snippet());
    KeyInfo parser = Vocabulary.key(Format.PROMPTY, "template.format");
    assertNotNull(parser);
    assertEquals("jinja2", parser.defaultValue());
  }
}
