package dev.promptls.model.settings;

import dev.promptls.model.ModelException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where this kind of machine keeps the files of its users.
///
/// @param system the value of the system property `os.name`
/// @param userHome the user's own folder
/// @param environment variables by name
public record Platform(String system, String userHome, Map<String, String> environment) {
  private static final String FOLDER = "promptls";

  public static Platform current(Map<String, String> environment) {
    return new Platform(
        System.getProperty("os.name", ""), System.getProperty("user.home", ""), environment);
  }

  /// The folder for models and caches: `$PROMPTLS_HOME`, else `promptls` in the platform's cache
  /// folder.
  public Path cache() throws ModelException {
    String own = environment.get("PROMPTLS_HOME");
    if (own != null && !own.isBlank()) {
      return Path.of(own).toAbsolutePath().normalize();
    }
    return base("LOCALAPPDATA", "AppData/Local", "Library/Caches", "XDG_CACHE_HOME", ".cache")
        .resolve(FOLDER);
  }

  /// The user's settings: `$PROMPTLS_CONFIG`, else `promptls/settings.json` in the platform's
  /// configuration folder.
  public Path settings() throws ModelException {
    String own = environment.get("PROMPTLS_CONFIG");
    if (own != null && !own.isBlank()) {
      return Path.of(own).toAbsolutePath().normalize();
    }
    return base(
            "APPDATA",
            "AppData/Roaming",
            "Library/Application Support",
            "XDG_CONFIG_HOME",
            ".config")
        .resolve(FOLDER)
        .resolve("settings.json");
  }

  private Path base(String windows, String windowsFolder, String mac, String xdg, String otherwise)
      throws ModelException {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      Path set = absolute(environment.get(windows));
      return set != null ? set : home().resolve(windowsFolder);
    }
    if (name.startsWith("mac")) {
      return home().resolve(mac);
    }
    // The XDG specification: a relative path is to be ignored.
    Path set = absolute(environment.get(xdg));
    return set != null ? set : home().resolve(otherwise);
  }

  private static @Nullable Path absolute(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return null;
    }
    Path path = Path.of(value);
    return path.isAbsolute() ? path : null;
  }

  private Path home() throws ModelException {
    Path home = absolute(userHome);
    if (home == null) {
      throw new ModelException(
          "This user has no home folder: set PROMPTLS_HOME to the folder where models may lie.");
    }
    return home;
  }
}
