package dev.promptls.lsp.feature;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.feature.CodeLensFeature.RunCommands;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.syntax.Format;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.jspecify.annotations.Nullable;

/// `textDocument/codeAction`: fixes of what rules find, what can be done to the examples, and for
/// every lens an action, for editors that show no lenses.
public final class CodeActionFeature implements Feature<CodeActionParams> {
  /// Below `source`, because a run changes no text. Said where it is asked for, as clients drop
  /// what they did not ask for; else left out, as they do not show such actions at a place of the
  /// text.
  private static final String KIND = "source.promptls";

  @Override
  public List<CodeAction> answer(CodeActionParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    if (document == null || document.text().isBlank() || !document.holdsPrompts()) {
      return List.of();
    }
    var actions = new ArrayList<CodeAction>();
    boolean quick = wanted(params, CodeActionKind.QuickFix);
    boolean all = wanted(params, FixActions.FIX_ALL);
    if (quick || all) {
      var fixes = new FixActions(document, moment);
      if (quick) {
        Places places = moment.snapshot().places(document);
        actions.addAll(fixes.quick(places.span(params.getRange())));
      }
      if (all) {
        actions.addAll(fixes.all());
      }
    }
    int offset = moment.snapshot().places(document).offset(params.getRange().getStart());
    if (wanted(params, KIND)) {
      var runs = new ArrayList<CodeAction>();
      runs(document, offset, moment, runs);
      List<String> only = only(params);
      if (only != null && !only.isEmpty()) {
        runs.forEach(action -> action.setKind(KIND));
      }
      actions.addAll(runs);
    }
    actions.addAll(ExampleActions.at(document, offset, only(params), moment));
    return actions;
  }

  private static void runs(Document document, int offset, Moment moment, List<CodeAction> actions) {
    actions.add(action(RunCommands.run("Run", document)));
    document
        .exampleAt(offset)
        .map(example -> action(RunCommands.runExample("Run this example", document, example)))
        .ifPresent(actions::add);
    if (CodeLensFeature.hasExamples(document)) {
      actions.add(action(RunCommands.on("Preview all examples", "promptls.preview", document)));
      actions.add(
          action(RunCommands.leaveOneOut("Preview each example after all others", document)));
    }
    actions.add(
        action(RunCommands.analyse("Show where the model is surprised", "surprisal", document)));
    if (!moment.snapshot().results(document).isEmpty()) {
      actions.add(action(RunCommands.on("Clear results", "promptls.clearResults", document)));
    }
    if (moment.client().can("workspace.workspaceEdit.documentChanges")) {
      conversions(document, actions);
    }
  }

  /// `codeAction/resolve`.
  public static Object resolve(JsonElement action, Moment moment) throws ResponseErrorException {
    return ExampleActions.resolve(action, moment);
  }

  /// To the formats that have templates.
  private static void conversions(Document document, List<CodeAction> actions) {
    for (Format to : List.of(Format.DOTPROMPT, Format.PROMPTY, Format.GITHUB)) {
      if (document.file().format() != to) {
        var argument = new JsonObject();
        argument.addProperty("uri", document.uri());
        argument.addProperty("to", to.label());
        argument.addProperty("create", true);
        String title = "Convert to " + to.label();
        actions.add(action(new Command(title, "promptls.convert", List.of(argument))));
      }
    }
  }

  private static boolean wanted(CodeActionParams params, String kind) {
    List<String> only = only(params);
    return only == null
        || only.isEmpty()
        || only.stream().anyMatch(o -> o.isEmpty() || (kind + ".").startsWith(o + "."));
  }

  private static @Nullable List<String> only(CodeActionParams params) {
    return params.getContext() == null ? null : params.getContext().getOnly();
  }

  private static CodeAction action(Command command) {
    var action = new CodeAction(command.getTitle());
    action.setCommand(command);
    return action;
  }
}
