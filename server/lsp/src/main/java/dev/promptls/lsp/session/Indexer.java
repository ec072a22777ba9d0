package dev.promptls.lsp.session;

import dev.promptls.lab.files.DiskTexts;
import dev.promptls.lab.files.FileListing;
import dev.promptls.lab.files.PromptFiles;
import dev.promptls.lab.files.Roots;
import dev.promptls.lab.files.TextFile;
import dev.promptls.lsp.convert.Uris;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.workspace.FactReader;
import dev.promptls.prompt.workspace.FileFacts;
import dev.promptls.prompt.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the index of the files on the disk, one thing after the other and beside everything else:
/// no answer waits for it.
public final class Indexer {
  private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

  /// More than any workspace of prompts has; a home folder opened by mistake does not hurt. What
  /// lies above the folders is not looked at, ignore files included.
  private static final PromptFiles.Limits LIMITS =
      new PromptFiles.Limits(20_000, 500_000, 60, 4L << 20, false);

  /// Files after which what is known so far can be seen.
  private static final int PORTION = 500;

  private final Session session;
  private final Diagnoser diagnoser;
  private final AtomicLong asked = new AtomicLong();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("index").factory());

  public Indexer(Session session, Diagnoser diagnoser) {
    this.session = session;
    this.diagnoser = diagnoser;
  }

  /// Makes some folders the workspace. They may be read from now on; they are indexed as soon as
  /// [#start] has been called.
  public void open(List<String> folders) {
    List<Path> paths = new ArrayList<>();
    for (String uri : folders) {
      Path path = Uris.file(uri);
      if (path != null) {
        paths.add(path);
      }
    }
    Roots roots = Roots.of(paths);
    List<String> written = roots.folders().stream().map(DiskTexts::written).toList();
    Workspace none = Workspace.EMPTY.within(written);
    var whole = new CompletableFuture<Workspace>();
    if (roots.folders().isEmpty()) {
      whole.complete(none);
    }
    session.update(snapshot -> {
      FileIndex before = snapshot.index();
      before.whole().complete(before.indexed());
      return snapshot.with(
          new FileIndex(new DiskTexts(roots), none, before.revision() + 1, false, whole));
    });
  }

  /// Indexes the workspace anew.
  public void start() {
    long mine = asked.incrementAndGet();
    worker.execute(() -> {
      try {
        index(mine);
      } finally {
        if (asked.get() == mine) {
          session.update(snapshot -> snapshot.with(snapshot.index().finish()));
          FileIndex index = session.snapshot().index();
          index.whole().complete(index.indexed());
        }
      }
    });
  }

  private void index(long mine) {
    Roots roots = session.snapshot().index().disk().roots();
    FileListing listing = PromptFiles.below(roots.folders(), LIMITS);
    listing.problems().forEach(problem -> LOG.info("{}", problem.sentence()));
    List<String> written = roots.folders().stream().map(DiskTexts::written).toList();
    Workspace workspace = Workspace.EMPTY.within(written);
    int done = 0;
    for (FileListing.Found found : listing.files()) {
      if (asked.get() != mine) {
        return;
      }
      FileFacts facts = read(found.real());
      workspace = facts == null ? workspace : workspace.with(facts);
      if (++done % PORTION == 0) {
        keep(workspace);
      }
    }
    keep(workspace);
  }

  private void keep(Workspace workspace) {
    session.update(snapshot -> snapshot.with(snapshot.index().with(workspace)));
  }

  private static @Nullable FileFacts read(Path real) {
    try {
      String path = DiskTexts.written(real);
      return FactReader.read(path, PromptReader.read(path, TextFile.read(real, LIMITS.bytes())));
    } catch (ModelException unreadable) {
      LOG.info("{}", unreadable.getMessage());
      return null;
    }
  }

  /// Looks again at files that were made, changed or deleted, and has what depends on them checked
  /// again.
  ///
  /// @param uris of files, or of folders that are gone
  public void changed(List<String> uris) {
    worker.execute(() -> {
      for (String uri : uris) {
        if (uri.endsWith("/.gitignore")) {
          start();
        } else {
          change(uri);
        }
      }
    });
  }

  private void change(String uri) {
    Path file = Uris.file(uri);
    if (file == null || !session.snapshot().index().disk().roots().contains(file)) {
      return;
    }
    String path = DiskTexts.written(file);
    // Asked before and after: a call may lead elsewhere now, or nowhere.
    var affected = session.snapshot().workspace().dependentsOf(path);
    boolean there = Files.isRegularFile(file) && PromptFiles.isPrompt(file);
    FileFacts facts = there ? read(file) : null;
    session.update(snapshot -> {
      Workspace indexed = snapshot.index().indexed();
      Workspace now = facts == null ? without(indexed, path) : indexed.with(facts);
      return snapshot.with(snapshot.index().with(now));
    });
    affected.addAll(session.snapshot().workspace().dependentsOf(path));
    diagnoser.refresh(affected);
  }

  /// Without a file, or all files of a folder.
  private static Workspace without(Workspace workspace, String path) {
    Workspace left = workspace.without(path);
    for (FileFacts file : workspace.files()) {
      if (file.path().startsWith(path + "/")) {
        left = left.without(file.path());
      }
    }
    return left;
  }
}
