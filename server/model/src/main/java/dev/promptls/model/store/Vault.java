package dev.promptls.model.store;

import dev.promptls.model.Cancellation;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folders of the store, and what makes a change to them happen wholly or not at all: it is
/// prepared under `tmp`, written through to the disk and then renamed. A process may be killed at
/// any point; what it leaves under `tmp` is removed by the next one that can take its lock.
final class Vault {
  private static final String SEPARATOR = "~";
  private static final Duration PART_LIFE = Duration.ofDays(14);

  private final Path home;

  Vault(Path home) {
    this.home = home;
  }

  Path home() {
    return home;
  }

  /// A folder for each installed model.
  Path models() {
    return home.resolve("models");
  }

  /// What was made of models, by key.
  Path imported() {
    return home.resolve("imported");
  }

  /// Downloads that are not complete.
  Path downloads() {
    return home.resolve("downloads");
  }

  /// Digests of files outside of the store.
  Path digests() {
    return home.resolve("digests");
  }

  private Path temporary() {
    return home.resolve("tmp");
  }

  WriterLock lock(String key, Progress progress, Cancellation cancellation) throws IOException {
    return WriterLock.take(lockFile(flat(key)), progress, cancellation);
  }

  private Path lockFile(String flatKey) {
    return home.resolve("locks").resolve(flatKey + ".lock");
  }

  private static String flat(String key) {
    return key.replace('/', '+');
  }

  /// A new empty folder to prepare something in, to be used while the lock of `key` is held.
  Path stage(String key) throws IOException {
    Files.createDirectories(temporary());
    return Files.createDirectory(temporary().resolve(flat(key) + SEPARATOR + UUID.randomUUID()));
  }

  /// Makes a prepared folder visible as `target`, which must not exist.
  void publish(Path staged, Path target) throws IOException {
    try (Stream<Path> all = Files.walk(staged)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        force(path);
      }
    }
    Path parent = target.resolveSibling(".").normalize();
    Files.createDirectories(parent);
    Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
    force(parent);
  }

  /// Replaces a small file in one step.
  void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(".").normalize());
    Path next = file.resolveSibling(file.getFileName() + SEPARATOR + UUID.randomUUID());
    try {
      Files.writeString(next, text, StandardCharsets.UTF_8);
      force(next);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /// Hides a folder in one step and then deletes it.
  void remove(String key, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Path hidden = stage(key);
    Files.move(folder, hidden.resolve("removed"), StandardCopyOption.ATOMIC_MOVE);
    delete(hidden);
  }

  /// Deletes what dead writers left behind.
  void sweep() throws IOException {
    for (Path left : entries(temporary())) {
      String name = String.valueOf(left.getFileName());
      int end = name.lastIndexOf(SEPARATOR);
      if (end < 0) {
        delete(left);
        continue;
      }
      Optional<WriterLock> lock = WriterLock.tryTake(lockFile(name.substring(0, end)));
      if (lock.isPresent()) {
        try (WriterLock _ = lock.get()) {
          delete(left);
        }
      }
    }
    Instant oldest = Instant.now().minus(PART_LIFE);
    for (Path part : entries(downloads())) {
      if (Files.getLastModifiedTime(part).toInstant().isBefore(oldest)) {
        Files.deleteIfExists(part);
      }
    }
  }

  static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.sorted().toList();
    } catch (NoSuchFileException e) {
      // Nothing was ever put there.
      return List.of();
    }
  }

  /// Deletes a file or folder; links are deleted, not followed.
  static void delete(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem)
              throws IOException {
            if (problem != null) {
              throw problem;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// Writes a file or a folder's list of names through to the disk.
  static void force(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    if (folder && File.separatorChar == '\\') {
      return; // Windows opens no folders, and needs none of this to keep a rename.
    }
    try (FileChannel channel =
        FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
