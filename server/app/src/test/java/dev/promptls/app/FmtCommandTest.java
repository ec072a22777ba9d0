package dev.promptls.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FmtCommandTest {
  private static final String UGLY = "---\nmodel:   x\n---\nHi {{ name }}\n";
  private static final String NEAT = "---\nmodel: x\n---\nHi {{name}}\n";

  @TempDir Path folder;

  @Test
  void files_and_folders_are_formatted_and_named_and_gitignore_is_respected() throws IOException {
    Path one = write("a.prompt", UGLY);
    Path neat = write("b.prompt", NEAT);
    Path below = write("sub/c.prompty", "---\nname:   c\n---\nuser:\nHi\n");
    Path ignored = write("out/d.prompt", UGLY);
    write(".gitignore", "out/\n");

    CommandRun run = run(folder.toString());

    assertEquals(0, run.code(), run.err());
    assertEquals(List.of(one.toString(), below.toString()), run.out().lines().toList());
    assertEquals(NEAT, Files.readString(one));
    assertEquals(NEAT, Files.readString(neat));
    assertEquals("---\nname: c\n---\nuser:\nHi\n", Files.readString(below));
    assertEquals(UGLY, Files.readString(ignored));
    assertEquals("", run(folder.toString()).out());
    try (Stream<Path> left = Files.list(folder)) {
      assertTrue(left.noneMatch(path -> path.toString().endsWith(".tmp")));
    }
  }

  @Test
  void check_changes_nothing_names_what_differs_and_exits_with_1() throws IOException {
    Path ugly = write("a.prompt", UGLY);

    CommandRun run = run("--check", ugly.toString());

    assertEquals(1, run.code());
    assertEquals(ugly + "\n", run.out());
    assertEquals(UGLY, Files.readString(ugly));
    assertEquals(0, run("--check", write("b.prompt", NEAT).toString()).code());
  }

  @Test
  void a_dash_is_standard_input_to_standard_output() {
    assertEquals(NEAT, CommandRun.of(folder, UGLY, "fmt", "-").out());
    assertEquals(1, CommandRun.of(folder, UGLY, "fmt", "--check", "-").code());
    assertEquals(
        "name: x\n",
        CommandRun.of(folder, "name:  x\n", "fmt", "-", "--stdin-name", "a.prompt.yml").out());
    assertEquals(2, run("-", "a.prompt").code());
  }

  @Test
  void standard_input_keeps_its_byte_order_mark() {
    CommandRun run = CommandRun.of(folder, "\ufeffHi {{ a }}\n", "fmt", "-");
    assertEquals("\ufeffHi {{a}}\n", run.out());
  }

  @Test
  void what_cannot_be_read_is_told_left_alone_and_does_not_stop_the_others() throws IOException {
    Path ugly = write("z.prompt", UGLY);
    Path latin = folder.resolve("latin.prompt");
    byte[] bytes = "---\nmodel:   caf\u00e9\n---\nHi\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(latin, bytes);

    CommandRun run =
        run(folder.resolve("missing.prompt").toString(), latin.toString(), ugly.toString());

    assertEquals(3, run.code());
    assertEquals(2, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("is not UTF-8"), run.err());
    assertArrayEquals(bytes, Files.readAllBytes(latin));
    assertEquals(NEAT, Files.readString(ugly));
  }

  @Test
  void a_byte_order_mark_and_carriage_returns_stay() throws IOException {
    Path file = write("a.prompt", "\ufeff" + UGLY.replace("\n", "\r\n"));

    assertEquals(0, run(file.toString()).code());

    assertEquals("\ufeff" + NEAT.replace("\n", "\r\n"), Files.readString(file));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_link_stays_a_link_and_permissions_stay() throws IOException {
    Path file = write("a.prompt", UGLY);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link.prompt"), file);

    assertEquals(0, run(link.toString()).code());

    assertTrue(Files.isSymbolicLink(link));
    assertEquals(NEAT, Files.readString(file));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(
        folder.resolve("home"),
        "",
        Stream.concat(Stream.of("fmt"), Stream.of(arguments)).toArray(String[]::new));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
