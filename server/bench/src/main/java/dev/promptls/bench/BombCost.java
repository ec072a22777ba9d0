package dev.promptls.bench;

import dev.promptls.bench.Report.Row;
import dev.promptls.bombs.BombTable;
import dev.promptls.bombs.PromptBomb;
import dev.promptls.bombs.TemplateBomb;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How long hostile templates run until they are stopped, and how long hostile prompts are read,
/// checked and rendered.
final class BombCost implements Measurement {
  private static final int ROUNDS = 10;
  private static final int WARM = 3;
  private static final int SHOWN = 12;

  /// What is done with one bomb.
  private record Work(String name, Runnable run) {}

  @Override
  public Report measure(TestBed bed) throws IOException {
    int rounds = bed.options().roundsOr(ROUNDS);
    BombTable<TemplateBomb> templates = BombTable.templates();
    Map<String, Object> variables = templates.variables();
    Handlebars.Options options = Handlebars.Options.plain().withPartials(templates::partial);
    BombTable<PromptBomb> prompts = BombTable.prompts();
    List<Row> rows =
        new ArrayList<>(
            worst(
                "templates",
                templates.bombs().stream().map(bomb -> template(bomb, options, variables)),
                rounds));
    for (boolean told : new boolean[] {true, false}) {
      rows.addAll(
          worst(
              told ? "prompts that are told of" : "prompts that are only long",
              prompts.bombs().stream()
                  .filter(bomb -> bomb.finds().isEmpty() != told)
                  .map(bomb -> prompt(bomb, prompts::partial)),
              rounds));
    }
    return new Report(
        "bombs", rows, List.of("Stopped within 250 ms, with a diagnostic, is asked for."));
  }

  /// The slowest of a kind, and all of it.
  private static List<Row> worst(String kind, Stream<Work> works, int rounds) {
    List<Row> rows = new ArrayList<>();
    List<Double> worst = new ArrayList<>();
    works.forEachOrdered(work -> {
      List<Double> millis = rounds(work.run(), rounds);
      worst.add(Collections.max(millis));
      rows.add(
          new Row(work.name())
              .with("p50, ms", Figures.median(millis))
              .with("max, ms", Collections.max(millis)));
    });
    rows.sort(Comparator.comparingDouble(row -> -row.figures().getOrDefault("max, ms", 0.0)));
    List<Row> shown = new ArrayList<>(rows.subList(0, Math.min(SHOWN, rows.size())));
    shown.add(
        new Row("all " + rows.size() + " " + kind)
            .with("p50, ms", Figures.median(worst))
            .with("max, ms", Collections.max(worst)));
    return shown;
  }

  private static List<Double> rounds(Runnable work, int rounds) {
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

  private static Work template(
      TemplateBomb bomb, Handlebars.Options options, Map<String, Object> variables) {
    String source = bomb.text();
    return new Work(
        bomb.language() + ": " + bomb.name(),
        () -> {
          try {
            var _ = render(bomb.language(), source, options, variables);
          } catch (TemplateException stopped) {
            // Or it is done within its fuel: what counts is how long either takes.
          }
        });
  }

  private static Rendering render(
      String language, String source, Handlebars.Options options, Map<String, Object> variables)
      throws TemplateException {
    return switch (language) {
      case "jinja" -> Jinja.render(source, Jinja.Options.python(), variables, Fuel.DEFAULT);
      case "mustache" -> Mustache.render(source, variables, Fuel.DEFAULT);
      default -> Handlebars.render(source, options, variables, Map.of(), Fuel.DEFAULT);
    };
  }

  private static Work prompt(PromptBomb bomb, PartialResolver partials) {
    String text = bomb.text();
    Surroundings surroundings =
        new Surroundings() {
          @Override
          public @Nullable PartialResolver partials() {
            return partials;
          }
        };
    return new Work(
        bomb.name(),
        () -> {
          Analysis analysis = Analysis.of(bomb.file(), LineIndex.of(text), null);
          analysis.checked(surroundings);
          Renderer.render(analysis.file(), RenderOptions.DEFAULT.withPartials(partials));
        });
  }
}
