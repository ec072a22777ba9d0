package dev.promptls.prompt;

import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Texts to edit and random edits of them: what authors type, and what nobody would.
final class Typing {
  private static final String[] PIECES = {
    "---\n",
    "{{",
    "}}",
    "{{{",
    "}}}",
    "{{{{raw}}}}",
    "{{{{/raw}}}}",
    "{{!--",
    "--}}",
    "--~}}",
    "{{! x }}",
    "{{#each examples}}",
    "{{/each}}",
    "{{#if a}}",
    "{{else}}",
    "{{/if}}",
    "{{^}}",
    "{{#each examples as |e|}}",
    "{{e.q}}",
    "{{this.q}}",
    "{{../x}}",
    "{{@index}}",
    "{{q}}",
    "{{role \"user\"}}",
    "{{role \"model\"}}",
    "{{role \"system\"}}",
    "{{history}}",
    "{{> p}}",
    "{{media url=x}}",
    "{{json q indent=2}}",
    "\\",
    "\\\\",
    "\"",
    "'",
    "[",
    "]",
    "|",
    "~",
    "=",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\n\n\n",
    "---",
    "- ",
    "  ",
    "\t",
    ":",
    "#",
    "### ",
    "**",
    "_",
    "Q: x\nA: y\n\n",
    "Q:",
    "A:",
    "Review: good\nSentiment: positive\n\n",
    "Reasoning: so\n",
    "Input:",
    "Output:",
    "The answer is 7.",
    "#### 7",
    "a -> b\n",
    "x => y\n",
    "->",
    "→",
    "user:\n",
    "assistant:\n",
    "system:\n",
    "\n  - q: new\n    a: 1\n",
    "&a ",
    "*a ",
    "!t ",
    "? ",
    "%",
    "{a: b}",
    "[1, 2]",
    "'it''s'",
    "\"a\\n\"",
    "a",
    "b",
    "7",
    " ",
    ".",
    "word ",
    "\uFEFF",
    "\uD800",
    "\uDC00",
    "😀",
    "é",
    "中文",
    "\u0000",
    "\u0085",
    "\u2028",
    "### Input\n",
    "## Example 3\n",
    "Now you:\n",
    "[Output] ",
    "1. ",
    "```\n",
    "<example>\n",
    "<q>",
    "</q>\n",
    "</example>\n",
    "Q: x A: y\n",
    "| a | b |\n|---|---|\n",
    "| x | |\n",
    "{% for e in examples %}",
    "{{ e.q }}",
    "{% endfor %}",
    "<poml>",
    "</p>",
    "{",
    "}",
    "\"messages\":",
    "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}\n",
    "messages:\n",
    "  - role: user\n    content: x\n",
    "role: ",
    "content: ",
    "...\n",
    "\\u00e9",
    "{ name }}",
    "x }} ",
    "[INST]",
    "sk-proj-Ab3dEf6hIj9kLm2nOp5q",
    "api_key: Zx9Yw8Vu7Ts6Rq5Po4Nm",
    "{{! promptls-ignore secret }}",
    "# promptls-ignore-next-line\n",
  };

  private Typing() {}

  /// The texts of all prompts that the tests have, by name.
  static Map<String, String> texts() {
    Path root = Path.of(System.getProperty("promptls.root", "../.."));
    Map<String, String> texts = new TreeMap<>();
    for (Path folder :
        List.of(root.resolve("server/prompt/src/test/resources"), root.resolve("prompts"))) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Typing::isPrompt).toList()) {
          texts.put(root.relativize(file).toString(), Files.readString(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    texts.putAll(RecognisedTexts.all());
    texts.put("blocks.txt", "Judge.\n\n" + repeat("Q: one %d\nA: two\n\n") + "Q: three\nA:");
    texts.put("arrows.prompt", "Translate.\n" + repeat("sea %d -> mer\n") + "sky ->");
    texts.put("reasons.prompt", repeat("Q%d: 1?\nA: so. The answer is 1.\n---\n") + "Q: 2?\nA:");
    texts.put(
        "turns.prompt",
        "{{role \"system\"}}Be short.\n"
            + repeat("{{role \"user\"}}\nsay %d\n{{role \"model\"}}\nyes\n")
            + "{{role \"user\"}}{{q}}");
    texts.put(
        "loop.prompt",
        "---\nmodel: m\ninput:\n  schema: {q: string}\n  default:\n    examples:\n"
            + repeat("      - q: 'what %d'\n        a: |\n          it\n          is\n")
            + "    n: 1\nconfig: {temperature: 0}\n---\n"
            + "{{#each examples}}\nQ: {{q}}\nA: {{a}}\n\n{{/each}}Q: {{q}}\nA:");
    texts.put(
        "turns.prompt.yml",
        "name: turns\nmessages:\n"
            + repeat(
                """
                  - role: user
                    content: |
                      say %d
                      {{name}}

                  - content: 'it''s %d'
                    role: assistant
                """)
            + "  - {role: user, content: \"{{q}}\"}\ntestData:\n  - name: a\n    q: b\n");
    texts.put(
        "turns.jsonl",
        repeat(
            """
            {"messages": [{"role": "user", "content": "say\\n%d"}, {"role": "assistant", "content": "yes"}]}
            """));
    return texts;
  }

  private static String repeat(String pattern) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      text.append(pattern.replace("%d", Integer.toString(i)));
    }
    return text.toString();
  }

  private static boolean isPrompt(Path file) {
    String name = file.getFileName().toString();
    return Stream.of(".prompt", ".prompty", ".md", ".jsonl", ".txt", ".poml", ".yml", ".yaml")
        .anyMatch(name::endsWith);
  }

  /// An edit somewhere in a text, near to one place most of the time, as when somebody types.
  static TextEdit edit(Random random, String text, int near) {
    int length = text.length();
    int at =
        random.nextInt(4) == 0
            ? random.nextInt(length + 1)
            : Math.clamp(near + random.nextInt(9) - 4, 0, length);
    int most = random.nextInt(20) == 0 ? 2000 : random.nextInt(3) == 0 ? 20 : 2;
    int end = random.nextBoolean() ? at : Math.min(length, at + random.nextInt(most + 1));
    StringBuilder typed = new StringBuilder();
    for (int i = random.nextInt(3); i > 0; i--) {
      typed.append(PIECES[random.nextInt(PIECES.length)]);
    }
    if (random.nextInt(16) == 0) {
      int from = random.nextInt(length + 1);
      typed.append(text, from, Math.min(length, from + random.nextInt(300)));
    }
    return new TextEdit(new Span(at, end), typed.toString());
  }
}
