package dev.promptls.prompt.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JsonLinesReaderTest {
  private static final String OPENAI =
      """
      {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Say \\"hi\\"\\n\\u00e4\\ud83d\\ude00!"}, {"role": "assistant", "content": "hi"}]}

      {"messages": [{"role": "user", "content": [{"type": "text", "text": "What "}, {"type": "image_url", "image_url": {"url": "cat.png"}}, {"type": "text", "text": "is\\tthis?"}]}, {"role": "assistant", "content": null, "tool_calls": [{"id": "1"}]}, {"role": "tool", "tool_call_id": "1", "content": "a cat"}], "tools": []}
      """;

  @Test
  void eachLineIsAConversation() {
    PromptFile file = PromptReader.read("a.jsonl", OPENAI);
    assertEquals(Format.OPENAI, file.format());
    assertEquals(List.of(), file.problems());
    assertEquals(
        List.of(
            "0 system Be brief.",
            "0 user Say \"hi\"\nä😀!",
            "0 assistant hi",
            "1 user What is\tthis?",
            "1 assistant ",
            "1 tool a cat"),
        said(file));
    assertEquals("cat.png", file.links().getFirst().span().of(OPENAI));
    assertExact(file);
  }

  @Test
  void shareGptSpeakersAreKnownByTheirUsualNames() {
    String text =
        """
        {"id": 1, "conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}]}
        {"system": "s", "conversations": [{"role": "user", "content": "c"}, {"from": "narrator", "value": "d"}]}
        """;
    PromptFile file = PromptReader.read("a.jsonl", text);
    assertEquals(Format.SHAREGPT, file.format());
    assertEquals(
        List.of("0 user a", "0 assistant b", "1 system s", "1 user c", "1 narrator d"), said(file));
    Span speaker = Objects.requireNonNull(file.messages().getFirst().roleSpan());
    assertEquals("human", speaker.of(text));
    assertExact(file);
  }

  @Test
  void alpacaJoinsInstructionAndInput() {
    String text =
        """
        [
          {
            "instruction": "Add.\\n",
            "input": "1 + 1",
            "output": "2"
          },
          {"input": "", "instruction": "Sing.", "output": "La", "system": "You sing.", "history": [["x", "y"]]}
        ]
        """;
    PromptFile file = PromptReader.read("alpaca_data.json", text);
    assertEquals(Format.ALPACA, file.format());
    assertEquals(List.of(), file.problems());
    assertEquals(
        List.of(
            "0 user Add.\n\n\n1 + 1",
            "0 assistant 2",
            "1 system You sing.",
            "1 user x",
            "1 assistant y",
            "1 user Sing.",
            "1 assistant La"),
        said(file));
    MessageNode first = file.messages().getFirst();
    int sum = first.said(text).indexOf("1 + 1");
    assertEquals("1 + 1", first.source(new Span(sum, sum + 5)).of(text));
    assertExact(file);
  }

  @Test
  void aRequestOverManyLinesIsOneConversation() {
    String text =
        """
        {
          "model": "gpt-4o",
          "messages": [
            {"role": "user", "content": "Hi"}
          ]
        }
        """;
    PromptFile file = PromptReader.read("request.json", text);
    assertEquals(Format.OPENAI, file.format());
    assertEquals(List.of("0 user Hi"), said(file));
  }

  @Test
  void aBadLineCostsNoOther() {
    String text =
        """
        {"messages": [{"role": "user", "content": "a"}]}
        {"messages": [{"role": "user", "content": "b"}, {"role": "assistant", "content": "c]}
        nonsense
        5
        {"messages": [{"role": "user", "content": "d"}]} x
        {"messages": [{"role": "user", "content": "e"}]}
        """;
    PromptFile file = PromptReader.read("a.jsonl", text);
    assertEquals(
        List.of("0 user a", "1 user b", "4 user d", "5 user e"),
        said(file).stream().filter(line -> !line.endsWith(" ")).toList());
    assertEquals(
        List.of("1 invalid-json", "2 invalid-json", "3 wrong-type", "4 invalid-json"),
        file.problems().stream()
            .map(p -> file.lines().line(p.span().start()) + " " + p.code())
            .toList());
  }

  @Test
  void aBadRecordOfAListCostsNoOther() {
    String text =
        """
        [
          {"instruction": "a", "output": "b"},
          {"instruction": "c" "output": "d"},
          {"instruction": "e", "output": "f"}
        ]
        """;
    PromptFile file = PromptReader.read("a.json", text);
    assertEquals(
        List.of("0 user a", "0 assistant b", "1 user c", "2 user e", "2 assistant f"), said(file));
    assertEquals(1, file.problems().size());
  }

  @Test
  void whatARecordLacksIsSaidWhereItLacksIt() {
    String text =
        """
        {"messages": []}
        {"messages": {}}
        {"message": []}
        {"messages": [{"content": "a"}, {"role": "user"}, {"role": "user", "content": 5}, 6]}
        {"messages": [{"role": "user", "content": [{"text": 1}]}]}
        """;
    assertEquals(
        List.of(
            "empty-conversation []",
            "wrong-type {}",
            "missing-field {\"message\": []}",
            "missing-role {\"content\": \"a\"}",
            "missing-content {\"role\": \"user\"}",
            "wrong-type 5",
            "wrong-type 6",
            "wrong-type {\"text\": 1}"),
        PromptReader.read("a.jsonl", text).problems().stream()
            .map(problem -> problem.code() + " " + problem.span().of(text))
            .toList());
  }

  @Test
  void manyProblemsAreToldOnce() {
    PromptFile file = PromptReader.read("a.jsonl", "{\"messages\": []}\n".repeat(5000));
    assertEquals(1001, file.problems().size());
    assertEquals("too-many-problems", file.problems().getLast().code());
  }

  @Test
  void recordsOfAnotherKindAreOnlyCheckedToBeJson() {
    String text = "{\"input\": {\"a\": 1}, \"expected\": 2}\n{\"input\"\n5\n";
    PromptFile file = PromptReader.read("rows.jsonl", text);
    assertEquals(List.of("invalid-json"), file.problems().stream().map(Problem::code).toList());
    String message = file.problems().getFirst().message();
    assertTrue(message.startsWith("This is not JSON: ") && !message.contains("["), message);
    assertEquals(List.of(), file.messages());
  }

  @Test
  void oddFilesHaveATree() {
    for (String text :
        List.of(
            "",
            "\uFEFF{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}\r\n",
            "{",
            "[",
            "[".repeat(100_000),
            "{\"messages\":".repeat(50_000),
            "{\"messages\": [" + "[".repeat(1000) + "\n",
            "\"" + "\\".repeat(100_001),
            "{\"messages\": [{\"role\": \"user\", \"content\": \"\\ud800\"}]}")) {
      PromptFile file = PromptReader.read("a.jsonl", text);
      assertEquals(text, file.text());
      assertExact(file);
    }
  }

  @Test
  void tenMegabytesAreRead() {
    String line =
        "{\"messages\": [{\"role\": \"user\", \"content\": \"How are\\nyou?\"}, {\"role\":"
            + " \"assistant\", \"content\": \"Fine, thanks.\"}]}\n";
    PromptFile file = PromptReader.read("a.jsonl", line.repeat(10_000_000 / line.length()));
    assertEquals(List.of(), file.problems());
    assertTrue(file.messages().size() > 100_000);
  }

  private static List<String> said(PromptFile file) {
    return file.messages().stream()
        .map(message -> message.row() + " " + message.role() + " " + message.said(file.text()))
        .toList();
  }

  /// Every piece that says itself stands in the source as it is said.
  private static void assertExact(PromptFile file) {
    for (MessageNode message : file.messages()) {
      assertTrue(message.span().contains(message.content()), message.toString());
      Decoded coding = message.coding();
      if (coding == null) {
        continue;
      }
      for (Decoded.Piece piece : coding.pieces()) {
        String source = piece.source().shift(message.content().start()).of(file.text());
        if (piece.literal()) {
          assertEquals(piece.decoded().of(coding.text()), source);
        }
      }
    }
  }
}
