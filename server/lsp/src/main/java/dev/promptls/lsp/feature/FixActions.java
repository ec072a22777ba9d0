package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.Snapshot;
import dev.promptls.prompt.check.Finding;
import dev.promptls.prompt.check.Fix;
import dev.promptls.prompt.check.Fixes;
import dev.promptls.prompt.check.Silence;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.WorkspaceEdit;

/// Actions that mend what rules find: one by one, all at once, or by a comment that silences them.
final class FixActions {
  /// Of the fixes that leave what is sent as it is, so that an editor may apply them on saving.
  static final String FIX_ALL = CodeActionKind.SourceFixAll + ".promptls";

  private final Document document;
  private final Snapshot snapshot;
  private final Places places;
  private final List<Finding> findings;

  FixActions(Document document, Moment moment) {
    this.document = document;
    this.snapshot = moment.snapshot();
    this.places = snapshot.places(document);
    this.findings = document.checked(moment.desk().surroundings(snapshot, document)).findings();
  }

  /// What can be done about the findings in a range: their fixes before the comments.
  List<CodeAction> quick(Span range) {
    var fixes = new ArrayList<CodeAction>();
    var silencing = new ArrayList<CodeAction>();
    for (Finding finding : findings) {
      if (finding.span().start() <= range.end() && range.start() <= finding.span().end()) {
        for (Fix fix : finding.fixes()) {
          CodeAction action = quick(fix, finding);
          action.setIsPreferred(fix.equals(finding.fixes().getFirst()));
          fixes.add(action);
        }
        Silence.of(document.file(), finding).ifPresent(fix -> silencing.add(quick(fix, finding)));
      }
    }
    fixes.addAll(silencing);
    return fixes;
  }

  /// All safe fixes of the document as one action; none if there are none.
  List<CodeAction> all() {
    List<TextEdit> edits = Fixes.all(findings, true);
    return edits.isEmpty()
        ? List.of()
        : List.of(action("Fix all that leaves what is sent as it is", FIX_ALL, edits));
  }

  private CodeAction quick(Fix fix, Finding finding) {
    CodeAction action = action(fix.title(), CodeActionKind.QuickFix, fix.edits());
    action.setDiagnostics(List.of(Diagnostics.diagnostic(finding, document, snapshot)));
    return action;
  }

  private CodeAction action(String title, String kind, List<TextEdit> edits) {
    var action = new CodeAction(title);
    action.setKind(kind);
    action.setEdit(
        new WorkspaceEdit(Map.of(document.uri(), edits.stream().map(places::edit).toList())));
    return action;
  }
}
