package dev.promptls.prompt;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Every prompt file among the tests' resources, the templates of dotprompt's specification, and
/// the gallery: what a law about all files is tried on.
public final class PromptFixtures {
  private static final List<String> ENDINGS =
      List.of(
          ".prompt", ".prompty", ".prompt.yml", ".prompt.yaml", ".md", ".txt", ".poml", ".jsonl");

  private PromptFixtures() {}

  /// All of them; never empty.
  public static List<PromptFile> all() {
    List<PromptFile> files = new ArrayList<>();
    Path resources = resources();
    add(files, resources);
    Path gallery = Path.of(System.getProperty("promptls.root", "../.."), "prompts");
    if (Files.isDirectory(gallery)) {
      add(files, gallery);
    }
    specification(files, resources.resolve("dotprompt/spec"));
    return files;
  }

  private static Path resources() {
    URL anchor = PromptFixtures.class.getResource("/dotprompt/README.md");
    assertNotNull(anchor);
    try {
      return Path.of(anchor.toURI()).resolveSibling("..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(List<PromptFile> files, Path folder) {
    for (Path path : below(folder)) {
      String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
      if (ENDINGS.stream().anyMatch(name::endsWith) && !name.equals("readme.md")) {
        files.add(PromptReader.read(folder.relativize(path).toString(), text(path)));
      }
    }
  }

  private static void specification(List<PromptFile> files, Path folder) {
    Load yaml = new Load(LoadSettings.builder().build());
    for (Path path : below(folder)) {
      if (path.toString().endsWith(".yaml")
          && yaml.loadFromString(text(path)) instanceof List<?> s) {
        for (Object suite : s) {
          Object template = ((Map<?, ?>) suite).get("template");
          files.add(PromptReader.read(path.getFileName() + ".prompt", String.valueOf(template)));
        }
      }
    }
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path path) {
    try {
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
