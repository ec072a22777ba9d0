package dev.promptls.model.store;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A download that is not complete yet: the bytes so far, and beside them what is known of the
/// whole.
final class Part {
  private static final Gson GSON = new Gson();

  private final Vault vault;
  private final Path data;
  private final Path state;

  Part(Vault vault, String key) {
    this.vault = vault;
    this.data = vault.downloads().resolve(key + ".part");
    this.state = vault.downloads().resolve(key + ".json");
  }

  /// What is known of the whole file.
  ///
  /// @param etag the server's strong validator, if it gave one
  /// @param total bytes; -1 if unknown
  /// @param sha256 what the server says
  record Known(@Nullable String etag, long total, @Nullable String sha256) {
    static final Known NOTHING = new Known(null, -1, null);
  }

  Path data() {
    return data;
  }

  long size() throws ModelException {
    try {
      return Files.exists(data) ? Files.size(data) : 0;
    } catch (IOException e) {
      throw DiskProblem.reading(data, e);
    }
  }

  Known known() throws ModelException {
    try {
      Known read = Files.exists(state) ? GSON.fromJson(Files.readString(state), Known.class) : null;
      return read == null ? Known.NOTHING : read;
    } catch (JsonParseException e) {
      // A note that cannot be read is no note: the download starts over.
      return Known.NOTHING;
    } catch (IOException e) {
      throw DiskProblem.reading(state, e);
    }
  }

  void remember(Known known) throws ModelException {
    try {
      vault.write(state, GSON.toJson(known));
    } catch (IOException e) {
      throw DiskProblem.writing(state, e);
    }
  }

  void discard() throws ModelException {
    try {
      Files.deleteIfExists(data);
      Files.deleteIfExists(state);
    } catch (IOException e) {
      throw DiskProblem.writing(data, e);
    }
  }

  /// Opens the file for what comes next.
  Writer append() throws ModelException {
    try {
      Files.createDirectories(vault.downloads());
      return new Writer(
          FileChannel.open(data, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw DiskProblem.writing(data, e);
    }
  }

  /// Refuses before the disk is filled in vain.
  void requireSpace(long bytes) throws ModelException {
    try {
      Files.createDirectories(vault.downloads());
      long free = Files.getFileStore(vault.downloads()).getUsableSpace();
      if (free < bytes) {
        throw new ModelException(
            "The disk of %s has %d MB free and the download needs %d MB: free some space or set PROMPTLS_HOME to a folder on another disk."
                .formatted(vault.home(), free / 1_000_000, bytes / 1_000_000 + 1));
      }
    } catch (IOException e) {
      throw DiskProblem.writing(vault.downloads(), e);
    }
  }

  String sha256(Progress progress, Cancellation cancellation)
      throws ModelException, InterruptedIOException {
    try {
      return Sha256.of(data, progress, cancellation);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw DiskProblem.reading(data, e);
    }
  }

  /// Writes at the end of the part.
  final class Writer implements AutoCloseable {
    private final FileChannel channel;

    private Writer(FileChannel channel) {
      this.channel = channel;
    }

    void write(byte[] bytes, int count) throws ModelException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
      try {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      } catch (IOException e) {
        throw DiskProblem.writing(data, e);
      }
    }

    @Override
    public void close() throws ModelException {
      try {
        channel.close();
      } catch (IOException e) {
        throw DiskProblem.writing(data, e);
      }
    }
  }
}
