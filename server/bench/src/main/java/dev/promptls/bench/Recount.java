package dev.promptls.bench;

import dev.promptls.bench.Report.Row;
import dev.promptls.lab.CountedConversation;
import dev.promptls.lab.ModelTokens;
import dev.promptls.lab.models.ModelsSetup;
import dev.promptls.lab.models.Pulling;
import dev.promptls.lab.models.UserModels;
import dev.promptls.lab.run.Conversation;
import dev.promptls.model.ModelException;
import dev.promptls.model.host.ChildCommand;
import dev.promptls.model.settings.UserSettings;
import dev.promptls.model.store.Progress;
import dev.promptls.prompt.Analysis;
import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// What it takes to know the tokens of a prompt of 100,000 tokens again after a letter was typed in
/// it: to read it, to know what would be sent, and to count that.
final class Recount implements Measurement {
  private static final int EXAMPLES = 3_800;
  private static final int ROUNDS = 600;
  private static final int WARM = 100;
  private static final int CHECKED = 40;
  private static final String TYPED = "words";

  /// Hosted, so that its tokenizer needs no file.
  private static final String HOSTED = "gpt-4o";

  private static final RenderOptions OPTIONS =
      RenderOptions.of(Data.input(Map.of("review", "Good.")));

  /// Nothing is brought: what is measured is there.
  private record NoPulling() implements Pulling {
    @Override
    public boolean mayPull(String model, long bytes) {
      return false;
    }

    @Override
    public Progress progress() {
      return Progress.NONE;
    }
  }

  @Override
  public Report measure(TestBed bed) throws ModelException, IOException {
    List<Row> rows = new ArrayList<>();
    ModelsSetup setup =
        new ModelsSetup(
            bed.store(),
            UserSettings.NONE,
            Map.of(),
            "cpu",
            0,
            true,
            new NoPulling(),
            new ChildCommand("dev.promptls.app.Main", "model-host"));
    try (UserModels models = new UserModels(setup)) {
      for (String name : List.of(bed.model().name(), HOSTED)) {
        ModelTokens model = models.chooseForCounting(name, null).awaitTokens();
        for (LargePrompt prompt : List.of(LargePrompt.BLOCKS, LargePrompt.MESSAGES)) {
          rows.add(measure(prompt, model, bed.options().roundsOr(ROUNDS)));
        }
      }
    }
    return new Report(
        "recount",
        rows,
        List.of(
            "From the edit to the tokens of the whole conversation; every %dth count is compared with a full one."
                .formatted(CHECKED)));
  }

  private static Row measure(LargePrompt prompt, ModelTokens model, int rounds)
      throws ModelException {
    String text = prompt.text(EXAMPLES);
    Analysis analysis = Analysis.of(prompt.file(), LineIndex.of(text), null);
    RenderResult rendered = Renderer.render(analysis.file(), OPTIONS);
    long begun = System.nanoTime();
    CountedConversation counted = CountedConversation.of(model, Conversation.of(rendered));
    double whole = (System.nanoTime() - begun) / 1e6;
    Random random = new Random(1);
    List<Double> millis = new ArrayList<>();
    int at = 0;
    for (int i = -WARM; i < rounds; i++) {
      int letter = Math.floorMod(i, TYPED.length() + 1);
      at = letter == 0 ? place(analysis, random) : at;
      TextEdit edit =
          letter < TYPED.length()
              ? new TextEdit(Span.at(at + letter), TYPED.substring(letter, letter + 1))
              : new TextEdit(new Span(at, at + letter), "");
      long start = System.nanoTime();
      Analysis after = analysis.edited(edit);
      RenderResult told = Renderer.after(rendered, analysis.file(), List.of(edit), after.file());
      rendered = Objects.requireNonNullElseGet(told, () -> Renderer.render(after.file(), OPTIONS));
      counted = counted.with(Conversation.of(rendered));
      double took = (System.nanoTime() - start) / 1e6;
      analysis = after;
      if (i >= 0) {
        millis.add(took);
      }
      if (i % CHECKED == 0) {
        int fresh = model.count(Conversation.of(Renderer.render(after.file(), OPTIONS)));
        if (fresh != counted.tokens()) {
          throw new IllegalStateException(fresh + " tokens were counted as " + counted.tokens());
        }
      }
    }
    return new Row(prompt + ", " + model.info().name())
        .with("tokens", counted.tokens())
        .with("whole, ms", whole)
        .with("p50, ms", Figures.median(millis))
        .with("p95, ms", Figures.percentile(millis, 95))
        .with("rounds", millis.size());
  }

  private static int place(Analysis analysis, Random random) {
    String text = analysis.file().text();
    return text.indexOf("room", random.nextInt(text.length() / 2) + text.length() / 3);
  }
}
