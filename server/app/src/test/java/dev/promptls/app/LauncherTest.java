package dev.promptls.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher where something is missing: one sentence on standard error, nothing on standard
/// output, and exit code 3.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir Path folder;

  private Path tools = Path.of("");

  /// A `PATH` with what the launcher itself calls, and neither Java nor Maven.
  @BeforeEach
  void tools() throws IOException {
    tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : List.of("cat", "find", "head", "mkdir", "mv", "readlink", "rm", "sed")) {
      script(tools.resolve(tool), "PATH=/usr/bin:/bin exec " + tool + " \"$@\"");
    }
  }

  @Test
  void without_a_jdk_it_says_what_to_install() throws Exception {
    Said said = launch(launcher(), Map.of());

    assertEquals(ExitCode.PROBLEM, said.code());
    assertTrue(
        said.err().startsWith("promptls: No JDK 25 or newer was found: install one"), said.err());
    assertEquals(1, said.err().lines().count(), said.err());
  }

  @Test
  void an_older_jdk_or_one_without_a_compiler_is_none() throws Exception {
    Path old = jdk("17.0.9");
    assertEquals(ExitCode.PROBLEM, launch(launcher(), Map.of("JAVA_HOME", old.toString())).code());
    Path runtime = jdk("25");
    Files.delete(runtime.resolve("bin/javac"));
    Said said = launch(launcher(), Map.of("JAVA_HOME", runtime.toString()));
    assertEquals(ExitCode.PROBLEM, said.code());
    assertTrue(said.err().contains("No JDK 25"), said.err());
  }

  @Test
  void a_link_to_it_is_followed() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), launcher());
    Said said = launch(link, Map.of());
    Files.delete(link);
    assertTrue(said.err().startsWith("promptls: No JDK 25"), said.err());
  }

  @Test
  void without_maven_it_says_what_it_is_needed_for() throws Exception {
    Said said = launch(copied(), Map.of("JAVA_HOME", jdk("25.0.1").toString()));

    assertEquals(ExitCode.PROBLEM, said.code());
    assertTrue(said.err().startsWith("promptls: Maven was not found on PATH"), said.err());
  }

  @Test
  void what_maven_says_of_a_failure_is_shown_without_escapes() throws Exception {
    script(tools.resolve("mvn"), "printf '\\033[1;31mno disk\\033[0m\\n\\033[0m'; exit 1");

    Said said = launch(copied(), Map.of("JAVA_HOME", jdk("26-ea").toString()));

    assertEquals(ExitCode.PROBLEM, said.code());
    assertTrue(said.err().contains("no disk\n"), said.err());
    assertTrue(said.err().contains("promptls: The build failed"), said.err());
    assertFalse(said.err().contains("\u001b"), said.err());
  }

  private record Said(int code, String err) {}

  /// Runs it as a shell would, with nothing else in the environment.
  private Said launch(Path launcher, Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", launcher.toString(), "--version");
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("PROMPTLS_NO_SEARCH", "1");
    builder.environment().putAll(environment);
    Path err = folder.resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    assertEquals("", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    return new Said(process.waitFor(), Files.readString(err));
  }

  private static Path launcher() {
    return Path.of(System.getProperty("promptls.root", "../.."), "promptls").toAbsolutePath();
  }

  /// The launcher in a checkout where nothing is built.
  private Path copied() throws IOException {
    Path root = Files.createDirectories(folder.resolve("checkout"));
    Files.createDirectories(root.resolve("server/app/src/main"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    return Files.copy(launcher(), root.resolve("promptls"));
  }

  /// What looks like a JDK.
  private Path jdk(String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve("jdk-" + version));
    Files.createDirectory(home.resolve("bin"));
    script(home.resolve("bin/java"), "exit 9");
    script(home.resolve("bin/javac"), "exit 9");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void script(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }
}
