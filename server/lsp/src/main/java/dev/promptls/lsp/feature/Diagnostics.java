package dev.promptls.lsp.feature;

import dev.promptls.lab.run.ExampleResult;
import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Diagnoser;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.ModelDesk;
import dev.promptls.lsp.session.Results;
import dev.promptls.lsp.session.Snapshot;
import dev.promptls.model.Cancellation;
import dev.promptls.prompt.check.Finding;
import dev.promptls.prompt.check.RulePages;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticCodeDescription;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.RelatedFullDocumentDiagnosticReport;
import org.eclipse.lsp4j.RelatedUnchangedDocumentDiagnosticReport;
import org.jspecify.annotations.Nullable;

/// What is to be said of a document: what its readers and rules find, what the model gets wrong,
/// and whether it fits. Pushed, or pulled with `textDocument/diagnostic`.
public final class Diagnostics implements Feature<DocumentDiagnosticParams>, Diagnoser.Findings {
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
    var found = new ArrayList<Diagnostic>();
    for (Finding problem : document.checked(snapshot.surroundings(document)).findings()) {
      add(found, problem, document, snapshot);
    }
    missed(document, snapshot.results(document))
        .forEach(problem -> add(found, problem, document, snapshot));
    budget(document, snapshot).ifPresent(problem -> add(found, problem, document, snapshot));
    return found;
  }

  /// Examples that the model answered otherwise.
  private static List<Finding> missed(Document document, Results results) {
    if (results.examples().isEmpty()) {
      return List.of();
    }
    var problems = new ArrayList<Finding>();
    for (Example example : document.shots().examples()) {
      var answer = results.of(example);
      if (answer != null && !answer.result().pass() && !answer.stale()) {
        ExampleResult result = answer.result();
        problems.add(
            Finding.of(
                "example-missed",
                example.outputRange(),
                Severity.HINT,
                "The model answers '%s' to this example, not '%s'."
                    .formatted(
                        ResultText.oneLine(result.output()),
                        ResultText.oneLine(result.expected()))));
      }
    }
    return problems;
  }

  /// A prompt that fills more of the context window than the settings allow; known only once a
  /// tokenizer is at hand.
  private Optional<Finding> budget(Document document, Snapshot snapshot) {
    return desk.sizeNow(snapshot, document)
        .filter(counts -> counts.contextWindow() > 0)
        .filter(c -> c.prompt() > c.contextWindow() * snapshot.settings().warnAt())
        .map(counts ->
            Finding.of(
                "context-budget",
                document.lines().lineSpan(0),
                counts.prompt() > counts.contextWindow() ? Severity.ERROR : Severity.WARNING,
                "The prompt takes %d of the %d tokens that %s can read; shorten it or choose a"
                        .formatted(counts.prompt(), counts.contextWindow(), counts.modelName())
                    + " model with a larger context window."));
  }

  private static void add(
      List<Diagnostic> to, Finding finding, Document document, Snapshot snapshot) {
    if (!snapshot.settings().lint().getOrDefault(finding.code(), "").equals("off")) {
      to.add(diagnostic(finding, document, snapshot));
    }
  }

  /// A finding as the protocol tells it.
  static Diagnostic diagnostic(Finding finding, Document document, Snapshot snapshot) {
    Places places = snapshot.places(document);
    var diagnostic = new Diagnostic(places.range(finding.span()), finding.message());
    diagnostic.setSource("promptls");
    diagnostic.setCode(finding.code());
    diagnostic.setCodeDescription(new DiagnosticCodeDescription(RulePages.link(finding.code())));
    String wish = snapshot.settings().lint().getOrDefault(finding.code(), "");
    diagnostic.setSeverity(
        Objects.requireNonNullElseGet(named(wish), () -> severity(finding.severity())));
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

  private static @Nullable DiagnosticSeverity named(String wish) {
    return switch (wish) {
      case "error" -> DiagnosticSeverity.Error;
      case "warning" -> DiagnosticSeverity.Warning;
      case "information", "info" -> DiagnosticSeverity.Information;
      case "hint" -> DiagnosticSeverity.Hint;
      default -> null;
    };
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
