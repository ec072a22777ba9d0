package dev.promptls.app;

import dev.promptls.lab.files.DiskTexts;
import dev.promptls.lab.files.FileListing;
import dev.promptls.lab.files.FileSurroundings;
import dev.promptls.lab.files.Roots;
import dev.promptls.lab.files.TextFile;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.check.Checked;
import dev.promptls.prompt.check.Finding;
import dev.promptls.prompt.check.LintSettings;
import dev.promptls.prompt.check.Subject;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Checks files as the rules see them among the files around them.
final class Linter {
  /// A fix may bring to light what another rule mends; more rounds than this are a quarrel.
  private static final int MOST_ROUNDS = 10;

  private final DiskTexts disk;
  private final LintSettings settings;
  private final LintModel model;

  /// @param roots outside which nothing is looked at
  Linter(Roots roots, LintSettings settings, LintModel model) {
    this.disk = new DiskTexts(roots);
    this.settings = settings;
    this.model = model;
  }

  /// Checks a file.
  ///
  /// @param fix whether to mend it first
  /// @throws ModelException if it cannot be read or written
  Linted lint(FileListing.Found found, boolean fix) throws ModelException {
    String text = TextFile.read(found.real());
    Linted linted = check(found, text);
    if (!fix) {
      return linted;
    }
    String mended = text;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      String next = LintFixes.apply(mended, linted.findings());
      if (next.equals(mended)) {
        break;
      }
      mended = next;
      linted = check(found, mended);
    }
    if (!mended.equals(text)) {
      write(found.real(), mended);
    }
    return linted;
  }

  private Linted check(FileListing.Found found, String text) {
    String shown = found.path().toString().replace('\\', '/');
    PromptFile file = PromptReader.read(shown, text);
    return new Linted(shown, found.real(), file, findings(file, found.real()));
  }

  /// Checks a text that lies in no file.
  ///
  /// @param name that it is to be known by
  static Linted lint(String name, String text, LintSettings settings) {
    PromptFile file = PromptReader.read(name, text);
    Surroundings none =
        new Surroundings() {
          @Override
          public LintSettings settings() {
            return settings;
          }
        };
    return new Linted(name, null, file, Checked.of(Subject.of(file, none)).findings());
  }

  private List<Finding> findings(PromptFile file, Path real) {
    Path root = disk.roots().around(real);
    String path = PromptSource.written(real);
    String top = root == null ? "" : PromptSource.written(root);
    Surroundings surroundings =
        new FileSurroundings(path, file, top, disk, disk.roots(), settings, disk);
    return Checked.of(Subject.of(file, model.around(surroundings, file))).findings();
  }

  /// Writes beside the file first, so that it is never left half written.
  private static void write(Path file, String text) throws ModelException {
    try {
      byte[] before = Files.readAllBytes(file);
      boolean marked =
          before.length > 2
              && before[0] == (byte) 0xef
              && before[1] == (byte) 0xbb
              && before[2] == (byte) 0xbf;
      Path beside = Files.createTempFile(file.getParent(), ".promptls", ".tmp");
      try {
        Files.write(beside, ((marked ? "\ufeff" : "") + text).getBytes(StandardCharsets.UTF_8));
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
          Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(file));
        }
        Files.move(
            beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new ModelException(file + " cannot be written: " + e.getMessage() + ".", e);
    }
  }
}
