package dev.promptls.model.host;

import dev.promptls.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which models crashed their process, by the digest of their file, kept in a folder so that it
/// outlives the server: one file a digest, holding the number of crashes.
public final class CrashRecord {
  private static final Logger LOG = LoggerFactory.getLogger(CrashRecord.class);
  private static final int LIMIT = 2;

  private final Path folder;

  /// The record in the folder of models and caches.
  public CrashRecord(Path home) {
    this.folder = home.resolve("crashed");
  }

  /// Refuses a model that crashed twice.
  void check(HostSettings model) throws ModelException {
    if (crashes(model.sha256()) >= LIMIT) {
      throw new ModelException(
          ("The model %s crashed its process %d times and is set aside until its file changes;"
                  + " choose another, or allow it with `promptls model info %s --forgive`.")
              .formatted(model.name(), LIMIT, model.name()));
    }
  }

  synchronized void add(String sha256) {
    try {
      Files.createDirectories(folder);
      Path written = Files.createTempFile(folder, "count", ".tmp");
      Files.writeString(written, Integer.toString(crashes(sha256) + 1));
      Files.move(written, folder.resolve(sha256), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("cannot write the record of crashes", e);
    }
  }

  /// Forgets the crashes of a model.
  ///
  /// @return whether there were any
  public boolean forgive(String sha256) throws IOException {
    return Files.deleteIfExists(folder.resolve(sha256));
  }

  /// How often a model crashed since it was last forgiven.
  public int crashes(String sha256) {
    Path record = folder.resolve(sha256);
    try {
      return Integer.parseInt(Files.readString(record, StandardCharsets.US_ASCII).strip());
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException | NumberFormatException e) {
      LOG.warn("the record {} cannot be read", record, e);
      return 0;
    }
  }
}
