package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.RenameFile;
import org.eclipse.lsp4j.ResourceOperation;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/// A `WorkspaceEdit` in the form that the client understands: with versions and moves of files, or
/// the plain one without.
final class WorkspaceEdits {
  private final Moment moment;
  private final Map<String, List<org.eclipse.lsp4j.TextEdit>> edits = new LinkedHashMap<>();
  private final List<RenameFile> moves = new ArrayList<>();

  WorkspaceEdits(Moment moment) {
    this.moment = moment;
  }

  void edit(String uri, List<TextEdit> changes, Places places) {
    edits
        .computeIfAbsent(uri, _ -> new ArrayList<>())
        .addAll(changes.stream().map(places::edit).toList());
  }

  void move(String from, String to) {
    moves.add(new RenameFile(from, to));
  }

  WorkspaceEdit build() {
    boolean versioned = moment.client().can("workspace.workspaceEdit.documentChanges");
    if (!versioned) {
      return new WorkspaceEdit(edits);
    }
    var changes = new ArrayList<Either<TextDocumentEdit, ResourceOperation>>();
    edits.forEach((uri, list) -> {
      Document open = moment.snapshot().documents().get(uri);
      var id = new VersionedTextDocumentIdentifier(uri, open == null ? null : open.version());
      var either =
          new ArrayList<Either<org.eclipse.lsp4j.TextEdit, org.eclipse.lsp4j.SnippetTextEdit>>();
      list.forEach(edit -> either.add(Either.forLeft(edit)));
      changes.add(Either.forLeft(new TextDocumentEdit(id, either)));
    });
    if (moment.client().lists("workspace.workspaceEdit.resourceOperations", "rename")) {
      moves.forEach(move -> changes.add(Either.forRight(move)));
    }
    return new WorkspaceEdit(changes);
  }
}
