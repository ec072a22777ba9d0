package dev.promptls.prompt.convert;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.promptls.prompt.syntax.EditorVariables;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes the formats without blocks, from pieces that are written out already.
final class PlainFiles {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
  private static final Map<String, String> CHAT_ROLES = Map.of("model", "assistant");
  private static final Map<String, String> SHAREGPT_ROLES =
      Map.of("system", "system", "user", "human", "model", "gpt", "tool", "tool");
  private static final Map<String, String> GITHUB_CONFIG =
      Map.of("maxOutputTokens", "maxTokens", "temperature", "temperature", "topP", "topP");

  private static final Pattern GITHUB_VARIABLE = Pattern.compile("\\{\\{[A-Za-z0-9_.-]+}}");

  private final Losses losses;
  private final boolean blanks;

  /// @param blanks whether messages of nothing but white space are messages
  PlainFiles(Losses losses, boolean blanks) {
    this.losses = losses;
    this.blanks = blanks;
  }

  String github(Settings settings, List<Piece> flat) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    DotpromptFile.put(values, "name", settings.name());
    DotpromptFile.put(values, "description", settings.description());
    DotpromptFile.put(values, "model", settings.model());
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    settings
        .config()
        .forEach((key, value) -> {
          String name = GITHUB_CONFIG.get(key);
          if (name == null) {
            losses.add(
                "config." + key, settings.where("config"), "is left out: GitHub does not read it");
          } else {
            parameters.put(name, value);
          }
        });
    DotpromptFile.put(values, "modelParameters", parameters);
    output(settings, values);
    List<Object> messages = new ArrayList<>();
    InputTypes types = InputTypes.of(settings);
    for (Turn turn : Turn.cut(flat, blanks)) {
      Map<String, @Nullable Object> message = new LinkedHashMap<>();
      message.put("role", role(turn, CHAT_ROLES, Set.of("system", "user", "assistant"), "GitHub"));
      tellNewVariables(turn);
      turn.pieces()
          .forEach(piece -> {
            if (piece instanceof Piece.Value(Term term, Span where)) {
              types.tellNested(term, where, "GitHub", losses);
            }
          });
      message.put("content", content(turn, "GitHub", "{{%s}}"));
      messages.add(message);
    }
    values.put("messages", messages);
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    Set<String> used = used(flat);
    settings
        .defaults()
        .forEach((name, value) -> {
          if (used.contains(name)) {
            row.put(name, value);
          }
        });
    if (!row.isEmpty()) {
      values.put("testData", List.of(row));
      losses.add(
          "the defaults of the inputs",
          settings.where("input"),
          "become a row of test data, which takes no part in a run on GitHub");
    }
    if (settings.inputs().stream().anyMatch(input -> !input.schema().isEmpty())) {
      losses.add(
          "the schema of the inputs", settings.where("input"), "is left out: GitHub has none");
    }
    noTools(settings, "GitHub");
    return Yaml.of(values);
  }

  /// There is no way to write two braces plainly.
  private void tellNewVariables(Turn turn) {
    for (Piece piece : turn.pieces()) {
      if (piece instanceof Piece.Text(String text)) {
        GITHUB_VARIABLE
            .matcher(text)
            .results()
            .forEach(variable ->
                losses.add(
                    "the text " + variable.group(), turn.where(), "becomes a variable of GitHub"));
      }
    }
  }

  private void output(Settings settings, Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> schema = settings.outputSchema();
    if (schema != null) {
      Map<String, @Nullable Object> named = new LinkedHashMap<>();
      named.put("name", settings.name().isEmpty() ? "output" : settings.name());
      named.put("strict", true);
      named.put("schema", schema);
      values.put("responseFormat", "json_schema");
      values.put(
          "jsonSchema",
          new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create().toJson(named));
    } else if (settings.outputFormat().equals("json")) {
      values.put("responseFormat", "json_object");
    } else {
      DotpromptFile.put(values, "responseFormat", settings.outputFormat());
    }
  }

  private static Set<String> used(List<Piece> flat) {
    Set<String> used = new LinkedHashSet<>();
    for (Piece piece : flat) {
      if (piece instanceof Piece.Value(Term.Ref(int _, List<String> path), Span _)) {
        used.add(path.getFirst());
      }
    }
    return used;
  }

  String markdown(Settings settings, List<Piece> flat) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    DotpromptFile.put(values, "name", settings.name());
    DotpromptFile.put(values, "description", settings.description());
    DotpromptFile.put(values, "model", settings.model());
    DotpromptFile.put(
        values, "tools", DotpromptFile.toolNames(settings, "a Markdown prompt", losses));
    if (!settings.config().isEmpty()) {
      losses.add(
          "the configuration", settings.where("config"), "is left out: the editor decides it");
    }
    if (!settings.inputs().isEmpty()) {
      losses.add(
          "the declaration of the inputs",
          settings.inputs().getFirst().where(),
          "is left out: Markdown prompts ask for them where they stand");
    }
    if (!settings.outputFormat().isEmpty() || settings.outputSchema() != null) {
      losses.add(
          "the output format", settings.where("output"), "is left out: Markdown prompts have none");
    }
    tellEditorVariables(flat);
    String head = Yaml.frontMatter(values);
    String body = joined(flat, "a Markdown prompt", "${input:%s}");
    // A line of dashes at the top would begin a front matter.
    return (head.isEmpty() && body.startsWith("---") ? "---\n---\n" : head) + body;
  }

  /// There is no way to write a dollar and a brace plainly.
  private void tellEditorVariables(List<Piece> flat) {
    for (Piece piece : flat) {
      if (piece instanceof Piece.Text(String text)) {
        for (EditorVariables.Variable variable :
            EditorVariables.find(text, new Span(0, text.length()))) {
          losses.add(
              "the text " + variable.span().of(text),
              Span.at(0),
              "becomes a variable of the editor");
        }
      }
    }
  }

  String text(Settings settings, List<Piece> flat) {
    if (!settings.isEmpty()) {
      losses.add("the front matter", Span.at(0), "is left out: plain text has none");
    }
    return joined(flat, "plain text", "{{%s}}");
  }

  private String joined(List<Piece> flat, String format, String variable) {
    List<Turn> turns = Turn.cut(flat, blanks);
    if (turns.size() == 1 && turns.getFirst().role().equals("user")) {
      return content(turns.getFirst(), format, variable);
    }
    List<String> texts = new ArrayList<>();
    for (Turn turn : turns) {
      texts.add(content(turn, format, variable).strip());
      losses.add(
          "the role " + turn.role(), turn.where(), "is left out: " + format + " is one message");
    }
    return texts.isEmpty() ? "" : String.join("\n\n", texts) + "\n";
  }

  /// One conversation as a line of JSON.
  String chat(Settings settings, List<Piece> flat, Format format) {
    if (!settings.isEmpty()) {
      losses.add("the front matter", Span.at(0), "is left out: training data has messages only");
    }
    List<Turn> turns = Turn.cut(flat, blanks);
    if (turns.isEmpty()) {
      losses.add("the prompt", Span.at(0), "has no messages, so that there is no row to write");
      return "";
    }
    return switch (format) {
      case SHAREGPT -> shareGpt(turns);
      case ALPACA -> alpaca(turns);
      default -> openai(turns);
    };
  }

  private String openai(List<Turn> turns) {
    List<Object> messages = new ArrayList<>();
    for (Turn turn : turns) {
      Map<String, @Nullable Object> message = new LinkedHashMap<>();
      message.put("role", CHAT_ROLES.getOrDefault(turn.role(), turn.role()));
      message.put("content", content(turn, "OpenAI's format", "{{%s}}"));
      messages.add(message);
    }
    return line("messages", messages);
  }

  private String shareGpt(List<Turn> turns) {
    List<Object> messages = new ArrayList<>();
    for (Turn turn : turns) {
      Map<String, @Nullable Object> message = new LinkedHashMap<>();
      message.put(
          "from", role(turn, SHAREGPT_ROLES, Set.of("system", "human", "gpt", "tool"), "ShareGPT"));
      message.put("value", content(turn, "ShareGPT", "{{%s}}"));
      messages.add(message);
    }
    return line("conversations", messages);
  }

  /// The instruction is the system's text, else the user's; the output is the model's last.
  private String alpaca(List<Turn> turns) {
    List<String> asked = new ArrayList<>();
    String output = "";
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      boolean answers = i + 1 == turns.size() && turn.role().equals("model");
      if (answers) {
        output = content(turn, "Alpaca", "{{%s}}");
      } else {
        asked.add(content(turn, "Alpaca", "{{%s}}"));
        if (turn.role().equals("system")) {
          losses.add("the role system", turn.where(), "is left out: Alpaca has one instruction");
        }
        if (turn.role().equals("tool")) {
          losses.add("the role tool", turn.where(), "is left out: Alpaca has one question");
        }
        if (asked.size() > 1 || turn.role().equals("model")) {
          losses.add(
              "the message of " + turn.role(),
              turn.where(),
              "is joined to the input: Alpaca has one question");
        }
      }
    }
    if (asked.isEmpty()) {
      losses.add("the missing question", Span.at(0), "becomes an empty one: Alpaca needs one");
    }
    if (turns.isEmpty() || !turns.getLast().role().equals("model")) {
      losses.add("the missing answer", Span.at(0), "becomes an empty one: Alpaca needs an output");
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("instruction", asked.isEmpty() ? "" : asked.getFirst());
    row.put("input", String.join("\n\n", asked.subList(Math.min(1, asked.size()), asked.size())));
    row.put("output", output);
    return GSON.toJson(row) + "\n";
  }

  private static String line(String key, List<Object> messages) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put(key, messages);
    return GSON.toJson(row) + "\n";
  }

  private String role(Turn turn, Map<String, String> names, Set<String> known, String format) {
    String name = names.getOrDefault(turn.role(), turn.role());
    if (known.contains(name)) {
      return name;
    }
    boolean system = name.equals("developer");
    String instead = system ? "system" : names.getOrDefault("user", "user");
    losses.add(
        "the role " + turn.role(),
        turn.where(),
        "becomes " + instead + ": " + format + " has no such role");
    return instead;
  }

  private String content(Turn turn, String format, String variable) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : turn.pieces()) {
      switch (piece) {
        case Piece.Text(String some) -> text.append(some);
        case Piece.Value(Term term, Span _) -> text.append(variable.formatted(Term.shown(term)));
        case Piece.Comment(String _, Span where) ->
            losses.add("the comment", where, "is left out: " + format + " has none in messages");
        case Piece.History(String _, Span where) ->
            losses.add("the place of the history", where, "is left out: " + format + " has none");
        case Piece.Section(String name, Span where) ->
            losses.add("the section " + name, where, "is left out: " + format + " has none");
        case Piece.Media(Term url, Term _, Span where) -> {
          losses.add("the media", where, "is left out but for its address: " + format + " is text");
          text.append(
              url instanceof Term.Literal(Object value)
                  ? PlainValues.printed(value)
                  : variable.formatted(Term.shown(url)));
        }
        default -> {}
      }
    }
    return text.toString();
  }

  private void noTools(Settings settings, String format) {
    if (!settings.tools().isEmpty()) {
      losses.add(
          "the list of tools", settings.where("tools"), "is left out: " + format + " has none");
    }
  }
}
