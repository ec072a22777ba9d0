package dev.promptls.lsp.feature;

import dev.promptls.lab.run.ExampleResult;
import dev.promptls.lsp.convert.Markdown;
import dev.promptls.lsp.session.Answer;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.Results;
import dev.promptls.lsp.session.Runs;
import dev.promptls.lsp.session.Snapshot;
import dev.promptls.lsp.session.TokenCounts;
import dev.promptls.lsp.session.VirtualDocuments;
import dev.promptls.lsp.session.VirtualUri;
import dev.promptls.prompt.check.RulePages;
import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.RenderResult;
import java.util.Optional;
import org.eclipse.lsp4j.TextDocumentContentParams;
import org.eclipse.lsp4j.TextDocumentContentResult;
import org.jspecify.annotations.Nullable;

/// `workspace/textDocumentContent`: everything about a prompt and its answers in one document, or
/// only what is sent, and the pages of the rules.
public final class PreviewContent implements Feature<TextDocumentContentParams> {
  private final Runs runs;
  private final VirtualDocuments shown;

  public PreviewContent(Runs runs, VirtualDocuments shown) {
    this.runs = runs;
    this.shown = shown;
  }

  @Override
  public TextDocumentContentResult answer(TextDocumentContentParams params, Moment moment) {
    Optional<String> page = Optional.ofNullable(params.getUri()).flatMap(RulePages::at);
    if (page.isPresent()) {
      return new TextDocumentContentResult(page.get());
    }
    Snapshot snapshot = moment.snapshot();
    VirtualUri name = Optional.ofNullable(params.getUri()).flatMap(VirtualUri::read).orElse(null);
    Document document = name == null ? null : document(name, snapshot);
    if (name == null || document == null) {
      return new TextDocumentContentResult("There is no open prompt of this name.\n");
    }
    shown.shown(document.uri(), params.getUri());
    var text = new StringBuilder("# ").append(document.name()).append("\n\n");
    switch (name.kind()) {
      case PREVIEW -> {
        answers(document, snapshot, text);
        text.append("## What is sent\n\n");
        sent(document, moment, text);
      }
      case SENT -> sent(document, moment, text);
    }
    return new TextDocumentContentResult(text.toString());
  }

  private static @Nullable Document document(VirtualUri name, Snapshot snapshot) {
    Document document = snapshot.documents().get(name.decoded());
    return document == null ? snapshot.documents().get(name.raw()) : document;
  }

  private void answers(Document document, Snapshot snapshot, StringBuilder text) {
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
  }

  private static void sent(Document document, Moment moment, StringBuilder text) {
    RenderResult rendered = document.rendered(moment.snapshot());
    TokenCounts counts = moment.countsNow(document).orElse(null);
    if (counts != null && !rendered.failed()) {
      text.append(counts.modelName()).append(": ").append(Shares.whole(counts)).append("\n\n");
    }
    rendered.problems().forEach(p -> text.append(p.message()).append("\n\n"));
    for (Message message : rendered.messages()) {
      text.append("**")
          .append(message.role())
          .append("**")
          .append(counts == null ? "" : " · %d tokens".formatted(counts.of(message.text())))
          .append("\n\n")
          .append(Markdown.block(message.text()))
          .append("\n\n");
    }
  }
}
