package dev.promptls.lab.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.promptls.prompt.render.References.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptReferencesTest {
  @TempDir Path folder;

  @Test
  void readsOnlyTheVariablesThatTheUserAllows() {
    PromptReferences references =
        new PromptReferences(null, Set.of("A", "C"), Map.of("A", "a", "B", "b"));
    assertEquals(new Answer.Found("a"), references.environment("A"));
    assertInstanceOf(Answer.Refused.class, references.environment("B"));
    assertEquals(new Answer.Missing(), references.environment("C"));
  }

  @Test
  void readsOnlyFilesInTheFolderOfThePrompt() throws IOException {
    Path home = Files.createDirectories(folder.resolve("app/sub"));
    Files.writeString(home.resolve("in.txt"), "in");
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(home.resolve("link.txt"), folder.resolve("secret.txt"));
    PromptReferences references = new PromptReferences(folder.resolve("app"), Set.of(), Map.of());
    assertEquals(new Answer.Found("in"), references.file("sub/in.txt"));
    assertEquals(new Answer.Found("in"), references.file("sub/../sub/in.txt"));
    assertEquals(new Answer.Missing(), references.file("none.txt"));
    for (String path :
        new String[] {"../secret.txt", "sub/link.txt", folder.resolve("secret.txt").toString()}) {
      assertInstanceOf(Answer.Refused.class, references.file(path), path);
    }
    assertInstanceOf(Answer.Refused.class, references.file("sub"));
    assertInstanceOf(
        Answer.Refused.class, new PromptReferences(null, Set.of(), Map.of()).file("in.txt"));
  }
}
