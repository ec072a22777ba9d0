package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.convert.Uris;
import dev.promptls.lsp.session.Snapshot;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.TextEdit;
import dev.promptls.prompt.workspace.Moves;
import dev.promptls.prompt.workspace.Renaming;
import dev.promptls.prompt.workspace.SourceTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.FileRename;
import org.eclipse.lsp4j.RenameFilesParams;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.jspecify.annotations.Nullable;

/// `workspace/willRenameFiles`: what must be written anew where files that are about to be moved
/// are called or linked to, and in these files themselves.
public final class WillRenameFilesFeature implements Feature<RenameFilesParams> {
  @Override
  public @Nullable WorkspaceEdit answer(RenameFilesParams params, Moment moment) {
    List<Renaming.Move> moves = new ArrayList<>();
    for (FileRename rename : params.getFiles()) {
      String from = Uris.path(rename.getOldUri());
      String to = Uris.path(rename.getNewUri());
      if (from != null && to != null) {
        moves.add(new Renaming.Move(from, to));
      }
    }
    if (moves.isEmpty()) {
      return null;
    }
    Snapshot snapshot = moment.snapshot();
    SourceTexts sources = snapshot.sources(moves.getFirst().from());
    Map<String, List<TextEdit>> edits =
        new Moves(snapshot.wholeWorkspace(moment.cancellation()), sources).edits(moves);
    var builder = new WorkspaceEdits(moment);
    edits.forEach((path, changes) -> {
      PromptFile file = sources.file(path);
      if (file != null) {
        builder.edit(snapshot.uri(path), changes, new Places(file.lines(), snapshot.encoding()));
      }
    });
    return edits.isEmpty() ? null : builder.build();
  }
}
