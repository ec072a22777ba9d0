package dev.promptls.lsp.session;

import dev.promptls.lab.files.DiskTexts;
import dev.promptls.lab.files.Roots;
import dev.promptls.model.Cancellation;
import dev.promptls.prompt.workspace.Workspace;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// What is known of the files on the disk at one moment.
///
/// @param disk reads them, inside the folders of the workspace
/// @param indexed the prompts among them, as far as they have been looked at
/// @param revision counts what has been heard of changes
/// @param finished whether all have been looked at
/// @param whole the prompts once all have been looked at for the first time
record FileIndex(
    DiskTexts disk,
    Workspace indexed,
    long revision,
    boolean finished,
    CompletableFuture<Workspace> whole) {
  /// Who needs all files waits no longer than this for them.
  private static final long PATIENCE_SECONDS = 5;

  static final FileIndex EMPTY =
      new FileIndex(
          new DiskTexts(new Roots(List.of())),
          Workspace.EMPTY,
          0,
          true,
          CompletableFuture.completedFuture(Workspace.EMPTY));

  FileIndex with(Workspace value) {
    return new FileIndex(disk, value, revision + 1, finished, whole);
  }

  FileIndex finish() {
    return new FileIndex(disk, indexed, revision, true, whole);
  }

  /// All files, waited for if they are still being looked at; what is known by then if that takes
  /// too long.
  Workspace awaited(Cancellation cancellation) {
    if (finished) {
      return indexed;
    }
    var stop = new CompletableFuture<Workspace>();
    cancellation.onCancel(() -> stop.complete(indexed));
    return whole
        .applyToEither(stop, Function.identity())
        .completeOnTimeout(indexed, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
