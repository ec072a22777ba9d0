package dev.promptls.lsp.feature;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.Results;
import dev.promptls.lsp.session.Settings;
import dev.promptls.lsp.session.TokenCounts;
import dev.promptls.prompt.shots.AskMode;
import dev.promptls.prompt.shots.DataExamples;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;
import org.jspecify.annotations.Nullable;

/// `textDocument/codeLens`: run the prompt, run an example, and what they cost.
public final class CodeLensFeature implements Feature<CodeLensParams> {
  @Override
  public List<CodeLens> answer(CodeLensParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    if (document == null || document.text().isBlank() || !document.holdsPrompts()) {
      return List.of();
    }
    Places places = moment.snapshot().places(document);
    Results results = moment.snapshot().results(document);
    Settings settings = moment.snapshot().settings();
    var lenses = new ArrayList<CodeLens>();
    Span top = Span.at(0);
    if (settings.runLens()) {
      var run = results.run();
      String title = run == null ? "▶ Run" : "▶ Run " + ResultText.brief(run.result(), run.stale());
      lenses.add(new CodeLens(places.range(top), RunCommands.run(title, document), null));
    }
    if (settings.tokenLens()) {
      lenses.add(new CodeLens(places.range(top), null, data(document, null)));
    }
    if (settings.runLens() && hasExamples(document)) {
      var preview = results.preview();
      String title =
          preview == null
              ? "▶ Preview examples"
              : "▶ Preview examples " + ResultText.brief(preview.result(), preview.stale());
      lenses.add(
          new CodeLens(
              places.range(top), RunCommands.on(title, "promptls.preview", document), null));
    }
    for (Example example : document.shots().examples()) {
      Span start = Span.at(example.range().start());
      if (settings.runLens()) {
        var answer = results.of(example);
        String title =
            answer == null
                ? "▶ Run this example"
                : "▶ Run this example " + ResultText.brief(answer.result(), answer.stale());
        lenses.add(
            new CodeLens(
                places.range(start), RunCommands.runExample(title, document, example), null));
      }
      if (settings.tokenLens()) {
        lenses.add(new CodeLens(places.range(start), null, data(document, example)));
      }
    }
    return lenses;
  }

  /// Whether a prompt has examples, or rows that become some.
  static boolean hasExamples(Document document) {
    return !document.shots().examples().isEmpty() || DataExamples.file(document.file()) != null;
  }

  /// `codeLens/resolve`: counts the tokens, which may have to wait for a tokenizer.
  public static CodeLens resolve(CodeLens lens, Moment moment) {
    if (lens.getCommand() == null && lens.getData() instanceof JsonObject data) {
      lens.setCommand(new Command(title(data, moment), ""));
    }
    return lens;
  }

  private static String title(JsonObject data, Moment moment) {
    Document document =
        data.get("uri") instanceof JsonPrimitive uri
            ? moment.snapshot().documents().get(uri.getAsString())
            : null;
    if (document == null) {
      return "";
    }
    TokenCounts counts = moment.counts(document);
    if (!(data.get("example") instanceof JsonPrimitive index)) {
      return Shares.whole(counts) + beside(document, moment);
    }
    List<Example> examples = document.shots().examples();
    return index.getAsInt() < 0 || index.getAsInt() >= examples.size()
        ? ""
        : Shares.number(counts.of(examples.get(index.getAsInt()).text()), counts) + " tokens";
  }

  private static String beside(Document document, Moment moment) {
    return moment.countsBeside(document).stream()
        .map(other -> " · %s %s".formatted(other.modelName(), Shares.number(other.prompt(), other)))
        .collect(Collectors.joining());
  }

  private static JsonObject data(Document document, @Nullable Example example) {
    var data = new JsonObject();
    data.addProperty("uri", document.uri());
    if (example != null) {
      data.addProperty("example", example.index());
    }
    return data;
  }

  /// The commands behind lenses and code actions.
  static final class RunCommands {
    private RunCommands() {}

    static Command run(String title, Document document) {
      return command(title, "promptls.run", data(document, null));
    }

    static Command runExample(String title, Document document, Example example) {
      var argument = data(document, null);
      argument.addProperty("index", example.index());
      return command(title, "promptls.runExample", argument);
    }

    static Command on(String title, String command, Document document) {
      return command(title, command, data(document, null));
    }

    static Command analyse(String title, String analysis, Document document) {
      var argument = data(document, null);
      argument.addProperty("analysis", analysis);
      return command(title, "promptls.analyse", argument);
    }

    static Command leaveOneOut(String title, Document document) {
      var argument = data(document, null);
      argument.addProperty("mode", AskMode.LEAVE_ONE_OUT.word());
      return command(title, "promptls.preview", argument);
    }

    private static Command command(String title, String name, JsonObject argument) {
      var arguments = new JsonArray();
      arguments.add(argument);
      return new Command(title, name, List.copyOf(arguments.asList()));
    }
  }
}
