package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every range in every reply, in UTF-8, UTF-16 and UTF-32: it lies in the text, between
/// characters, by a reference that counts one by one, and means the same in all three.
class PositionsTest {
  /// Two units, combining marks, joined emoji, a line separator that is none here, half a pair.
  private static final String ODD = "e\u0301 😀 👩‍👩‍👧 日本\u2028𝒳 \uD83D!";

  private static final List<String> INSERTED =
      List.of("😀", "é", "e\u0301", "\uD83D", "\uDE00", "\r", "\r\n", "\u2028", "\t", "{{😀}}");
  private static final Pattern FIXTURE =
      Pattern.compile("\\.(prompt|prompty|poml|jsonl|prompt\\.(yml|md|txt)|agent\\.md)$");
  private static final List<String> BREAKS = List.of("\r\n", "\n", "\r", "\r\n");

  /// About so many places are asked about in each text; all at night.
  private static final int PLACES = Nightly.times("promptls.places", 45, Integer.MAX_VALUE);

  private static final String PARTIAL = "{{! é😀 }}Be 日本 {{tone}}.\r\n";

  @TempDir Path folder;

  private final List<EncodedSession> sessions = new ArrayList<>();
  private final Map<String, String> disk = new LinkedHashMap<>();

  @BeforeEach
  void start() throws IOException {
    Path root = folder.toRealPath();
    write(root.resolve("_part.prompt"), PARTIAL);
    write(root.resolve("other.prompt"), "😀 {{> part tone=\"é\"}} and {{> part}}\r\n");
    write(root.resolve("rows.jsonl"), "{\"input\": {\"review\": \"😀\"}, \"expected\": \"é\"}\n");
    for (String encoding : List.of("utf-16", "utf-8", "utf-32")) {
      sessions.add(new EncodedSession(encoding, uri(root), disk));
    }
  }

  private void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    disk.put(uri(file), text);
  }

  private static String uri(Path path) {
    return path.toUri().toString().replaceFirst("/$", "");
  }

  @AfterEach
  void end() throws IOException {
    for (EncodedSession session : sessions) {
      session.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "few-shot.prompt, promptls",
    "messages.prompt, promptls",
    "broken.prompt, promptls",
    "broken.prompty, prompty",
    "loop.prompt, promptls",
    "judge.prompty, prompty",
    "judge.prompt.yml, promptls-github",
    "judge.prompt.md, promptls-markdown",
    "judge.prompt.txt, promptls-text",
    "chat.jsonl, jsonl",
    "alpaca.json, json",
    "sharegpt.json, json",
    "judge.poml, poml"
  })
  void everyPlaceIsTheSameInAllEncodings(String name, String languageId) throws Exception {
    String uri = uri(folder.toRealPath().resolve(name));
    String text = text(PositionTexts.of(name));
    same("findings", session -> session.open(uri, languageId, text));
    same("results", session -> run(session, "promptls.preview", uri));
    about(uri);
    at(uri);
    colours(uri);
    edits(uri);
  }

  /// The gallery and the fixtures of the readers, with odd characters anywhere.
  @Test
  void oddCharactersMayStandAnywhere() throws IOException {
    Path root = Path.of(System.getProperty("promptls.root", "../.."));
    List<Path> fixtures = new ArrayList<>();
    for (String below : List.of("prompts", "server/prompt/src/test/resources")) {
      try (Stream<Path> all = Files.walk(root.resolve(below))) {
        all.filter(file -> FIXTURE.matcher(file.toString()).find()).sorted().forEach(fixtures::add);
      }
    }
    long seed = Long.getLong("promptls.seed", 20263);
    var random = new Random(seed);
    int rounds = Nightly.times("promptls.fuzz.fixtures", 60, 10_000);
    for (int round = 0; round < rounds; round++) {
      Path fixture = fixtures.get(random.nextInt(fixtures.size()));
      String uri = uri(folder.toRealPath().resolve(round + fixture.getFileName().toString()));
      String text = odder(Files.readString(fixture), random);
      String what = "%s, seed %d, round %d: ".formatted(fixture, seed, round);
      same(what + "findings", session -> session.open(uri, "", text));
      about(uri);
      same(what + "tokens", session -> session.tokens(full(session, uri).get("data"), uri));
      sessions.forEach(session -> session.close(uri));
    }
  }

  private static String odder(String text, Random random) {
    var odd = new StringBuilder(text.substring(0, Math.min(text.length(), 4_000)));
    for (int times = 1 + random.nextInt(12); times > 0; times--) {
      odd.insert(random.nextInt(odd.length() + 1), INSERTED.get(random.nextInt(INSERTED.size())));
    }
    return odd.toString();
  }

  /// With odd characters, and line breaks of all kinds in turn.
  private static String text(String template) {
    var text = new StringBuilder();
    String[] lines = template.replace("¤", ODD).replace("§", "😀").split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      text.append(lines[i]).append(i + 1 < lines.length ? BREAKS.get(i % BREAKS.size()) : "");
    }
    return text.toString();
  }

  private static JsonElement run(EncodedSession session, String command, String uri) {
    var argument = new JsonObject();
    argument.addProperty("uri", uri);
    var arguments = new JsonArray();
    arguments.add(argument);
    var params = new JsonObject();
    params.addProperty("command", command);
    params.add("arguments", arguments);
    return session.places("workspace/executeCommand", params, uri);
  }

  /// What is asked about a whole document.
  private void about(String uri) {
    for (String method :
        List.of("documentSymbol", "foldingRange", "documentLink", "codeLens", "diagnostic")) {
      same(method, session -> session.places("textDocument/" + method, session.about(uri), uri));
    }
    over(uri, "inlayHint", "{}");
    over(uri, "formatting", "{'options': {'tabSize': 2, 'insertSpaces': true}}");
    over(uri, "rangeFormatting", "{'options': {'tabSize': 2, 'insertSpaces': true}}");
    same(
        "workspace/symbol",
        session -> {
          var params = new JsonObject();
          params.addProperty("query", "");
          return session.places("workspace/symbol", params, uri);
        });
  }

  private void over(String uri, String method, String more) {
    same(
        method,
        session ->
            session.places(
                "textDocument/" + method,
                session.over(uri, 0, session.text(uri).length(), more),
                uri));
  }

  /// What is asked about places.
  private void at(String uri) {
    for (int offset : places(uri)) {
      for (String method :
          List.of("hover", "definition", "documentHighlight", "signatureHelp", "prepareRename")) {
        at(uri, offset, method, "{}");
      }
      at(uri, offset, "references", "{'context': {'includeDeclaration': true}}");
      at(uri, offset, "rename", "{'newName': 'renamed'}");
      at(uri, offset, "completion", "{}");
      at(uri, offset, "inlineCompletion", "{'context': {'triggerKind': 1}}");
      same(
          "selectionRange at " + offset,
          session -> {
            JsonObject params = session.at(uri, offset, "{}");
            var positions = new JsonArray();
            positions.add(params.remove("position"));
            params.add("positions", positions);
            return session.places("textDocument/selectionRange", params, uri);
          });
      same("actions at " + offset, session -> actions(session, uri, offset));
    }
  }

  private List<Integer> places(String uri) {
    List<Integer> all = new ReferencePositions(sessions.getFirst().text(uri), "utf-16").offsets();
    int step = Math.max(1, all.size() / PLACES);
    var some = new ArrayList<Integer>();
    for (int i = 0; i < all.size(); i += step) {
      some.add(all.get(i));
    }
    return some;
  }

  private void at(String uri, int offset, String method, String more) {
    same(
        method + " at " + offset,
        session -> session.places("textDocument/" + method, session.at(uri, offset, more), uri));
  }

  /// The actions at a place, resolved.
  private static JsonElement actions(EncodedSession session, String uri, int offset) {
    JsonElement offered =
        session.ask(
            "textDocument/codeAction",
            session.over(uri, offset, offset, "{'context': {'diagnostics': []}}"));
    var all = new JsonArray();
    if (offered instanceof JsonArray actions) {
      for (JsonElement action : actions) {
        JsonElement resolved =
            action.getAsJsonObject().has("data")
                ? session.ask("codeAction/resolve", action.getAsJsonObject())
                : action;
        all.add(session.offsets(resolved, uri));
      }
    }
    return all;
  }

  /// Semantic tokens, of everything and of stretches.
  private void colours(String uri) {
    same("tokens", session -> session.tokens(full(session, uri).get("data"), uri));
    for (int offset : places(uri)) {
      same(
          "tokens from " + offset,
          session -> {
            int end = borderFrom(session.text(uri), offset + 40);
            JsonElement some =
                session.ask(
                    "textDocument/semanticTokens/range", session.over(uri, offset, end, "{}"));
            return session.tokens(some.getAsJsonObject().get("data"), uri);
          });
    }
  }

  private static JsonObject full(EncodedSession session, String uri) {
    return session.ask("textDocument/semanticTokens/full", session.about(uri)).getAsJsonObject();
  }

  private static int borderFrom(String text, int offset) {
    return new ReferencePositions(text, "utf-16")
        .offsets().stream().filter(border -> border >= offset).findFirst().orElseGet(text::length);
  }

  /// Edits with odd characters, and after each what is found and the delta of the tokens.
  private void edits(String uri) {
    var last = new ArrayList<JsonObject>();
    sessions.forEach(session -> last.add(full(session, uri)));
    int round = 0;
    for (int place : places(uri)) {
      String inserted = INSERTED.get(round++ % INSERTED.size());
      int offset = borderFrom(sessions.getFirst().text(uri), place);
      same("findings after " + inserted, s -> s.edit(uri, offset, offset, inserted));
      same(
          "delta after " + inserted,
          session -> {
            int number = sessions.indexOf(session);
            JsonObject now = after(last.get(number), session, uri);
            last.set(number, now);
            return session.tokens(now.get("data"), uri);
          });
    }
  }

  /// Semantic tokens by the difference to earlier ones.
  private static JsonObject after(JsonObject before, EncodedSession session, String uri) {
    JsonObject params = session.about(uri);
    params.add("previousResultId", before.get("resultId"));
    JsonObject now =
        session.ask("textDocument/semanticTokens/full/delta", params).getAsJsonObject();
    if (now.get("edits") instanceof JsonArray edits) {
      now.add("data", Offsets.patched(before.getAsJsonArray("data"), edits));
    }
    return now;
  }

  /// Does the same in each session and compares what is said with what is said in UTF-16.
  private void same(String what, Function<EncodedSession, JsonElement> asked) {
    String expected = null;
    for (EncodedSession session : sessions) {
      try {
        String said = asked.apply(session).toString();
        expected = expected == null ? said : expected;
        assertEquals(expected, said, () -> what + " in " + session);
      } catch (AssertionError wrong) {
        throw new AssertionError(what + " in " + session + ": " + wrong.getMessage(), wrong);
      }
    }
  }
}
