package dev.promptls.model.host;

import dev.promptls.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which models crashed their process, by the digest of their files, kept in a folder so that it
/// outlives the server. One file a digest, named `SIZE-SHA256`, holding the number of crashes; the
/// size spares the digest where no record can match.
public final class CrashRecord {
  private static final Logger LOG = LoggerFactory.getLogger(CrashRecord.class);
  private static final int LIMIT = 2;

  private final Path folder;

  /// @param home the folder of models and caches
  public CrashRecord(Path home) {
    this.folder = home.resolve("crashed");
  }

  /// Refuses a model that crashed twice since its file last changed.
  void check(Path model, String name) throws ModelException {
    try {
      if (crashes(model) >= LIMIT) {
        throw new ModelException(
            ("The model %s crashed its process %d times and is set aside until its file changes;"
                    + " choose another model, or allow it with `promptls model info --forgive`.")
                .formatted(name, LIMIT));
      }
    } catch (IOException e) {
      LOG.warn("cannot read the record of crashes", e);
    }
  }

  void add(Path model) {
    try {
      Files.createDirectories(folder);
      Path record = record(model);
      Path written = Files.createTempFile(folder, "count", ".tmp");
      Files.writeString(written, Integer.toString(read(record) + 1));
      Files.move(written, record, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("cannot write the record of crashes", e);
    }
  }

  /// Forgets the crashes of a model.
  public void forgive(Path model) throws IOException {
    if (hasRecordOfSize(model)) {
      Files.deleteIfExists(record(model));
    }
  }

  private int crashes(Path model) throws IOException {
    return hasRecordOfSize(model) ? read(record(model)) : 0;
  }

  private boolean hasRecordOfSize(Path model) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    String prefix = size(model) + "-";
    try (Stream<Path> records = Files.list(folder)) {
      return records.anyMatch(record -> record.getFileName().toString().startsWith(prefix));
    }
  }

  private static int read(Path record) throws IOException {
    try {
      return Integer.parseInt(Files.readString(record, StandardCharsets.US_ASCII).strip());
    } catch (NoSuchFileException e) {
      return 0;
    } catch (NumberFormatException e) {
      LOG.warn("the record {} holds no number", record, e);
      return 0;
    }
  }

  private Path record(Path model) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    byte[] buffer = new byte[1 << 16];
    for (Path file : files(model)) {
      digest.update(model.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
      try (InputStream in = Files.newInputStream(file)) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      }
    }
    return folder.resolve(size(model) + "-" + HexFormat.of().formatHex(digest.digest()));
  }

  private static long size(Path model) throws IOException {
    try {
      return files(model).stream()
          .mapToLong(file -> {
            try {
              return Files.size(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          })
          .sum();
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
  }

  private static List<Path> files(Path model) throws IOException {
    try (Stream<Path> all = Files.walk(model, 3)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
