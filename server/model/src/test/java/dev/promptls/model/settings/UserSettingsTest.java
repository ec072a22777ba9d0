package dev.promptls.model.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.ModelException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UserSettingsTest {
  @TempDir private Path folder;

  private UserSettings read(String text) throws IOException, ModelException {
    Path file = Files.writeString(folder.resolve("settings.json"), text);
    return UserSettings.load(Map.of("PROMPTLS_CONFIG", file.toString()));
  }

  @Test
  void everySettingIsRead() throws Exception {
    UserSettings settings =
        read(
            """
            {
              "model": "qwen3-0.6b", "device": "cuda:1", "threads": 4,
              "modelPaths": ["%s"], "allowedEnvironment": ["LANG"],
              "remote": {"endpoints": {"local": {"url": "http://127.0.0.1:8000/v1/"}}},
              "remote.endpoints.cloud":
                {"url": "https://example.org/v1", "model": "big", "keyEnv": "BIG_KEY"},
              "somethingNew": {"a": [1]}
            }
            """
                .formatted(folder.toString().replace("\\", "\\\\")));
    assertEquals("qwen3-0.6b", settings.model());
    assertEquals("cuda:1", settings.device());
    assertEquals(4, settings.threads());
    assertEquals(List.of(folder), settings.modelPaths());
    assertEquals(Set.of("LANG"), settings.allowedEnvironment());
    assertEquals(URI.create("http://127.0.0.1:8000/v1"), settings.endpoint("local").url());
    assertEquals("BIG_KEY", settings.endpoint("remote:cloud").keyEnv());
    assertEquals("cloud", settings.endpointFor("vendor/big").orElseThrow().name());
    assertEquals(Optional.empty(), settings.endpointFor("small"));
  }

  @Test
  void noFileAndAnEmptyFileSetNothing() throws Exception {
    assertEquals(UserSettings.NONE, read(" \n"));
    assertEquals(
        UserSettings.NONE,
        UserSettings.load(Map.of("PROMPTLS_CONFIG", folder.resolve("none.json").toString())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[1]",
        "text",
        "{\"threads\": 0}",
        "{\"threads\": 1.5}",
        "{\"threads\": \"2\"}",
        "{\"device\": \"gpu\"}",
        "{\"model\": 3}",
        "{\"modelPaths\": \"/x\"}",
        "{\"modelPaths\": [\"models\"]}",
        "{\"allowedEnvironment\": [\"A B\"]}",
        "{\"remote\": {\"endpoints\": []}}",
        "{\"remote.endpoints.x\": {}}",
        "{\"remote.endpoints.x\": {\"url\": \"ftp://h\"}}",
        "{\"remote.endpoints.x\": {\"url\": \"http://user:hunter2@h/v1\"}}",
        "{\"remote.endpoints.x\": {\"url\": \"http://h/v1?key=hunter2\"}}",
        "{\"remote.endpoints.x\": {\"url\": \"http://h/v1\", \"keyEnv\": \"sk-hunter2\"}}"
      })
  void aMistakeIsToldInASentenceWithoutTheValue(String text) {
    ModelException e = assertThrows(ModelException.class, () -> read(text));
    String sentence = String.valueOf(e.getMessage());
    assertTrue(sentence.contains("settings.json") && sentence.endsWith("."), sentence);
    assertFalse(sentence.contains("hunter2") || sentence.contains("\n"), sentence);
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "{\"a\":".repeat(100_000);
    assertThrows(ModelException.class, () -> read(deep));
  }

  @Test
  void aKeyComesFromItsVariableAndNeverShows() throws Exception {
    UserSettings settings =
        read(
            """
            {"remote.endpoints.a": {"url": "http://h/v1", "keyEnv": "A_KEY"},
             "remote.endpoints.b": {"url": "http://h/v1", "key": "sk-hunter2"}}
            """);
    Endpoint a = settings.endpoint("a");
    assertEquals("sk-1", a.key(Map.of("A_KEY", " sk-1 ")).orElseThrow().reveal());
    ModelException e = assertThrows(ModelException.class, () -> a.key(Map.of()));
    assertTrue(String.valueOf(e.getMessage()).contains("A_KEY"), e.getMessage());
    assertEquals("sk-hunter2", settings.endpoint("b").key(Map.of()).orElseThrow().reveal());
    assertFalse(settings.toString().contains("hunter2"));
    assertThrows(ModelException.class, () -> settings.endpoint("c"));
  }

  @Test
  void eachPlatformHasItsFolders() throws Exception {
    String home = folder.toString();
    Platform linux = new Platform("Linux", home, Map.of("XDG_CACHE_HOME", "relative"));
    assertEquals(folder.resolve(".cache/promptls"), linux.cache());
    assertEquals(folder.resolve(".config/promptls/settings.json"), linux.settings());
    Platform xdg =
        new Platform(
            "Linux", home, Map.of("XDG_CACHE_HOME", home + "/c", "XDG_CONFIG_HOME", home + "/d"));
    assertEquals(folder.resolve("c/promptls"), xdg.cache());
    assertEquals(folder.resolve("d/promptls/settings.json"), xdg.settings());
    Platform mac = new Platform("Mac OS X", home, Map.of());
    assertEquals(folder.resolve("Library/Caches/promptls"), mac.cache());
    Platform windows = new Platform("Windows 11", home, Map.of("LOCALAPPDATA", home + "/L"));
    assertEquals(folder.resolve("L/promptls"), windows.cache());
    assertEquals(folder.resolve("AppData/Roaming/promptls/settings.json"), windows.settings());
    assertEquals(folder, new Platform("Linux", "?", Map.of("PROMPTLS_HOME", home)).cache());
    assertThrows(ModelException.class, () -> new Platform("Linux", "?", Map.of()).cache());
  }
}
