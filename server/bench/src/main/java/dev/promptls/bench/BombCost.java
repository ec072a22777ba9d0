package dev.promptls.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.bench.Report.Row;
import dev.promptls.lab.Json;
import dev.promptls.prompt.Analysis;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.template.Fuel;
import dev.promptls.template.Rendering;
import dev.promptls.template.TemplateException;
import dev.promptls.template.handlebars.Handlebars;
import dev.promptls.template.jinja.Jinja;
import dev.promptls.template.mustache.Mustache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How long hostile templates run until they are stopped, and how long hostile prompts are read,
/// checked and rendered.
final class BombCost implements Measurement {
  private static final Path TEMPLATES = Path.of("server/template/src/test/resources/bombs.json");
  private static final Path PROMPTS = Path.of("server/prompt/src/test/resources/bombs.json");
  private static final int ROUNDS = 10;
  private static final int WARM = 3;
  private static final int SHOWN = 12;

  /// What is done with one bomb.
  private interface Work {
    void run();
  }

  /// What to do with a bomb of a table.
  private interface Fuse {
    Work of(JsonObject bomb, BombTexts texts);
  }

  @Override
  public Report measure(TestBed bed) throws IOException {
    List<Row> rows = new ArrayList<>(worst(bed, "templates", TEMPLATES, BombCost::template));
    rows.addAll(worst(bed, "prompts", PROMPTS, BombCost::prompt));
    return new Report("bombs", rows, List.of("Stopped within 250 ms is asked for."));
  }

  /// The slowest of a table, and all of it.
  private static List<Row> worst(TestBed bed, String kind, Path table, Fuse fuse)
      throws IOException {
    JsonObject file = Json.parse(Files.readString(bed.root().resolve(table))).getAsJsonObject();
    BombTexts texts = new BombTexts(file);
    List<Row> rows = new ArrayList<>();
    List<Double> worst = new ArrayList<>();
    for (JsonElement each : file.getAsJsonArray("bombs")) {
      JsonObject bomb = each.getAsJsonObject();
      List<Double> millis = rounds(fuse.of(bomb, texts), bed.options().roundsOr(ROUNDS));
      worst.add(Collections.max(millis));
      JsonElement language = bomb.get("language");
      String prefix = language == null ? "" : language.getAsString() + ": ";
      rows.add(
          new Row(prefix + bomb.get("name").getAsString())
              .with("p50, ms", Figures.median(millis))
              .with("max, ms", Collections.max(millis)));
    }
    rows.sort(Comparator.comparingDouble(row -> -row.figures().getOrDefault("max, ms", 0.0)));
    List<Row> shown = new ArrayList<>(rows.subList(0, Math.min(SHOWN, rows.size())));
    shown.add(
        new Row("all " + rows.size() + " " + kind)
            .with("p50, ms", Figures.median(worst))
            .with("max, ms", Collections.max(worst)));
    return shown;
  }

  private static List<Double> rounds(Work work, int rounds) {
    List<Double> millis = new ArrayList<>();
    for (int i = -WARM; i < rounds; i++) {
      if (i == 0) {
        // What others left behind is not this one's cost.
        System.gc();
      }
      long start = System.nanoTime();
      work.run();
      if (i >= 0) {
        millis.add((System.nanoTime() - start) / 1e6);
      }
    }
    return millis;
  }

  private static Work template(JsonObject bomb, BombTexts texts) {
    String language = bomb.get("language").getAsString();
    String source = BombTexts.text(bomb.get("template"));
    return () -> {
      try {
        var _ = render(language, source, texts);
      } catch (TemplateException stopped) {
        // Or it is done within its fuel: what counts is how long either takes.
      }
    };
  }

  private static Rendering render(String language, String source, BombTexts texts)
      throws TemplateException {
    Map<String, Object> variables = Map.of("l", Collections.nCopies(1_000, "item"), "n", 0L);
    return switch (language) {
      case "jinja" -> Jinja.render(source, Jinja.Options.python(), variables, Fuel.DEFAULT);
      case "mustache" -> Mustache.render(source, variables, Fuel.DEFAULT);
      default ->
          Handlebars.render(
              source,
              Handlebars.Options.plain().withPartials(texts::partial),
              variables,
              Map.of(),
              Fuel.DEFAULT);
    };
  }

  private static Work prompt(JsonObject bomb, BombTexts texts) {
    String name = bomb.get("file").getAsString();
    String text = BombTexts.text(bomb.get("text"));
    PartialResolver partials = texts::partial;
    Surroundings surroundings =
        new Surroundings() {
          @Override
          public @Nullable PartialResolver partials() {
            return partials;
          }
        };
    return () -> {
      Analysis analysis = Analysis.of(name, LineIndex.of(text), null);
      analysis.checked(surroundings);
      Renderer.render(analysis.file(), RenderOptions.DEFAULT.withPartials(partials));
    };
  }
}
