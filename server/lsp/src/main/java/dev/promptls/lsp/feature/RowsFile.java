package dev.promptls.lsp.feature;

import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.shots.ShotEdits;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.CreateFile;
import org.eclipse.lsp4j.CreateFileOptions;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SnippetTextEdit;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;

/// The data file that a prompt's examples can be moved into: beside the prompt, named after it.
///
/// @param name of the file, without its folder
record RowsFile(String uri, String name) {
  private static final String ENDING = ".examples.jsonl";

  static RowsFile beside(Document document) {
    return new RowsFile(stem(document.uri()) + ENDING, stem(document.name()) + ENDING);
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
  }

  /// Whether the client can make a file, and the prompt is one.
  static boolean canBeMade(Document document, Moment moment) {
    String edits = "workspace.workspaceEdit.";
    return document.uri().startsWith("file:")
        && moment.client().can(edits + "documentChanges")
        && moment.client().has(edits + "resourceOperations");
  }

  /// The prompt's edits, and the new file with its rows. A file that is there already is not
  /// written over: the client refuses then.
  WorkspaceEdit edit(Document document, List<TextEdit> edits) {
    String rows = ShotEdits.of(document.file(), document.shots()).extract(name).rows();
    CreateFile create = new CreateFile(uri, new CreateFileOptions(false, false));
    Range start = new Range(new Position(0, 0), new Position(0, 0));
    return new WorkspaceEdit(
        List.of(
            Either.forRight(create),
            Either.forLeft(changed(uri, null, List.of(new TextEdit(start, rows)))),
            Either.forLeft(changed(document.uri(), document.version(), edits))));
  }

  private static TextDocumentEdit changed(
      String uri, @Nullable Integer version, List<TextEdit> edits) {
    List<Either<TextEdit, SnippetTextEdit>> plain = new ArrayList<>();
    edits.forEach(edit -> plain.add(Either.forLeft(edit)));
    return new TextDocumentEdit(new VersionedTextDocumentIdentifier(uri, version), plain);
  }
}
