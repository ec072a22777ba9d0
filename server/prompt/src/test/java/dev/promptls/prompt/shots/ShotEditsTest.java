package dev.promptls.prompt.shots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShotEditsTest {
  record Prompt(String title, String name, String text) {
    @Override
    public String toString() {
      return title;
    }
  }

  static List<Prompt> prompts() {
    List<Prompt> prompts = new ArrayList<>();
    prompts.add(prompt("a block list", ShotTexts.LOOP));
    prompts.add(prompt("a list in brackets", ShotTexts.FLOW));
    prompts.add(prompt("block scalars and comments", ShotTexts.SCALARS));
    prompts.add(prompt("messages", ShotTexts.MESSAGES));
    prompts.add(prompt("messages after one without a role", ShotTexts.IMPLIED));
    prompts.add(prompt("blocks", ShotTexts.BLOCKS));
    prompts.add(prompt("numbered blocks", ShotTexts.NUMBERED));
    prompts.add(prompt("three labels and rules", ShotTexts.RULED));
    prompts.add(prompt("arrows", ShotTexts.ARROWS));
    prompts.add(prompt("reasoning in blocks", ShotTexts.REASONED));
    prompts.add(prompt("reasoning in messages", ShotTexts.REASONED_MESSAGES));
    prompts.add(new Prompt("Prompty", "a.prompty", ShotTexts.PROMPTY));
    prompts.add(new Prompt("GitHub", "a.prompt.yml", ShotTexts.GITHUB));
    prompts.add(new Prompt("GitHub in brackets", "a.prompt.yml", ShotTexts.GITHUB_FLOW));
    prompts.add(new Prompt("a chat of JSON", "a.jsonl", ShotTexts.JSON));
    prompts.add(new Prompt("blocks in a string of YAML", "a.prompt.yml", CodedTexts.YAML_STRING));
    prompts.add(new Prompt("blocks in a string of JSON", "a.jsonl", CodedTexts.JSON_STRING));
    prompts.add(new Prompt("records of chats", "a.jsonl", CodedTexts.CHATS));
    prompts.add(new Prompt("a list of records", "a.json", CodedTexts.CHAT_LIST));
    prompts.add(prompt("tags", ShotTexts.TAGGED));
    prompts.add(prompt("headings", ShotTexts.HEADED));
    prompts.add(prompt("a table", ShotTexts.TABLE));
    for (Prompt prompt : List.copyOf(prompts)) {
      prompts.add(
          new Prompt(prompt.title + ", CRLF", prompt.name, prompt.text.replace("\n", "\r\n")));
    }
    return prompts;
  }

  private static Prompt prompt(String title, String text) {
    return new Prompt(title, "a.prompt", text);
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void takingAnAddedExampleAwayGivesTheTextAsItWas(Prompt prompt) {
    ShotEdits before = edits(prompt, prompt.text);
    for (int at = 0; at <= before.count(); at++) {
      String added = apply(prompt.text, before.addPlaceholder(at));
      assertEquals(before.count() + 1, edits(prompt, added).count());
      assertEquals(prompt.text, apply(added, edits(prompt, added).remove(at)));
    }
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void anExampleAddedIsReadBack(Prompt prompt) {
    ShotEdits before = edits(prompt, prompt.text);
    Row row = filled(before.rows().getFirst(), "some words");
    for (int at = 0; at <= before.count(); at++) {
      List<Row> wanted = new ArrayList<>(before.rows());
      wanted.add(at, row);
      String added = apply(prompt.text, before.add(at, row));
      assertEquals(normal(wanted), normal(edits(prompt, added).rows()));
    }
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void anOrderAndItsInverseGiveTheTextAsItWas(Prompt prompt) {
    for (int seed = 0; seed < 10; seed++) {
      ShotEdits before = edits(prompt, prompt.text);
      List<Integer> order = new ArrayList<>(IntStream.range(0, before.count()).boxed().toList());
      Collections.shuffle(order, new Random(seed));
      String ordered = apply(prompt.text, before.keep(order));
      List<Row> wanted = order.stream().map(index -> before.rows().get(index)).toList();
      assertEquals(normal(wanted), normal(edits(prompt, ordered).rows()));
      List<Integer> inverse = new ArrayList<>(order);
      for (int i = 0; i < order.size(); i++) {
        inverse.set(order.get(i), i);
      }
      assertEquals(prompt.text, apply(ordered, edits(prompt, ordered).keep(inverse)));
    }
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void everySubsetIsReadBack(Prompt prompt) {
    ShotEdits before = edits(prompt, prompt.text);
    for (int bits = 0; bits < 1 << before.count(); bits++) {
      int set = bits;
      List<Integer> kept =
          IntStream.range(0, before.count()).filter(i -> (set & 1 << i) != 0).boxed().toList();
      String left = apply(prompt.text, before.keep(kept));
      List<Row> wanted = kept.stream().map(index -> before.rows().get(index)).toList();
      List<Row> found = edits(prompt, left).rows();
      if (!(kept.size() <= 1 && found.isEmpty())) {
        assertEquals(normal(wanted), normal(found));
      }
      for (Row row : before.rows()) {
        boolean stays = wanted.contains(row);
        assertTrue(stays || !left.contains(row.inputs().firstEntry().getValue()), row.toString());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void anyValueIsWrittenSafelyOrRefusedInASentence(Prompt prompt) {
    Random random = new Random(7);
    ShotEdits before = edits(prompt, prompt.text);
    for (int i = 0; i < 60; i++) {
      Row row = random(before.rows().getFirst(), random);
      int at = random.nextInt(before.count() + 1);
      switch (before.add(at, row)) {
        case ShotEdit.Refused(String sentence) -> assertTrue(sentence.endsWith("."), sentence);
        case ShotEdit.Change change -> {
          String added = apply(prompt.text, change);
          List<Row> wanted = new ArrayList<>(before.rows());
          wanted.add(at, row);
          assertEquals(normal(wanted), normal(edits(prompt, added).rows()));
          assertEquals(prompt.text, apply(added, edits(prompt, added).remove(at)));
        }
      }
    }
  }

  @Test
  void listsTakeEveryText() {
    Random random = new Random(11);
    for (Prompt prompt : prompts().subList(0, 2)) {
      for (int i = 0; i < 300; i++) {
        ShotEdits before = edits(prompt, prompt.text);
        Row row = random(before.rows().getFirst(), random);
        String added = apply(prompt.text, before.add(before.count(), row));
        assertEquals(row.normal(), edits(prompt, added).rows().getLast().normal());
      }
    }
  }

  @Test
  void shufflingIsTheSameForTheSameSeed() {
    Prompt prompt = prompt("", ShotTexts.BLOCKS);
    ShotEdits edits = edits(prompt, prompt.text);
    assertEquals(edits.shuffle(3), edits.shuffle(3));
    assertTrue(
        IntStream.range(0, 20).mapToObj(edits::shuffle).distinct().count() > 3,
        "seeds give different orders");
  }

  @Test
  void shufflingNeverLeavesAllWhereTheyAre() {
    Prompt two = prompt("", "Q: 1\nA: one\n\nQ: 2\nA: two\n\nQ: 3\nA:");
    ShotEdits edits = edits(two, two.text);
    for (int seed = 0; seed < 20; seed++) {
      assertTrue(apply(two.text, edits.shuffle(seed)).startsWith("Q: 2\nA: two\n\nQ: 1\n"));
    }
  }

  @Test
  void balancingLeavesAsManyOfEachAsThereAreOfTheRarest() {
    Prompt prompt = prompt("", ShotTexts.UNBALANCED);
    String balanced = apply(prompt.text, edits(prompt, prompt.text).balance());
    List<String> answers = edits(prompt, balanced).rows().stream().map(Row::output).toList();
    assertEquals(List.of("good", "good", "bad", "bad"), answers);
    assertEquals(List.of(), change(edits(prompt, balanced).balance()).edits());
  }

  @Test
  void answersThatAreNoLabelsAreNotBalanced() {
    Prompt prompt = prompt("", ShotTexts.MESSAGES.replace("negative", "dreadful"));
    String text = prompt.text.replaceFirst("positive", "great").replaceFirst("positive", "fine");
    ShotEdit edit = edits(prompt, text).balance();
    assertInstanceOf(ShotEdit.Refused.class, edit);
  }

  @Test
  void whatWouldBreakTheShapeIsRefused() {
    Prompt prompt = prompt("", ShotTexts.BLOCKS);
    ShotEdits edits = edits(prompt, prompt.text);
    for (String value :
        List.of("a\n\nQ: b\nA: c", "a\nA: b", "", " ", "one\n\ntwo", "{{x}}", "Q: a\nQ: b")) {
      Row row = new Row(map("Q", "why", "A", ""), value, null);
      assertInstanceOf(ShotEdit.Refused.class, edits.add(1, row), value);
    }
  }

  @Test
  void aPromptWithoutExamplesRefuses() {
    Prompt prompt = prompt("", "Hello {{name}}\n");
    ShotEdits edits = edits(prompt, prompt.text);
    assertInstanceOf(ShotEdit.Refused.class, edits.addPlaceholder(0));
    assertInstanceOf(ShotEdit.Refused.class, edits.shuffle(1));
    assertInstanceOf(ShotEdit.Refused.class, edits.balance());
  }

  @Test
  void anEmptyListTakesAFirstExample() {
    Prompt prompt = prompt("", ShotTexts.EMPTY);
    String added = apply(prompt.text, edits(prompt, prompt.text).addPlaceholder(0));
    assertEquals(1, edits(prompt, added).count());
    assertEquals(prompt.text, apply(added, edits(prompt, added).remove(0)));
  }

  @Test
  void duplicatesMayChangePlaces() {
    Prompt prompt = prompt("", "Q: a\nA: b\n\nQ: a\nA: b\n\nQ: c\nA: d\n\nQ: ");
    String moved = apply(prompt.text, edits(prompt, prompt.text).move(2, 0));
    assertEquals("Q: c\nA: d\n\nQ: a\nA: b\n\nQ: a\nA: b\n\nQ: ", moved);
  }

  @Test
  void tenThousandExamplesAreShuffled() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      text.append("Q: question ").append(i).append("\nA: answer ").append(i).append("\n\n");
    }
    Prompt prompt = prompt("", text + "Q: last\nA:");
    String shuffled = apply(prompt.text, edits(prompt, prompt.text).shuffle(1));
    assertEquals(10_000, edits(prompt, shuffled).count());
    assertFalse(shuffled.startsWith("Q: question 0\n"));
  }

  private static Row filled(Row like, String value) {
    SequencedMap<String, String> inputs = new LinkedHashMap<>();
    like.inputs().forEach((name, old) -> inputs.put(name, value + " for " + name));
    return new Row(inputs, "told", like.reasoning() == null ? null : "because of it.");
  }

  private static Row random(Row like, Random random) {
    SequencedMap<String, String> inputs = new LinkedHashMap<>();
    like.inputs().forEach((name, old) -> inputs.put(name, HardValues.some(random)));
    String output = HardValues.some(random);
    return new Row(inputs, output, like.reasoning() == null ? null : "because of it.");
  }

  private static SequencedMap<String, String> map(String... pairs) {
    SequencedMap<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private static List<Map.Entry<List<String>, String>> normal(List<Row> rows) {
    return rows.stream()
        .map(Row::normal)
        .map(row -> Map.entry(List.copyOf(row.inputs().values()), row.output() + row.reasoning()))
        .toList();
  }

  private static ShotEdits edits(Prompt prompt, String text) {
    return ShotEdits.of(PromptReader.read(prompt.name, text));
  }

  private static ShotEdit.Change change(ShotEdit edit) {
    return switch (edit) {
      case ShotEdit.Change change -> change;
      case ShotEdit.Refused(String sentence) -> throw new AssertionError(sentence);
    };
  }

  private static String apply(String text, ShotEdit edit) {
    return Edits.apply(text, change(edit).edits());
  }
}
