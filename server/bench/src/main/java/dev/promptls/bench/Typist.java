package dev.promptls.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Somebody who types words inside the examples of one large document, at random places, and
/// removes them again; and the editor around it, which asks after each keystroke.
final class Typist {
  private static final String URI = "file:///large.prompt";
  private static final String TYPED = "words";
  private static final String BEFORE = "room";

  /// Lines that are seen at a time.
  private static final int SCREEN = 50;

  private final LanguageServer server;
  private final String encoding;
  private final String text;
  private final Random random = new Random(1);
  private int version = 1;
  private String tokensId = "";

  // Where the cursor is.
  private int line;
  private int column;
  private int typed;

  /// Opens the document.
  ///
  /// @param encoding what a column counts, as the client has agreed
  Typist(LanguageServer server, String text, String encoding) throws IOException {
    this.server = server;
    this.text = text;
    this.encoding = encoding;
    server.openDocument(URI, text);
  }

  /// What an editor asks after a keystroke.
  enum Question {
    COMPLETION("textDocument/completion"),
    HOVER("textDocument/hover"),
    TOKENS("textDocument/semanticTokens/full/delta"),
    HINTS("textDocument/inlayHint");

    private final String method;

    Question(String method) {
      this.method = method;
    }

    @Override
    public String toString() {
      return method.substring(method.indexOf('/') + 1);
    }
  }

  /// Waits for the findings of the latest text.
  void awaitFindings() throws IOException {
    server.awaitFindings(URI, version);
  }

  /// One keystroke: a letter of a word, or what removes the word.
  void type() throws IOException {
    if (typed == TYPED.length()) {
      change(column - typed, column, "");
      typed = 0;
      move();
    } else {
      if (version == 1) {
        move();
      }
      change(column, column, TYPED.substring(typed, typed + 1));
      column++;
      typed++;
    }
  }

  private void move() {
    int at = text.indexOf(BEFORE, random.nextInt(text.length() / 2) + text.length() / 3);
    line = (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    column = width(text.substring(text.lastIndexOf('\n', at) + 1, at));
  }

  private int width(String part) {
    return switch (encoding) {
      case "utf-8" -> part.getBytes(StandardCharsets.UTF_8).length;
      case "utf-32" -> part.codePointCount(0, part.length());
      default -> part.length();
    };
  }

  private void change(int from, int to, String replacement) throws IOException {
    server.changeDocument(
        URI, ++version, Map.of("start", place(line, from), "end", place(line, to)), replacement);
  }

  /// The answer to a question at the cursor.
  JsonElement ask(Question question) throws IOException {
    return heard(question, server.ask(question.method, parameters(question)));
  }

  /// Asks some questions at once.
  ///
  /// @return for each of them how long the answer took, in ms
  Map<Question, Double> askAll(List<Question> questions) throws IOException {
    Map<Integer, Question> open = new HashMap<>();
    Map<Question, Double> took = new HashMap<>();
    long start = System.nanoTime();
    for (Question question : questions) {
      open.put(server.request(question.method, parameters(question)), question);
    }
    while (!open.isEmpty()) {
      JsonObject message = server.next();
      Question answered = message.has("method") ? null : open.remove(message.get("id").getAsInt());
      if (answered != null) {
        took.put(answered, (System.nanoTime() - start) / 1e6);
        var _ = heard(answered, message.get("result"));
      }
    }
    return took;
  }

  private JsonElement heard(Question question, JsonElement answer) {
    if (question == Question.TOKENS && answer instanceof JsonObject tokens) {
      tokensId = tokens.get("resultId").getAsString();
    }
    return answer;
  }

  private Map<String, Object> parameters(Question question) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("textDocument", Map.of("uri", URI));
    switch (question) {
      case COMPLETION, HOVER -> parameters.put("position", place(line, column));
      case TOKENS -> parameters.put("previousResultId", tokensId);
      case HINTS ->
          parameters.put(
              "range",
              Map.of("start", place(line - SCREEN / 2, 0), "end", place(line + SCREEN / 2, 0)));
    }
    return parameters;
  }

  private static Map<String, Integer> place(int line, int character) {
    return Map.of("line", line, "character", character);
  }

  /// Types and asks one question after each keystroke, once the findings of the one before are
  /// known.
  ///
  /// @return from the keystroke to the answer, in ms
  List<Double> times(Question question, int keystrokes) throws IOException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < keystrokes; i++) {
      long start = System.nanoTime();
      type();
      var _ = ask(question);
      millis.add((System.nanoTime() - start) / 1e6);
      awaitFindings();
    }
    return millis;
  }

  /// @return from the keystroke to its findings, in ms
  List<Double> findingTimes(int keystrokes) throws IOException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < keystrokes; i++) {
      long start = System.nanoTime();
      type();
      awaitFindings();
      millis.add((System.nanoTime() - start) / 1e6);
    }
    return millis;
  }
}
