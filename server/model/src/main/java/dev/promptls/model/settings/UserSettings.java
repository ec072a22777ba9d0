package dev.promptls.model.settings;

import dev.promptls.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the user has set for all workspaces. A workspace or a client cannot set these.
///
/// @param model the model to use when none is asked for
/// @param device `auto`, `cpu`, `cuda` or `cuda:N`
/// @param threads for the model
/// @param modelPaths folders in which models may lie, `~` already replaced
/// @param endpoints by name
/// @param allowedEnvironment names of the variables that prompts may read
public record UserSettings(
    @Nullable String model,
    @Nullable String device,
    @Nullable Integer threads,
    List<Path> modelPaths,
    Map<String, Endpoint> endpoints,
    Set<String> allowedEnvironment) {
  /// How a model behind an endpoint is named.
  public static final String REMOTE = "remote:";

  public static final UserSettings NONE =
      new UserSettings(null, null, null, List.of(), Map.of(), Set.of());

  private static final long MOST_BYTES = 1 << 20;

  /// Reads the settings of this user; none are set if there is no file.
  ///
  /// @param environment variables by name
  /// @throws ModelException if the file cannot be read or is not as it should be
  public static UserSettings load(Map<String, String> environment) throws ModelException {
    Platform platform = Platform.current(environment);
    return read(platform.settings(), platform.userHome());
  }

  static UserSettings read(Path file, String userHome) throws ModelException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new ModelException(file + " is too large for settings: keep it under 1 MiB.");
      }
      return new SettingsReader(file, userHome).read(Files.readString(file));
    } catch (NoSuchFileException e) {
      return NONE; // Settings are optional.
    } catch (IOException e) {
      throw new ModelException(
          file + " cannot be read: check that it is a file of UTF-8 text you may read.", e);
    }
  }

  /// The endpoint of `remote:NAME`.
  ///
  /// @throws ModelException if no such endpoint is set
  public Endpoint endpoint(String name) throws ModelException {
    String plain = name.startsWith(REMOTE) ? name.substring(REMOTE.length()) : name;
    Endpoint endpoint = endpoints.get(plain);
    if (endpoint == null) {
      String known =
          endpoints.isEmpty() ? "none is set" : "set are " + String.join(", ", endpoints.keySet());
      throw new ModelException(
          "There is no endpoint %s (%s): add remote.endpoints.%s to your settings.json."
              .formatted(plain, known, plain));
    }
    return endpoint;
  }

  /// The endpoint that serves the model a prompt file names, if one does: by its own name or by its
  /// model's, with or without the publisher before the slash.
  public Optional<Endpoint> endpointFor(String model) {
    if (model.startsWith(REMOTE)) {
      return Optional.ofNullable(endpoints.get(model.substring(REMOTE.length())));
    }
    String bare = model.substring(model.lastIndexOf('/') + 1);
    return endpoints.values().stream()
        .filter(e -> e.name().equals(model) || e.model().equals(model) || e.model().equals(bare))
        .findFirst();
  }
}
