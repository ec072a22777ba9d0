package dev.promptls.lab.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptFilesTest {
  @TempDir Path folder;

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void link(String path, Path to) throws IOException {
    Path link = folder.resolve(path);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, to);
  }

  private List<String> found(String... paths) {
    return listing(paths).paths().stream()
        .map(path -> folder.relativize(path).toString().replace('\\', '/'))
        .toList();
  }

  private FileListing listing(String... paths) {
    return PromptFiles.below(List.of(paths).stream().map(folder::resolve).toList());
  }

  @Test
  void all_formats_are_found_sorted_and_other_files_are_not() throws IOException {
    for (String name :
        List.of(
            "b.prompt",
            "a/_part.prompt",
            "a/x.es.prompt",
            "c.prompty",
            "d.prompt.yml",
            "e.prompt.yaml",
            "f.prompt.md",
            "g.instructions.md",
            "h.agent.md",
            "skills/SKILL.md",
            "i.poml",
            ".github/prompts/j.prompt.md")) {
      write(name, "Hello");
    }
    for (String other : List.of("README.md", "k.txt", "l.yml", ".hidden/m.prompt", "n.json")) {
      write(other, "Hello");
    }
    write("node_modules/x/y.prompt", "Hello");
    assertEquals(
        List.of(
            ".github/prompts/j.prompt.md",
            "a/_part.prompt",
            "a/x.es.prompt",
            "b.prompt",
            "c.prompty",
            "d.prompt.yml",
            "e.prompt.yaml",
            "f.prompt.md",
            "g.instructions.md",
            "h.agent.md",
            "i.poml",
            "skills/SKILL.md"),
        found(""));
  }

  @Test
  void json_lines_are_taken_if_they_hold_chats() throws IOException {
    write("chat.jsonl", "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}\n");
    write("rows.jsonl", "{\"input\":{\"x\":1},\"expected\":\"y\"}\n");
    assertEquals(List.of("chat.jsonl"), found(""));
    assertEquals(List.of("rows.jsonl"), found("rows.jsonl"));
  }

  @Test
  void ignore_files_hold_below_them_and_the_nearest_decides() throws IOException {
    write(".gitignore", "*.prompt\n!keep.prompt\nbuild/\n/only-here.prompty\n");
    write("sub/.gitignore", "!b.prompt\nkeep.prompt\n");
    for (String name :
        List.of(
            "a.prompt",
            "keep.prompt",
            "sub/b.prompt",
            "sub/keep.prompt",
            "build/c.prompty",
            "only-here.prompty",
            "sub/only-here.prompty")) {
      write(name, "Hello");
    }
    assertEquals(List.of("keep.prompt", "sub/b.prompt", "sub/only-here.prompty"), found(""));
    assertEquals(List.of("a.prompt"), found("a.prompt"), "what is named is taken");
  }

  @Test
  void the_repositorys_own_exclusions_and_rules_above_the_path_count() throws IOException {
    write(".git/info/exclude", "secret.prompt\n");
    write(".gitignore", "deep/out/\n");
    write("deep/secret.prompt", "Hello");
    write("deep/out/a.prompt", "Hello");
    write("deep/in/b.prompt", "Hello");
    assertEquals(List.of("deep/in/b.prompt"), found("deep"));
  }

  @Test
  void links_are_followed_inside_and_never_out() throws IOException {
    Path outside = Files.createTempDirectory("outside");
    Files.writeString(outside.resolve("x.prompt"), "Hello");
    write("ws/real/a.prompt", "Hello");
    link("ws/again", folder.resolve("ws/real"));
    link("ws/loop/self", folder.resolve("ws"));
    link("ws/b.prompt", folder.resolve("ws/real/a.prompt"));
    link("ws/out", outside);
    link("ws/x.prompt", outside.resolve("x.prompt"));
    link("ws/nowhere.prompt", folder.resolve("ws/missing"));
    write("ws/other.txt", "Hello");
    link("ws/named.prompt", folder.resolve("ws/other.txt"));
    assertEquals(List.of("ws/named.prompt", "ws/real/a.prompt"), found("ws"));
  }

  @Test
  void several_paths_keep_their_order_and_no_file_comes_twice() throws IOException {
    write("b/1.prompt", "Hello");
    write("a/2.prompt", "Hello");
    assertEquals(List.of("b/1.prompt", "a/2.prompt"), found("b", "", "a/2.prompt"));
  }

  @Test
  void what_is_missing_or_too_much_is_told() throws IOException {
    assertTrue(listing("none").problems().getFirst().sentence().startsWith("There is no file"));
    for (int i = 0; i < 5; i++) {
      write(i + ".prompt", "Hello, " + i);
    }
    FileListing few =
        PromptFiles.below(List.of(folder), new PromptFiles.Limits(3, 1000, 10, 1 << 20, false));
    assertEquals(3, few.files().size());
    assertTrue(few.problems().getFirst().sentence().contains("more than 3"));
    FileListing small =
        PromptFiles.below(List.of(folder), new PromptFiles.Limits(9, 1000, 10, 4, false));
    assertEquals(5, small.problems().size());
  }

  @Test
  void a_pattern_made_of_wildcards_costs_nothing() throws IOException {
    write(".gitignore", "*a".repeat(60) + "b\n*.prompty\n");
    write("a".repeat(200) + ".prompt", "Hello");
    write("x.prompty", "Hello");
    assertEquals(1, found("").size());
  }

  @Test
  void a_file_that_is_no_text_is_refused_in_a_sentence() throws IOException {
    Path file = folder.resolve("x.prompt");
    Files.write(file, new byte[] {'a', (byte) 0xff});
    String sentence = assertThrows(ModelException.class, () -> TextFile.read(file)).getMessage();
    assertTrue(sentence.contains("is not UTF-8 text: the byte at offset 1 (0xFF)"), sentence);
    Files.write(file, "\ufeffHello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    try {
      assertEquals("Hello", TextFile.read(file));
      assertThrows(ModelException.class, () -> TextFile.read(file, 3));
    } catch (ModelException unexpected) {
      throw new AssertionError(unexpected);
    }
  }
}
