package dev.promptls.prompt.shots;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;

/// Prompts with examples, grown from a seed: every shape in the formats that have it, with line
/// ends, indentation, separators and quotes of all kinds. What the examples say is known.
record GrownShots(String name, String text, Shape shape, List<Row> rows) {
  private static final List<String> WORDS =
      List.of(
          "great film",
          "a bore",
          "it rained",
          "日本の映画",
          "\uD83D\uDE00 \uD83D\uDC4D\uD83C\uDFFD",
          "C'est fini.",
          "50 % off",
          "\"quoted\" words",
          "tea, milk & sugar",
          "x < y",
          "3",
          "yes",
          "no #tag",
          "a - b",
          "(really?)",
          "1. first",
          "C:\\temp",
          "naïve café",
          "end.",
          "why not?");

  private static final List<String> ANSWERS =
      List.of("positive", "negative", "neutral", "\uD83D\uDC4D", "très bien", "42");

  private static final List<List<String>> LABELS =
      List.of(
          List.of("Q", "A"),
          List.of("Input", "Output"),
          List.of("Review", "Sentiment"),
          List.of("Text", "Label"),
          List.of("Frage", "Antwort"));

  /// The prompt of a seed.
  static GrownShots of(long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    int count = 2 + random.nextInt(5);
    List<String> labels = LABELS.get(random.nextInt(LABELS.size()));
    GrownShots grown =
        switch (random.nextInt(7)) {
          case 0, 1 -> blocks(random, labels, rows, count);
          case 2 -> turns(random, rows, count);
          case 3 -> prompty(random, rows, count);
          case 4 -> github(random, rows, count);
          case 5 -> chat(random, rows, count);
          default -> loop(random, labels, rows, count);
        };
    String text = grown.text;
    if (random.nextInt(3) == 0) {
      text = text.substring(0, text.length() - 1);
    }
    if (random.nextInt(3) == 0) {
      text = text.replace("\n", "\r\n");
    }
    return new GrownShots(grown.name, text, grown.shape, rows);
  }

  private static String pick(Random random, List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static String words(Random random) {
    return pick(random, WORDS) + (random.nextBoolean() ? "" : " " + pick(random, WORDS));
  }

  private static Row row(Random random, List<Row> rows, String input, String answer) {
    SequencedMap<String, String> inputs = new LinkedHashMap<>();
    inputs.put(input, words(random));
    Row row = new Row(inputs, answer, null);
    rows.add(row);
    return row;
  }

  private static String answer(Random random) {
    return pick(random, ANSWERS.subList(0, 2 + random.nextInt(4)));
  }

  private static String said(Row row) {
    return row.inputs().firstEntry().getValue();
  }

  private static String front(Random random, String more) {
    return random.nextBoolean() && more.isEmpty() ? "" : "---\nmodel: x\n" + more + "---\n";
  }

  private static GrownShots blocks(Random random, List<String> labels, List<Row> rows, int count) {
    String between = pick(random, List.of("\n", "\n\n", "---\n", "\n---\n\n", "###\n"));
    String colon = pick(random, List.of(": ", ":\n", ":  ", " : "));
    String bold = pick(random, List.of("", "", "**"));
    StringBuilder text =
        new StringBuilder(pick(random, List.of("", "Answer.\n\n", "# Task\n\nBe brief.\n\n")));
    for (int i = 0; i < count; i++) {
      Row row = row(random, rows, labels.getFirst(), answer(random));
      text.append(bold)
          .append(labels.get(0))
          .append(bold)
          .append(colon)
          .append(said(row))
          .append('\n');
      text.append(bold)
          .append(labels.get(1))
          .append(bold)
          .append(colon)
          .append(row.output())
          .append('\n');
      text.append(between);
    }
    text.append(bold).append(labels.get(0)).append(bold).append(colon).append("{{query}}\n");
    text.append(bold).append(labels.get(1)).append(bold).append(colon.stripTrailing()).append('\n');
    String name = pick(random, List.of("a.prompt", "a.prompt", "a.txt"));
    String front = name.equals("a.prompt") ? front(random, "") : "";
    return new GrownShots(name, front + text, Shape.BLOCKS, rows);
  }

  private static GrownShots turns(Random random, List<Row> rows, int count) {
    String open =
        pick(
            random,
            List.of(
                "{{role \"user\"}}\n",
                "{{role \"user\"~}}\n",
                "{{role \"user\"}}",
                "{{ role 'user' }}\n"));
    StringBuilder text = new StringBuilder(front(random, ""));
    if (random.nextBoolean()) {
      text.append("{{role \"system\"}}\nBe brief.\n");
    }
    for (int i = 0; i < count; i++) {
      Row row = row(random, rows, "user", answer(random));
      text.append(open).append(said(row)).append('\n');
      text.append(open.replace("user", "model")).append(row.output()).append('\n');
    }
    return new GrownShots("a.prompt", text + open + "{{query}}\n", Shape.MESSAGES, rows);
  }

  private static GrownShots prompty(Random random, List<Row> rows, int count) {
    String gap = pick(random, List.of("", "\n"));
    StringBuilder text = new StringBuilder("---\nname: x\n---\nsystem:\nBe brief.\n" + gap);
    for (int i = 0; i < count; i++) {
      Row row = row(random, rows, "user", answer(random));
      text.append("user:\n").append(said(row)).append('\n').append(gap);
      text.append("assistant:\n").append(row.output()).append('\n').append(gap);
    }
    return new GrownShots("a.prompty", text + "user:\n{{query}}\n", Shape.MESSAGES, rows);
  }

  private static GrownShots github(Random random, List<Row> rows, int count) {
    String indent = pick(random, List.of("", "  ", "    "));
    int quotes = random.nextInt(3);
    StringBuilder text = new StringBuilder("name: x\nmessages:\n");
    for (int i = 0; i < count; i++) {
      Row row = row(random, rows, "user", answer(random));
      text.append(item(indent, "user", said(row), quotes));
      text.append(item(indent, "assistant", row.output(), quotes));
    }
    text.append(item(indent, "user", "{{query}}", 0));
    return new GrownShots("a.prompt.yml", text.toString(), Shape.MESSAGES, rows);
  }

  private static String item(String indent, String role, String said, int quotes) {
    String content =
        switch (quotes) {
          case 0 -> json(said);
          case 1 -> "'" + said.replace("'", "''") + "'";
          default -> "|-\n" + indent + "    " + said;
        };
    return indent + "- role: " + role + "\n" + indent + "  content: " + content + "\n";
  }

  private static String json(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static GrownShots chat(Random random, List<Row> rows, int count) {
    String gap = random.nextBoolean() ? "" : " ";
    StringBuilder text = new StringBuilder("{\"messages\":" + gap + "[");
    for (int i = 0; i < count; i++) {
      Row row = row(random, rows, "user", answer(random));
      text.append(turn("user", said(row), gap)).append("," + gap);
      text.append(turn("assistant", row.output(), gap)).append("," + gap);
    }
    text.append(turn("user", "and now?", gap)).append("]}\n");
    return new GrownShots("a.jsonl", text.toString(), Shape.MESSAGES, rows);
  }

  private static String turn(String role, String said, String gap) {
    return "{\"role\":" + gap + json(role) + "," + gap + "\"content\":" + gap + json(said) + "}";
  }

  private static GrownShots loop(Random random, List<String> labels, List<Row> rows, int count) {
    String indent = pick(random, List.of("", "  ", "    "));
    boolean flow = random.nextInt(3) == 0;
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Row row = row(random, rows, "query", answer(random));
      String first = "query: " + json(said(row));
      String second = "label: " + json(row.output());
      list.append("    ").append(indent).append(flow ? "- {" : "- ").append(first);
      list.append(flow ? ", " : "\n    " + indent + "  ")
          .append(second)
          .append(flow ? "}\n" : "\n");
    }
    String gap = random.nextBoolean() ? "\n" : "";
    boolean messages = random.nextInt(3) == 0;
    String body =
        messages
            ? "{{role \"user\"}}\n{{query}}\n{{role \"model\"}}\n{{label}}\n"
            : labels.get(0) + ": {{query}}\n" + labels.get(1) + ": {{label}}\n" + gap;
    String query =
        messages
            ? "{{role \"user\"}}\n{{query}}\n"
            : labels.get(0) + ": {{query}}\n" + labels.get(1) + ":\n";
    String front = "---\ninput:\n  default:\n    examples:\n" + list + "---\n";
    return new GrownShots(
        "a.prompt",
        front + "{{#each examples}}\n" + body + "{{/each}}\n" + query,
        Shape.LOOP,
        rows);
  }
}
