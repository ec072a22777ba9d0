package dev.promptls.lsp.feature;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.lab.Json;
import dev.promptls.lab.run.RenderDocument;
import dev.promptls.lab.run.RunOptions;
import dev.promptls.lsp.ServerHost;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.Runs;
import dev.promptls.lsp.session.Session;
import dev.promptls.lsp.session.Settings;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.shots.AskMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.jspecify.annotations.Nullable;

/// `workspace/executeCommand`: each command takes one JSON object and answers with JSON.
public final class Commands implements Feature<JsonElement> {
  private final Session session;
  private final Runs runs;
  private final ServerHost host;
  private final Analyses analyses;
  private final Map<String, Command> commands = new LinkedHashMap<>();

  public Commands(Session session, Runs runs, ServerHost host) {
    this.session = session;
    this.runs = runs;
    this.host = host;
    this.analyses = new Analyses(runs);
    commands.put("promptls.run", call -> Json.tree(runs.run(order(call))));
    commands.put("promptls.runExample", this::runExample);
    commands.put("promptls.preview", this::preview);
    commands.put("promptls.analyse", this::analyse);
    commands.put("promptls.render", this::render);
    commands.put("promptls.stop", call -> new JsonPrimitive(runs.stop(call.text("uri"))));
    commands.put("promptls.clearResults", this::clearResults);
    commands.put("promptls.selectModel", this::selectModel);
    commands.put("promptls.setActiveInput", this::setActiveInput);
    commands.put("promptls.convert", this::convert);
    commands.put("promptls.insertTemplate", this::insertTemplate);
  }

  /// Their names.
  public List<String> names() {
    return List.copyOf(commands.keySet());
  }

  @Override
  public JsonElement answer(JsonElement params, Moment moment) throws ModelException {
    if (!(params instanceof JsonObject object)
        || !(object.get("command") instanceof JsonPrimitive name)) {
      throw Refusals.invalid("executeCommand needs the name of a command.");
    }
    Command command = commands.get(name.getAsString());
    if (command == null) {
      throw Refusals.invalid(
          "There is no command %s; there are %s."
              .formatted(name.getAsString(), String.join(", ", commands.keySet())));
    }
    JsonElement argument =
        object.get("arguments") instanceof JsonArray arguments && !arguments.isEmpty()
            ? arguments.get(0)
            : new JsonObject();
    if (!(argument instanceof JsonObject fields)) {
      throw Refusals.invalid(name.getAsString() + " takes one JSON object.");
    }
    var tokens = new Runs.Tokens(object.get("workDoneToken"), object.get("partialResultToken"));
    return command.answer(new Call(fields, tokens, moment, host));
  }

  @FunctionalInterface
  private interface Command {
    JsonElement answer(Call call) throws ModelException;
  }

  /// One call of a command.
  private record Call(JsonObject fields, Runs.Tokens tokens, Moment moment, ServerHost host) {
    @Nullable String text(String name) {
      JsonPrimitive value = primitive(name, JsonPrimitive::isString, "a text");
      return value == null ? null : value.getAsString();
    }

    String needed(String name) {
      String value = text(name);
      if (value == null) {
        throw Refusals.invalid("The argument needs a text '%s'.".formatted(name));
      }
      return value;
    }

    @Nullable Double number(String name) {
      JsonPrimitive value = primitive(name, JsonPrimitive::isNumber, "a number");
      return value == null ? null : (Double) value.getAsDouble();
    }

    JsonObject object(String name) {
      JsonElement value = field(name);
      if (value != null && !(value instanceof JsonObject)) {
        throw misfit(name, "an object");
      }
      return value == null ? new JsonObject() : value.getAsJsonObject();
    }

    private @Nullable JsonPrimitive primitive(
        String name, Predicate<JsonPrimitive> fits, String wanted) {
      JsonElement value = field(name);
      if (value == null) {
        return null;
      }
      if (!(value instanceof JsonPrimitive primitive) || !fits.test(primitive)) {
        throw misfit(name, wanted);
      }
      return primitive;
    }

    /// A field of the argument; null if it is not there or null.
    private @Nullable JsonElement field(String name) {
      JsonElement value = fields.get(name);
      return value == null || value.isJsonNull() ? null : value;
    }

    private static ResponseErrorException misfit(String name, String wanted) {
      return Refusals.invalid("The argument's '%s' must be %s.".formatted(name, wanted));
    }

    /// Where the cursor is; the beginning if that is not told.
    Position position() {
      JsonObject position = object("position");
      return new Position(coordinate(position, "line"), coordinate(position, "character"));
    }

    private static int coordinate(JsonObject position, String name) {
      JsonElement value = position.get(name);
      if (value == null) {
        return 0;
      }
      if (!(value instanceof JsonPrimitive number)
          || !number.isNumber()
          || number.getAsDouble() < 0) {
        throw misfit("position." + name, "a number from 0");
      }
      return number.getAsInt();
    }

    Document document() {
      String uri = needed("uri");
      Document document = moment.snapshot().documents().get(uri);
      if (document == null) {
        throw Refusals.invalid("There is no open document of this URI: open it first.");
      }
      return document;
    }

    /// How the document is rendered: with the chosen input, and that of the call over it.
    RenderOptions rendering() throws ModelException {
      return Orders.rendering(document(), moment.snapshot(), host, object("input"));
    }
  }

  private static Runs.Order order(Call call) throws ModelException {
    Double maxTokens = call.number("maxTokens");
    Double seed = call.number("seed");
    var options =
        new RunOptions(
            maxTokens == null ? null : (Integer) Math.max(1, maxTokens.intValue()),
            call.number("temperature"),
            seed == null ? null : (Long) seed.longValue(),
            RunOptions.DEFAULT.lane());
    return new Runs.Order(
        call.document(),
        call.moment().snapshot(),
        call.rendering(),
        options,
        call.tokens(),
        call.moment().cancellation());
  }

  private JsonElement runExample(Call call) throws ModelException {
    Double index = call.number("index");
    if (index == null) {
      throw Refusals.invalid("The argument needs the 'index' of an example, counted from 0.");
    }
    return Json.tree(runs.runExample(order(call), index.intValue()));
  }

  private JsonElement preview(Call call) throws ModelException {
    AskMode mode = Orders.mode(call.text("mode"));
    return Json.tree(runs.preview(order(call), mode));
  }

  private JsonElement analyse(Call call) throws ModelException {
    return analyses.answer(
        call.needed("analysis"), order(call), call.object("options"), call.moment());
  }

  private JsonElement render(Call call) throws ModelException {
    Document document = call.document();
    RenderResult rendered = Renderer.render(document.file(), call.rendering());
    if (rendered.failed()) {
      throw new ModelException(rendered.problems().getFirst().message());
    }
    var tokens =
        call.moment()
            .desk()
            .tokens(call.moment().snapshot(), document, call.moment().cancellation());
    try {
      return tokens.isPresent()
          ? RenderDocument.of(rendered, tokens.get())
          : RenderDocument.of(rendered);
    } catch (ModelException unsendable) {
      // Shown all the same: media and tools are rendered always.
      return RenderDocument.of(rendered);
    }
  }

  private JsonElement clearResults(Call call) {
    session.forgetResults(call.text("uri"));
    return JsonNull.INSTANCE;
  }

  /// Without a name: what there is to choose from, `{models: [{name, what, contextWindow}]}`.
  private JsonElement selectModel(Call call) throws ModelException {
    String model = call.text("model");
    if (model == null) {
      var choice = new JsonObject();
      choice.add("models", Json.tree(host.offeredModels()));
      return choice;
    }
    if (!Settings.isName(model)) {
      throw Refusals.invalid(
          "promptls.selectModel takes the name of an installed or configured model, not a path.");
    }
    var handle = call.moment().desk().named(model);
    JsonElement info = host.modelInfo(handle.name());
    session.update(snapshot -> snapshot.selecting(model));
    call.moment().desk().follow(session.snapshot().settings(), session.snapshot());
    session.refresh();
    return info;
  }

  private JsonElement setActiveInput(Call call) {
    session.setActiveInput(call.document().uri(), call.object("input"));
    session.refresh();
    return JsonNull.INSTANCE;
  }

  /// With `create: true` the editor is asked to make a file of the text, beside the document.
  private JsonElement convert(Call call) throws ModelException {
    String to = call.needed("to");
    JsonObject answer = Conversions.answer(call.document(), to, call.moment().snapshot());
    if (call.fields().get("create") instanceof JsonPrimitive create && create.getAsBoolean()) {
      JsonObject edit = Conversions.beside(call.document(), to, answer);
      JsonElement applied =
          session.client().request("workspace/applyEdit", edit, JsonElement.class).join();
      answer.add("applied", applied);
    }
    return answer;
  }

  /// Without a name: what there is to choose from.
  private JsonElement insertTemplate(Call call) {
    var templates = new Templates(host.gallery());
    String name = call.text("template");
    return name == null
        ? templates.list()
        : templates.insert(name, call.document(), call.position(), session.client());
  }
}
