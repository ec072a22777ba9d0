package dev.promptls.prompt.check;

import dev.promptls.prompt.RecognisedTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The prompt files that tests have at hand.
record Fixtures(String name, String text) {
  private static final String PROMPTS =
      ".*(\\.prompt|\\.prompty|\\.prompt\\.yml|\\.prompt\\.md|\\.agent\\.md|\\.instructions\\.md|SKILL\\.md|\\.poml|\\.jsonl)";

  private static final List<String> FOLDERS =
      List.of("/dotprompt/samples", "/github-models", "/prompty", "/poml");

  /// The gallery.
  static List<Fixtures> gallery() {
    return below(Path.of(System.getProperty("promptls.root", "../.."), "prompts"));
  }

  /// All prompt files among the test resources.
  static List<Fixtures> resources() {
    List<Fixtures> all = new ArrayList<>();
    for (String folder : FOLDERS) {
      all.addAll(resources(folder));
    }
    return all;
  }

  static List<Fixtures> resources(String folder) {
    try {
      return below(
          Path.of(Objects.requireNonNull(Fixtures.class.getResource(folder), folder).toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Fixtures> all() {
    List<Fixtures> all = new ArrayList<>(gallery());
    all.addAll(resources());
    RecognisedTexts.cases().forEach(each -> all.add(new Fixtures(each.name(), each.text())));
    return all;
  }

  private static List<Fixtures> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Fixtures> found = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().matches(PROMPTS)).sorted().toList()) {
        found.add(new Fixtures(folder.relativize(file).toString(), Files.readString(file)));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
