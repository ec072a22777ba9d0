package dev.promptls.model.store;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import dev.promptls.model.settings.Platform;
import dev.promptls.model.web.Backoff;
import dev.promptls.model.web.EnvironmentProxies;
import dev.promptls.model.web.TimeLimits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The models on this machine. What is listed is complete and was verified; whatever happens to a
/// process that writes here, nothing half-done becomes visible. Safe for use by several threads and
/// several processes.
public final class Store {
  private static final Pattern PLAIN = Pattern.compile("[^/\\\\:]{1,200}");
  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

  private final Vault vault;
  private final Shelf shelf;
  private final Catalogue catalogue;
  private final Outside outside;
  private final List<Path> folders;

  Store(Path home, Catalogue catalogue, Outside outside) {
    this(home, catalogue, outside, List.of());
  }

  private Store(Path home, Catalogue catalogue, Outside outside, List<Path> folders) {
    this.folders = List.copyOf(folders);
    this.vault = new Vault(home.toAbsolutePath().normalize());
    this.shelf = new Shelf(vault);
    this.catalogue = catalogue;
    this.outside = outside;
  }

  /// What lies beyond this machine, and how long to wait for it.
  ///
  /// @param hub the address of the hub
  /// @param token for the hub, if the user has one
  /// @param pips ways to call pip
  record Outside(
      URI hub,
      @Nullable String token,
      List<List<String>> pips,
      ProxySelector proxies,
      TimeLimits limits,
      Backoff backoff,
      Duration pipSilence) {
    static Outside of(Map<String, String> environment) throws ModelException {
      String hub = environment.getOrDefault("HF_ENDPOINT", "https://huggingface.co");
      String token = environment.get("HF_TOKEN");
      try {
        return new Outside(
            URI.create(hub.replaceFirst("/+$", "")),
            token == null || token.isBlank() ? null : token.strip(),
            WheelSource.PIPS,
            new EnvironmentProxies(environment),
            TimeLimits.DEFAULT,
            Backoff.DEFAULT,
            Duration.ofMinutes(4));
      } catch (IllegalArgumentException e) {
        throw new ModelException("HF_ENDPOINT is no web address: correct or unset it.", e);
      }
    }
  }

  /// Prepares something in an empty folder.
  @FunctionalInterface
  public interface Builder {
    void build(Path folder) throws IOException, ModelException;
  }

  /// The store in a folder, which need not exist yet.
  public static Store open(Path home) throws ModelException {
    return new Store(home, Catalogue.builtIn(), Outside.of(Map.of()));
  }

  /// The user's store, with the hub's address and token as the environment has them.
  ///
  /// @param environment variables by name: `PROMPTLS_HOME`, `HF_TOKEN`, `HF_ENDPOINT`, proxies and
  ///   the platform's own are looked at
  public static Store userDefault(Map<String, String> environment) throws ModelException {
    return new Store(
        Platform.current(environment).cache(), Catalogue.builtIn(), Outside.of(environment));
  }

  /// This store, finding models in further folders too: the user's `modelPaths`.
  public Store alsoIn(List<Path> more) {
    return new Store(vault.home(), catalogue, outside, more);
  }

  public Path home() {
    return vault.home();
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  /// What is installed, by name.
  public List<InstalledModel> list() throws ModelException {
    return shelf.list();
  }

  /// An installed model by its name, by a name that the catalogue knows it under or by what it was
  /// pulled from; else a model of that name in one of the further folders.
  public Optional<InstalledModel> find(String name) throws ModelException {
    Optional<InstalledModel> exact = shelf.find(Shelf.fold(name));
    if (exact.isPresent()) {
      return exact;
    }
    Optional<Catalogue.Entry> entry = catalogue.find(name);
    Optional<InstalledModel> known =
        entry.isPresent() ? shelf.find(entry.get().name()) : Optional.empty();
    if (known.isPresent()) {
      return known;
    }
    Optional<InstalledModel> source = shelf.bySource(name);
    return source.isPresent() ? source : inFolders(name);
  }

  /// The model `NAME.gguf` or the folder `NAME` in one of the user's own folders.
  private Optional<InstalledModel> inFolders(String name) throws ModelException {
    if (name.isEmpty() || name.startsWith(".") || !PLAIN.matcher(name).matches()) {
      return Optional.empty();
    }
    for (Path folder : folders) {
      for (String file : List.of(name + ".gguf", name)) {
        Path path = folder.resolve(file);
        if (Files.exists(path)) {
          return Optional.of(shelf.outside(path, new Cancellation()));
        }
      }
    }
    return Optional.empty();
  }

  /// An installed model by name, or a model file or folder by its path.
  ///
  /// @throws ModelException if there is none, with how to get it
  public InstalledModel info(String nameOrPath) throws ModelException {
    Optional<InstalledModel> installed = find(nameOrPath);
    if (installed.isPresent()) {
      return installed.get();
    }
    if (ModelReference.parse(nameOrPath) instanceof ModelReference.Local(Path path)) {
      return shelf.outside(path, new Cancellation());
    }
    boolean known = catalogue.find(nameOrPath).isPresent();
    throw new ModelException(
        known
            ? "The model %1$s is not installed: run `promptls model pull %1$s`."
                .formatted(nameOrPath)
            : "There is no model %s: `promptls model list` shows which can be had."
                .formatted(nameOrPath));
  }

  /// Brings a model into the store; one that is there already is given as it is, without a
  /// connection.
  ///
  /// @param offline makes no connection, and fails if one is needed
  /// @throws ModelException if it cannot be had; the store is as it was, but for the part of the
  ///   file that came, from which the next pull goes on
  public InstalledModel pull(
      ModelReference reference, Progress progress, Cancellation cancellation, boolean offline)
      throws ModelException {
    return new Pull(vault, shelf, catalogue, outside, progress, cancellation)
        .run(reference, offline);
  }

  /// Copies a GGUF file or a folder with an ONNX model into the store.
  public InstalledModel importFile(Path path, Progress progress, Cancellation cancellation)
      throws ModelException {
    return pull(new ModelReference.Local(path), progress, cancellation, true);
  }

  /// Deletes an installed model and what was made of it.
  ///
  /// @throws ModelException if no model has that name
  public void remove(String name) throws ModelException {
    InstalledModel model =
        find(name)
            .orElseThrow(() ->
                new ModelException(
                    "There is no installed model %s: `promptls model list` shows what is there."
                        .formatted(name)));
    shelf.remove(model);
  }

  /// The folder `imported/KEY`, built if it is not there. It appears complete or not at all, and
  /// while one process builds, others wait and then find it.
  ///
  /// @param key names separated by slashes, such as the digest of a model's file and a variant
  /// @param builder fills an empty folder; if it fails nothing is kept
  public Path buildOnce(String key, Progress progress, Cancellation cancellation, Builder builder)
      throws ModelException {
    Path target = imported(key);
    if (Files.isDirectory(target)) {
      return target;
    }
    try (WriterLock _ = vault.lock("import/" + key, progress, cancellation)) {
      if (Files.isDirectory(target)) {
        return target;
      }
      vault.sweep();
      Path staged = vault.stage("import/" + key);
      try {
        builder.build(staged);
        vault.publish(staged, target);
      } finally {
        Vault.delete(staged);
      }
      return target;
    } catch (InterruptedIOException e) {
      throw new ModelException("The import was cancelled: start it again when it is wanted.", e);
    } catch (FileAlreadyExistsException e) {
      throw new ModelException(
          target + " is in the way of the import: move it away and try again.", e);
    } catch (IOException e) {
      throw DiskProblem.writing(vault.home(), e);
    }
  }

  /// Where `buildOnce` puts what has this key; it exists only when complete.
  ///
  /// @throws IllegalArgumentException if the key is not lower-case names separated by slashes
  public Path imported(String key) {
    Path path = vault.imported();
    for (String name : key.split("/", -1)) {
      if (!KEY.matcher(name).matches()) {
        throw new IllegalArgumentException("Not a key: " + key);
      }
      path = path.resolve(name);
    }
    return path;
  }
}
