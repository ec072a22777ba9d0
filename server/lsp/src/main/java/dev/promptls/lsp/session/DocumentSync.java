package dev.promptls.lsp.session;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Position;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentItem;

/// Follows what the client does to its documents, on the reader's thread: whatever comes after sees
/// it.
public final class DocumentSync {
  private final Session session;
  private final Diagnoser diagnoser;
  private final Indexer indexer;
  private final HeapCare heap = new HeapCare();

  public DocumentSync(Session session, Diagnoser diagnoser, Indexer indexer) {
    this.session = session;
    this.diagnoser = diagnoser;
    this.indexer = indexer;
  }

  public void open(DidOpenTextDocumentParams params) {
    TextDocumentItem item = params.getTextDocument();
    var document =
        new Document(
            item.getUri(), item.getLanguageId(), item.getVersion(), LineIndex.of(item.getText()));
    session.update(snapshot -> snapshot.with(document));
    diagnoser.opened(document);
    heap.changed();
  }

  public void change(DidChangeTextDocumentParams params) {
    Snapshot before = session.snapshot();
    Document document = before.document(params.getTextDocument());
    if (document == null) {
      return;
    }
    Integer version = params.getTextDocument().getVersion();
    int next = version == null ? document.version() + 1 : version;
    Document after = document;
    var edits = new ArrayList<TextEdit>();
    for (TextDocumentContentChangeEvent change : params.getContentChanges()) {
      LineIndex lines = after.lines();
      Range range = change.getRange();
      TextEdit edit =
          range == null
              ? TextEdit.between(lines.text(), change.getText())
              : new TextEdit(span(lines, range, before), change.getText());
      after = after.with(next, edit, lines.edit(edit));
      edits.add(edit);
    }
    Document changed = after;
    session.update(snapshot -> snapshot.with(changed, edits));
    diagnoser.changed(changed);
    session.virtualDocuments().changed(changed);
    heap.changed();
  }

  private static Span span(LineIndex lines, Range range, Snapshot snapshot) {
    return lines.span(position(range.getStart()), position(range.getEnd()), snapshot.encoding());
  }

  private static Position position(org.eclipse.lsp4j.Position position) {
    return new Position(position.getLine(), position.getCharacter());
  }

  public void close(DidCloseTextDocumentParams params) {
    String uri = params.getTextDocument().getUri();
    session.update(snapshot -> snapshot.without(uri));
    diagnoser.closed(uri);
    session.virtualDocuments().closed(uri);
    // From now on the disk counts, whether or not the client tells of changes there.
    indexer.changed(List.of(uri));
  }
}
