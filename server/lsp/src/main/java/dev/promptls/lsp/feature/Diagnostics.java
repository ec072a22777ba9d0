package dev.promptls.lsp.feature;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Diagnoser;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.ModelDesk;
import dev.promptls.lsp.session.Snapshot;
import dev.promptls.model.Cancellation;
import dev.promptls.prompt.check.Finding;
import dev.promptls.prompt.check.RulePages;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.check.TokenBudget;
import dev.promptls.prompt.syntax.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticCodeDescription;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.RelatedFullDocumentDiagnosticReport;
import org.eclipse.lsp4j.RelatedUnchangedDocumentDiagnosticReport;

/// What is to be said of a document: what its readers and rules find, what the model gets wrong,
/// and whether it fits. Pushed, or pulled with `textDocument/diagnostic`.
public final class Diagnostics implements Feature<DocumentDiagnosticParams>, Diagnoser.Findings {
  private static final String BUDGET = "context-budget";

  private final ModelDesk desk;

  public Diagnostics(ModelDesk desk) {
    this.desk = desk;
  }

  @Override
  public Object answer(DocumentDiagnosticParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    List<Diagnostic> found =
        document == null ? List.of() : of(document, moment.snapshot(), moment.cancellation());
    String id = Integer.toHexString(found.hashCode());
    if (id.equals(params.getPreviousResultId())) {
      return new RelatedUnchangedDocumentDiagnosticReport(id);
    }
    var report = new RelatedFullDocumentDiagnosticReport(found);
    report.setResultId(id);
    return report;
  }

  @Override
  public List<Diagnostic> of(Document document, Snapshot snapshot, Cancellation cancellation) {
    Surroundings around = desk.surroundings(snapshot, document);
    TokenBudget budget = around.budget();
    var found = new ArrayList<Diagnostic>();
    for (Finding finding : document.checked(around).findings()) {
      Diagnostic diagnostic = diagnostic(finding, document, snapshot);
      if (finding.code().equals(BUDGET) && budget != null) {
        diagnostic.setData(breakdown(budget, snapshot.places(document)));
      }
      found.add(diagnostic);
    }
    return found;
  }

  /// What takes how much: `{model, tokens, contextWindow, reserved, parts: [{kind, name, tokens,
  /// range}]}`.
  private static JsonObject breakdown(TokenBudget budget, Places places) {
    var data = new JsonObject();
    data.addProperty("model", budget.model());
    data.addProperty("tokens", budget.tokens());
    data.addProperty("contextWindow", budget.window());
    data.addProperty("reserved", budget.reserved());
    var parts = new JsonArray();
    for (TokenBudget.Part part : budget.parts()) {
      var json = new JsonObject();
      json.addProperty("kind", part.kind().name().toLowerCase(Locale.ROOT));
      json.addProperty("name", part.name());
      json.addProperty("tokens", part.tokens());
      json.add("range", Json.tree(places.range(part.span())));
      parts.add(json);
    }
    data.add("parts", parts);
    return data;
  }

  /// A finding as the protocol tells it.
  static Diagnostic diagnostic(Finding finding, Document document, Snapshot snapshot) {
    Places places = snapshot.places(document);
    var diagnostic = new Diagnostic(places.range(finding.span()), finding.message());
    diagnostic.setSource("promptls");
    diagnostic.setCode(finding.code());
    diagnostic.setCodeDescription(new DiagnosticCodeDescription(RulePages.link(finding.code())));
    diagnostic.setSeverity(severity(finding.severity()));
    switch (finding.nature()) {
      case UNNECESSARY -> diagnostic.setTags(List.of(DiagnosticTag.Unnecessary));
      case DEPRECATED -> diagnostic.setTags(List.of(DiagnosticTag.Deprecated));
      case ORDINARY -> {}
    }
    if (!finding.related().isEmpty()) {
      diagnostic.setRelatedInformation(
          finding.related().stream().map(related -> related(related, document, places)).toList());
    }
    return diagnostic;
  }

  private static DiagnosticRelatedInformation related(
      Finding.Related related, Document document, Places places) {
    var location = new Location(document.uri(), places.range(related.span()));
    return new DiagnosticRelatedInformation(location, related.message());
  }

  private static DiagnosticSeverity severity(Severity severity) {
    return switch (severity) {
      case ERROR -> DiagnosticSeverity.Error;
      case WARNING -> DiagnosticSeverity.Warning;
      case INFORMATION -> DiagnosticSeverity.Information;
      case HINT -> DiagnosticSeverity.Hint;
    };
  }
}
