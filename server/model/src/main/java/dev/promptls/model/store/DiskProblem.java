package dev.promptls.model.store;

import dev.promptls.model.ModelException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What went wrong on the disk, told in a sentence.
final class DiskProblem {
  private static final String ELSEWHERE = "set PROMPTLS_HOME to a folder on another disk.";

  private DiskProblem() {}

  static ModelException writing(Path where, Exception e) {
    String text = text(e);
    if (text.contains("no space") || text.contains("not enough space") || text.contains("quota")) {
      return new ModelException(
          "The disk is full, so " + where + " cannot be written: free some space or " + ELSEWHERE,
          e);
    }
    if (e instanceof AccessDeniedException
        || e instanceof ReadOnlyFileSystemException
        || text.contains("read-only")) {
      return new ModelException(
          where
              + " cannot be written, access is denied: allow it or set PROMPTLS_HOME to a folder"
              + " that can be written.",
          e);
    }
    return new ModelException(
        where
            + " cannot be written ("
            + reason(e)
            + "): set PROMPTLS_HOME to a folder that can be written.",
        e);
  }

  static ModelException reading(Path where, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new ModelException(where + " does not exist: check the path.", e);
    }
    return new ModelException(
        where + " cannot be read (" + reason(e) + "): check the file and its permissions.", e);
  }

  private static String text(Exception e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
  }

  private static String reason(Exception e) {
    if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
      return "a file is where a folder should be";
    }
    @Nullable String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
