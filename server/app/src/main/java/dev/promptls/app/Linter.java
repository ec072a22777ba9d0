package dev.promptls.app;

import dev.promptls.lab.files.DiskTexts;
import dev.promptls.lab.files.FileListing;
import dev.promptls.lab.files.FileSurroundings;
import dev.promptls.lab.files.Roots;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.check.Checked;
import dev.promptls.prompt.check.Finding;
import dev.promptls.prompt.check.LintSettings;
import dev.promptls.prompt.check.Subject;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import java.nio.file.Path;
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
    EditedFile file = EditedFile.read(found.path());
    Linted linted = check(found, file.text());
    if (!fix) {
      return linted;
    }
    String mended = file.text();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      String next = LintFixes.apply(mended, linted.findings());
      if (next.equals(mended)) {
        break;
      }
      mended = next;
      linted = check(found, mended);
    }
    if (!mended.equals(file.text())) {
      file.replace(mended);
    }
    return linted;
  }

  private Linted check(FileListing.Found found, String text) {
    String shown = DiskTexts.written(found.path());
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
    String path = DiskTexts.written(real);
    String top = root == null ? "" : DiskTexts.written(root);
    Surroundings surroundings =
        new FileSurroundings(path, file, top, disk, disk.roots(), settings, disk);
    return Checked.of(Subject.of(file, model.around(surroundings, file))).findings();
  }
}
