package dev.promptls.lsp.session;

import dev.promptls.lab.files.DiskTexts;
import dev.promptls.lab.files.Roots;
import dev.promptls.prompt.workspace.Workspace;
import java.util.List;

/// What is known of the files on the disk at one moment.
///
/// @param disk reads them, inside the folders of the workspace
/// @param indexed the prompts among them, as far as they have been looked at
/// @param revision counts what has been heard of changes
record FileIndex(DiskTexts disk, Workspace indexed, long revision) {
  static final FileIndex EMPTY =
      new FileIndex(new DiskTexts(new Roots(List.of())), Workspace.EMPTY, 0);

  FileIndex with(Workspace value) {
    return new FileIndex(disk, value, revision + 1);
  }
}
