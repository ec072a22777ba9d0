package dev.promptls.model.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The installed models: a folder each, with the file and a note of what it is.
final class Shelf {
  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();
  private static final String NOTE = "model.json";
  private static final int MOST_FILES = 10_000;

  private final Vault vault;

  Shelf(Vault vault) {
    this.vault = vault;
  }

  /// What is noted of a model.
  ///
  /// @param file the name of its file or folder
  private record Note(
      String name,
      InstalledModel.Kind kind,
      String file,
      long bytes,
      String sha256,
      String source,
      @Nullable String licence) {}

  /// What is noted of a file outside: its digest holds as long as the rest does.
  private record Seen(long bytes, String modified, String sha256) {}

  List<InstalledModel> list() throws ModelException {
    try {
      List<InstalledModel> models = new ArrayList<>();
      for (Path folder : Vault.entries(vault.models())) {
        read(folder).ifPresent(models::add);
      }
      return models;
    } catch (IOException e) {
      throw DiskProblem.reading(vault.models(), e);
    }
  }

  Optional<InstalledModel> find(String name) throws ModelException {
    return isName(name) ? read(vault.models().resolve(name)) : Optional.empty();
  }

  Optional<InstalledModel> bySource(String source) throws ModelException {
    return list().stream().filter(model -> model.source().equals(source)).findFirst();
  }

  private static Optional<InstalledModel> read(Path folder) throws ModelException {
    Path note = folder.resolve(NOTE);
    try {
      if (!Files.isRegularFile(note)) {
        return Optional.empty();
      }
      Note read = GSON.fromJson(Files.readString(note), Note.class);
      Path file = folder.resolve(read.file());
      if (!Files.exists(file)
          || (read.kind() == InstalledModel.Kind.GGUF && Files.size(file) != read.bytes())) {
        LOG.warn("{} is not as it was installed; it is left out.", folder);
        return Optional.empty();
      }
      return Optional.of(
          new InstalledModel(
              read.name(),
              read.kind(),
              file,
              read.bytes(),
              read.sha256(),
              read.source(),
              read.licence()));
    } catch (JsonParseException | NullPointerException e) {
      LOG.warn("{} is not as promptls writes it; the model is left out.", note);
      return Optional.empty();
    } catch (IOException e) {
      throw DiskProblem.reading(note, e);
    }
  }

  /// Puts a file or folder on the shelf: it is moved there.
  ///
  /// @param wish how to note it; if another model has the name, part of the digest is added
  /// @param fileName the name the file gets
  InstalledModel put(Path content, String fileName, InstalledModel wish, Cancellation cancellation)
      throws IOException, ModelException {
    try (WriterLock _ = vault.lock("models", Progress.NONE, cancellation)) {
      Optional<InstalledModel> taken = find(wish.name());
      if (taken.isPresent() && taken.get().sha256().equals(wish.sha256())) {
        return taken.get();
      }
      boolean free = taken.isEmpty() && !Files.exists(vault.models().resolve(wish.name()));
      String name = free ? wish.name() : wish.name() + "-" + wish.sha256().substring(0, 8);
      Path target = vault.models().resolve(name);
      Path staged = vault.stage("models");
      try {
        Files.move(content, staged.resolve(fileName));
        Note note =
            new Note(
                name,
                wish.kind(),
                fileName,
                wish.bytes(),
                wish.sha256(),
                wish.source(),
                wish.licence());
        Files.writeString(staged.resolve(NOTE), GSON.toJson(note));
        vault.remove("models", target);
        vault.publish(staged, target);
      } finally {
        Vault.delete(staged);
      }
      return find(name).orElseThrow(() -> new IOException(target + " vanished"));
    }
  }

  void remove(InstalledModel model) throws ModelException {
    Path folder = vault.models().resolve(model.name());
    try (WriterLock _ = vault.lock("models", Progress.NONE, new Cancellation())) {
      vault.remove("models", folder);
      boolean shared = list().stream().anyMatch(m -> m.sha256().equals(model.sha256()));
      if (!shared) {
        vault.remove("models", vault.imported().resolve(model.sha256()));
      }
    } catch (IOException e) {
      throw DiskProblem.writing(folder, e);
    }
  }

  /// A model that stays where it is.
  InstalledModel outside(Path path, Cancellation cancellation) throws ModelException {
    Path file = path.toAbsolutePath().normalize();
    try {
      if (Files.isDirectory(file)) {
        List<Path> files = files(file);
        long bytes = 0;
        for (Path each : files) {
          bytes += Files.size(each);
        }
        return new InstalledModel(
            path.toString(),
            InstalledModel.Kind.ONNX,
            file,
            bytes,
            folderDigest(file, files, cancellation),
            file.toString(),
            null);
      }
      return new InstalledModel(
          path.toString(),
          InstalledModel.Kind.GGUF,
          file,
          Files.size(file),
          digest(file, cancellation),
          file.toString(),
          null);
    } catch (IOException e) {
      throw DiskProblem.reading(file, e);
    }
  }

  /// The regular files of a model's folder, in the order of their names.
  ///
  /// @throws ModelException if there is no ONNX model in it, or a link leads out of it
  static List<Path> files(Path folder) throws IOException, ModelException {
    Path real = folder.toRealPath();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (!path.toRealPath().startsWith(real)) {
          throw new ModelException(
              path + " is a link that leads out of the model's folder: put the file itself there.");
        }
        if (Files.isRegularFile(path)) {
          files.add(path);
        }
        if (files.size() > MOST_FILES) {
          throw new ModelException(
              folder + " holds too many files for a model: name the folder with model.onnx.");
        }
      }
    }
    if (files.stream().noneMatch(file -> file.toString().endsWith(".onnx"))) {
      throw new ModelException(
          folder + " holds no .onnx file: name a GGUF file or a folder with an ONNX model.");
    }
    files.sort(null);
    return files;
  }

  String folderDigest(Path folder, List<Path> files, Cancellation cancellation) throws IOException {
    MessageDigest digest = Sha256.start();
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      String line = name + "\n" + digest(file, cancellation) + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return Sha256.hex(digest);
  }

  /// The digest of a file, from the notes if it did not change since.
  String digest(Path file, Cancellation cancellation) throws IOException {
    Path real = file.toRealPath();
    BasicFileAttributes now = Files.readAttributes(real, BasicFileAttributes.class);
    Path note = vault.digests().resolve(Sha256.of(real.toString()) + ".json");
    Optional<Seen> seen = seen(note);
    String modified = now.lastModifiedTime() + " " + now.fileKey();
    if (seen.isPresent()
        && seen.get().bytes() == now.size()
        && seen.get().modified().equals(modified)) {
      return seen.get().sha256();
    }
    String sha256 = Sha256.of(real, Progress.NONE, cancellation);
    try {
      vault.write(note, GSON.toJson(new Seen(now.size(), modified, sha256)));
    } catch (IOException e) {
      // The note only saves time; a cache that cannot be written is no reason to refuse a model.
      LOG.debug("The digest of {} cannot be noted.", real, e);
    }
    return sha256;
  }

  private static Optional<Seen> seen(Path note) throws IOException {
    try {
      return Files.isRegularFile(note)
          ? Optional.ofNullable(GSON.fromJson(Files.readString(note), Seen.class))
          : Optional.empty();
    } catch (JsonParseException e) {
      return Optional.empty(); // It is written anew.
    }
  }

  /// A text as the name of a model: lower case, and nothing that is special in a path.
  static String fold(String text) {
    String folded =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[._-]+", "");
    String cut = folded.length() > 90 ? folded.substring(0, 90) : folded;
    return cut.isEmpty() ? "model" : cut;
  }

  private static boolean isName(String name) {
    return name.equals(fold(name));
  }
}
