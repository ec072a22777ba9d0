package dev.promptls.lsp.feature;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.lab.Json;
import dev.promptls.lab.ModelTokens;
import dev.promptls.lab.analysis.LabelBalance;
import dev.promptls.lab.analysis.TokenizerTable;
import dev.promptls.lab.run.PreviewResult;
import dev.promptls.lsp.session.Runs;
import dev.promptls.lsp.session.Settings;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.shots.Shots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `promptls.analyse`: what can be found out about a prompt by trying it, by name.
final class Analyses {
  private static final List<Integer> NUMBERS = List.of(0, 1, 2, 4, 8, 16);
  private static final int MOST_NUMBERS = 20;

  private final Runs runs;
  private final Map<String, Analysis> analyses = new LinkedHashMap<>();

  Analyses(Runs runs) {
    this.runs = runs;
    analyses.put("preview", this::preview);
    analyses.put("shots", this::shots);
    analyses.put(
        "labels", (order, _, _) -> LabelBalance.of(Shots.in(order.asked()).examples()).json());
    analyses.put("surprisal", (order, _, _) -> runs.surprisal(order).json());
    analyses.put("tokenizers", Analyses::tokenizers);
  }

  @FunctionalInterface
  private interface Analysis {
    JsonElement of(Runs.Order order, JsonObject options, Moment moment) throws ModelException;
  }

  JsonElement answer(String name, Runs.Order order, JsonObject options, Moment moment)
      throws ModelException {
    Analysis analysis = analyses.get(name);
    if (analysis == null) {
      throw Refusals.invalid(
          "There is no analysis %s; there are %s."
              .formatted(name, String.join(", ", analyses.keySet())));
    }
    return analysis.of(order, options, moment);
  }

  private JsonElement preview(Runs.Order order, JsonObject options, Moment moment)
      throws ModelException {
    String mode = options.get("mode") instanceof JsonPrimitive word ? word.getAsString() : null;
    PreviewResult preview = runs.preview(order, Orders.mode(mode));
    JsonObject json = Json.tree(preview).getAsJsonObject();
    json.addProperty("summary", ResultText.brief(preview, false));
    json.addProperty("n", preview.examples().size());
    return json;
  }

  /// Options: `shots`, the numbers to try.
  private JsonElement shots(Runs.Order order, JsonObject options, Moment moment)
      throws ModelException {
    List<Integer> numbers = NUMBERS;
    if (options.get("shots") instanceof JsonArray given) {
      numbers =
          given.asList().stream()
              .filter(each -> each instanceof JsonPrimitive number && number.isNumber())
              .map(JsonElement::getAsInt)
              .limit(MOST_NUMBERS)
              .toList();
    }
    return runs.shots(order, numbers).json();
  }

  /// Options: `models`, the names of those to count for, beside the document's own and those of the
  /// settings.
  private static JsonElement tokenizers(Runs.Order order, JsonObject options, Moment moment)
      throws ModelException {
    var models = new ArrayList<ModelTokens>();
    moment
        .desk()
        .tokens(order.snapshot(), order.document(), moment.cancellation())
        .ifPresent(models::add);
    var names = new ArrayList<>(order.snapshot().settings().tokenizers());
    if (options.get("models") instanceof JsonArray given) {
      given.asList().stream()
          .filter(each -> each instanceof JsonPrimitive name && name.isString())
          .map(JsonElement::getAsString)
          .filter(Settings::isName)
          .limit(MOST_NUMBERS)
          .forEach(names::add);
    }
    for (String name : names) {
      moment.desk().tokensOf(name, moment.cancellation()).ifPresent(models::add);
    }
    RenderResult rendered = Renderer.render(order.document().file(), order.rendering());
    return TokenizerTable.of(rendered, models).json();
  }
}
