package dev.promptls.lsp.feature;

import com.google.gson.JsonObject;
import dev.promptls.lab.run.RunOptions;
import dev.promptls.lsp.ServerHost;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.Results;
import dev.promptls.lsp.session.Runs;
import dev.promptls.lsp.session.Session;
import dev.promptls.lsp.session.Snapshot;
import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.shots.Example;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks again, when a prompt is saved, for those of its answers that are stale: what was never
/// asked for is not asked for now. Off unless the user wishes it.
public final class RerunOnSave {
  private static final Logger LOG = LoggerFactory.getLogger(RerunOnSave.class);

  private final Session session;
  private final Runs runs;
  private final ServerHost host;

  public RerunOnSave(Session session, Runs runs, ServerHost host) {
    this.session = session;
    this.runs = runs;
    this.host = host;
  }

  /// `textDocument/didSave`.
  public void saved(DidSaveTextDocumentParams params) {
    Snapshot snapshot = session.snapshot();
    Document document = snapshot.document(params.getTextDocument());
    if (document != null && snapshot.settings().rerunOnSave()) {
      Results results = snapshot.results(document);
      Thread.ofVirtual().name("rerun").start(() -> rerun(document, snapshot, results));
    }
  }

  private void rerun(Document document, Snapshot snapshot, Results results) {
    // What an earlier save began would be overtaken.
    runs.stop(document.uri());
    try {
      var order =
          new Runs.Order(
              document,
              snapshot,
              Orders.rendering(document, snapshot, host, new JsonObject()),
              RunOptions.DEFAULT,
              Runs.Tokens.NONE,
              new Cancellation());
      var run = results.run();
      if (run != null && run.stale()) {
        var _ = runs.run(order);
      }
      var preview = results.preview();
      if (preview != null && preview.stale()) {
        var _ = runs.preview(order, Orders.mode(preview.result().mode()));
        return;
      }
      for (Example example : document.shots().examples()) {
        var answer = results.of(example);
        if (answer != null && answer.stale()) {
          var _ = runs.runExample(order, example.index());
        }
      }
    } catch (ModelException refused) {
      // The stale answers stay; whoever runs the prompt by hand is told why it cannot be run.
      LOG.info("A saved prompt was not run again: {}", refused.getMessage());
    }
  }
}
