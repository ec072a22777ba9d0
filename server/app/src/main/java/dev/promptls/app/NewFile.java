package dev.promptls.app;

import dev.promptls.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that is written for the first time.
final class NewFile {
  private NewFile() {}

  /// @throws ModelException if there is such a file, or it cannot be written
  static void write(Path path, String text) throws ModelException {
    try {
      Files.write(path, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new ModelException(
          path + " is there already and stays as it is: choose another name.", e);
    } catch (NoSuchFileException e) {
      throw new ModelException(
          path + " cannot be written, because its folder is not there: make it first.", e);
    } catch (IOException e) {
      throw new ModelException(path + " cannot be written: " + EditedFile.reason(e) + ".", e);
    }
  }
}
