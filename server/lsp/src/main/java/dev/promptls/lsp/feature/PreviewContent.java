package dev.promptls.lsp.feature;

import dev.promptls.lab.run.ExampleResult;
import dev.promptls.lsp.convert.Markdown;
import dev.promptls.lsp.session.Answer;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.PreviewUri;
import dev.promptls.lsp.session.Results;
import dev.promptls.lsp.session.Runs;
import dev.promptls.lsp.session.Snapshot;
import dev.promptls.prompt.check.RulePages;
import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.RenderResult;
import java.util.Optional;
import org.eclipse.lsp4j.TextDocumentContentParams;
import org.eclipse.lsp4j.TextDocumentContentResult;
import org.jspecify.annotations.Nullable;

/// `workspace/textDocumentContent`: everything about a prompt and its answers in one document, and
/// the pages of the rules.
public final class PreviewContent implements Feature<TextDocumentContentParams> {
  private final Runs runs;

  public PreviewContent(Runs runs) {
    this.runs = runs;
  }

  @Override
  public TextDocumentContentResult answer(TextDocumentContentParams params, Moment moment) {
    Optional<String> page = Optional.ofNullable(params.getUri()).flatMap(RulePages::at);
    if (page.isPresent()) {
      return new TextDocumentContentResult(page.get());
    }
    Document document = document(params.getUri(), moment.snapshot());
    String text =
        document == null
            ? "There is no open prompt of this name.\n"
            : text(document, moment.snapshot());
    return new TextDocumentContentResult(text);
  }

  private static @Nullable Document document(@Nullable String uri, Snapshot snapshot) {
    Optional<PreviewUri.Candidates> names = Optional.ofNullable(uri).flatMap(PreviewUri::read);
    return names
        .map(name -> snapshot.documents().get(name.decoded()))
        .or(() -> names.map(name -> snapshot.documents().get(name.raw())))
        .orElse(null);
  }

  private String text(Document document, Snapshot snapshot) {
    var text = new StringBuilder("# ").append(document.name()).append("\n\n");
    Results results = snapshot.results(document);
    runs.soFar(document.uri())
        .ifPresent(
            said -> text.append("## Answering …\n\n").append(Markdown.block(said)).append("\n\n"));
    var run = results.run();
    if (run != null) {
      text.append("## Answer\n\n")
          .append(ResultText.whole(run.result(), run.stale()))
          .append("\n\n");
    }
    var preview = results.preview();
    if (preview != null) {
      text.append("## Preview\n\n")
          .append(ResultText.whole(preview.result(), preview.stale()))
          .append("\n\n");
    }
    if (!results.examples().isEmpty()) {
      text.append("## Examples\n\n");
      for (Answer<ExampleResult> answer : results.examples().values()) {
        text.append("### Example ")
            .append(answer.result().index() + 1)
            .append("\n\n")
            .append(ResultText.whole(answer.result(), answer.stale()))
            .append("\n\n");
      }
    }
    RenderResult rendered = document.rendered(snapshot);
    text.append("## What is sent\n\n");
    rendered.problems().forEach(p -> text.append(p.message()).append("\n\n"));
    for (Message message : rendered.messages()) {
      text.append("**")
          .append(message.role())
          .append("**\n\n")
          .append(Markdown.block(message.text()))
          .append("\n\n");
    }
    return text.toString();
  }
}
