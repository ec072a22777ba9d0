package dev.promptls.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.bench.Report.Row;
import dev.promptls.lab.Json;
import dev.promptls.template.Fuel;
import dev.promptls.template.Handlebars;
import dev.promptls.template.Jinja;
import dev.promptls.template.Mustache;
import dev.promptls.template.Rendering;
import dev.promptls.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How long hostile templates run until they are stopped.
final class BombCost implements Measurement {
  private static final Path BOMBS = Path.of("server/template/src/test/resources/bombs.json");
  private static final int ROUNDS = 10;
  private static final int WARM = 3;
  private static final int SHOWN = 12;

  @Override
  public Report measure(TestBed bed) throws IOException {
    JsonObject file = Json.parse(Files.readString(bed.root().resolve(BOMBS))).getAsJsonObject();
    Map<String, String> partials =
        file.getAsJsonObject("partials").asMap().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> text(e.getValue())));
    List<Row> rows = new ArrayList<>();
    List<Double> worst = new ArrayList<>();
    for (JsonElement each : file.getAsJsonArray("bombs")) {
      JsonObject bomb = each.getAsJsonObject();
      String language = bomb.get("language").getAsString();
      String source = text(bomb.get("template"));
      List<Double> millis = new ArrayList<>();
      for (int i = -WARM; i < bed.options().roundsOr(ROUNDS); i++) {
        double took = stopped(language, source, partials);
        if (i >= 0) {
          millis.add(took);
        }
      }
      worst.add(Collections.max(millis));
      rows.add(
          new Row(language + ": " + bomb.get("name").getAsString())
              .with("p50, ms", Figures.median(millis))
              .with("max, ms", Collections.max(millis)));
    }
    rows.sort(Comparator.comparingDouble(row -> -row.figures().getOrDefault("max, ms", 0.0)));
    List<Row> shown = new ArrayList<>(rows.subList(0, Math.min(SHOWN, rows.size())));
    shown.add(
        new Row("all " + rows.size())
            .with("p50, ms", Figures.median(worst))
            .with("max, ms", Collections.max(worst)));
    return new Report("bombs", shown, List.of("Stopped within 250 ms is asked for."));
  }

  private static double stopped(String language, String source, Map<String, String> partials) {
    long start = System.nanoTime();
    try {
      render(language, source, partials);
      throw new IllegalStateException("Nothing stopped " + source + ".");
    } catch (TemplateException stopped) {
      return (System.nanoTime() - start) / 1e6;
    }
  }

  private static Rendering render(String language, String source, Map<String, String> partials)
      throws TemplateException {
    Map<String, Object> variables = Map.of("l", Collections.nCopies(1_000, "item"), "n", 0L);
    return switch (language) {
      case "jinja" -> Jinja.render(source, Jinja.Options.python(), variables, Fuel.DEFAULT);
      case "mustache" -> Mustache.render(source, variables, Fuel.DEFAULT);
      default ->
          Handlebars.render(
              source,
              Handlebars.Options.plain().withPartials(partials::get),
              variables,
              Map.of(),
              Fuel.DEFAULT);
    };
  }

  /// `[1000, "x"]` stands for a thousand times `x`.
  private static String text(JsonElement parts) {
    StringBuilder text = new StringBuilder();
    for (JsonElement part : parts.getAsJsonArray()) {
      if (part instanceof JsonArray repeated) {
        text.repeat(repeated.get(1).getAsString(), repeated.get(0).getAsInt());
      } else {
        text.append(part.getAsString());
      }
    }
    return text.toString();
  }
}
