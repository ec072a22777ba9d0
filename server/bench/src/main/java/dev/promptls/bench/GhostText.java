package dev.promptls.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.bench.Report.Row;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenIds;
import dev.promptls.model.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How long ghost text takes beyond the debounce: a document of 1,000 tokens, in which somebody
/// writes a word and stops, and the whole answer as it comes over LSP.
final class GhostText implements Measurement {
  private static final int TOKENS = 1000;
  private static final int ROUNDS = 40;
  private static final int DEBOUNCE_MILLIS = 120;

  /// `InlineCompletionTriggerKind.Automatic`.
  private static final int AUTOMATIC = 2;

  private static final String URI = "file:///ghost.prompt";

  /// A text that grows, in one document of the server.
  private static final class Writer {
    private final LanguageServer server;
    private final StringBuilder text;
    private int version = 1;

    Writer(LanguageServer server, String text) throws IOException {
      this.server = server;
      this.text = new StringBuilder(text);
      server.openDocument(URI, text);
    }

    void write(String word) throws IOException {
      text.append(' ').append(word);
      server.changeDocument(URI, ++version, text.toString());
    }

    /// What the server suggests at the end; empty if nothing.
    String suggested() throws IOException {
      int line = (int) text.chars().filter(c -> c == '\n').count();
      int character = text.length() - (text.lastIndexOf("\n") + 1);
      JsonElement answer =
          server.ask(
              "textDocument/inlineCompletion",
              Map.of(
                  "textDocument",
                  Map.of("uri", URI),
                  "position",
                  Map.of("line", line, "character", character),
                  "context",
                  Map.of("triggerKind", AUTOMATIC)));
      return answer instanceof JsonObject list && !list.getAsJsonArray("items").isEmpty()
          ? list.getAsJsonArray("items").get(0).getAsJsonObject().get("insertText").getAsString()
          : "";
    }
  }

  @Override
  public Report measure(TestBed bed) throws ModelException, IOException {
    List<Row> rows = new ArrayList<>();
    for (int threads : bed.options().threads()) {
      Map<String, ?> settings =
          Map.of(
              "model",
              bed.model().name(),
              "inlineCompletion",
              Map.of("debounceMillis", DEBOUNCE_MILLIS));
      try (LanguageServer server =
          LanguageServer.open(
              bed.root(), List.of("--threads", Integer.toString(threads)), settings)) {
        rows.add(measure(bed, server, "%d thread%s".formatted(threads, threads == 1 ? "" : "s")));
      }
    }
    return new Report(
        "ghost",
        rows,
        List.of(
            "Milliseconds from the request to the whole answer, less the debounce of %d ms; 1,000 tokens before the cursor, all but the last word of them seen before. Left out: answers without a word, and those remembered from the answer before."
                .formatted(DEBOUNCE_MILLIS)));
  }

  /// Somebody writes in a document of its own.
  ///
  /// @return beyond the debounce, in ms
  static Row measure(TestBed bed, LanguageServer server, String name)
      throws ModelException, IOException {
    Tokenizer tokenizer = bed.tokenizer();
    TokenIds prose = tokenizer.encode(TestBed.prose());
    Writer writer = new Writer(server, tokenizer.decode(prose.slice(0, TOKENS)).strip());
    String[] words = TestBed.prose().split("\\W+", -1);
    List<Double> millis = new ArrayList<>();
    List<Double> lengths = new ArrayList<>();
    int leftOut = 0;
    int rounds = bed.options().roundsOr(ROUNDS);
    // The first loads the model and reads the text.
    var _ = writer.suggested();
    for (int round = 1; round <= rounds; round++) {
      // Words from elsewhere: what goes on as suggested would be answered without the model.
      writer.write(words[words.length - 7 * round]);
      long begun = System.nanoTime();
      String suggested = writer.suggested();
      double took = (System.nanoTime() - begun) / 1e6 - DEBOUNCE_MILLIS;
      if (took < 0 || suggested.chars().noneMatch(Character::isLetter)) {
        leftOut++;
      } else {
        millis.add(took);
        lengths.add((double) tokenizer.count(suggested));
      }
      bed.say("round %d of %d: %.0f ms for «%s»".formatted(round, rounds, took, suggested));
    }
    return new Row(name)
        .with("p50, ms", Figures.median(millis))
        .with("p95, ms", Figures.percentile(millis, 95))
        .with("tokens an answer", Figures.mean(lengths))
        .with("answers", millis.size())
        .with("left out", leftOut);
  }
}
