package dev.promptls.prompt.shots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.Seeds;
import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What holds of every change of examples, tried on prompts that are grown from seeds.
class ShotLawsTest {
  private static final int PROMPTS = Boolean.getBoolean("promptls.nightly") ? 20_000 : 300;

  /// What is tried on a prompt.
  private interface Law {
    void hold(Grown prompt, Random random) throws Exception;
  }

  /// A prompt and the text that changes have made of it.
  private record Grown(GrownShots shots, String text) {
    Grown {
      boolean crlf = shots.text().contains("\r\n");
      assertFalse(
          crlf ? text.matches("(?s).*(?<!\r)\n.*") : text.contains("\r"), "Line ends have changed");
      assertEquals(shots.text().endsWith("\n"), text.endsWith("\n"), "The last line end");
    }

    PromptFile file() {
      return PromptReader.read(shots.name(), text);
    }

    ShotEdits edits() {
      return ShotEdits.of(file());
    }

    List<Example> examples() {
      return Shots.in(file()).examples();
    }

    Grown after(ShotEdit edit) {
      return switch (edit) {
        case ShotEdit.Change change -> new Grown(shots, Edits.apply(text, change.edits()));
        case ShotEdit.Refused(String sentence) -> throw new AssertionError(sentence);
      };
    }

    List<Map.Entry<String, String>> messages(Map<String, ? extends @Nullable Object> rows) {
      Map<String, @Nullable Object> input = new LinkedHashMap<>(rows);
      input.put("query", "and this?");
      return Renderer.render(file(), RenderOptions.of(Data.input(input))).messages().stream()
          .map(message -> Map.entry(message.role(), message.text()))
          .toList();
    }

    List<Map.Entry<String, String>> messages() {
      return messages(Map.of());
    }
  }

  private static void each(Law law) {
    long first = Seeds.first();
    for (long seed = first; seed < first + PROMPTS; seed++) {
      GrownShots shots = GrownShots.of(seed);
      try {
        law.hold(new Grown(shots, shots.text()), new Random(seed));
      } catch (AssertionError | Exception e) {
        throw new AssertionError("Seed " + seed + ":\n" + shots.text(), e);
      }
    }
  }

  @Test
  void examplesSayWhatWasWritten() {
    each((prompt, random) -> {
      assertEquals(prompt.shots().shape(), prompt.edits().shape());
      assertEquals(said(prompt.shots().rows()), said(prompt.edits().rows()));
    });
  }

  @Test
  void takingOneAwayLeavesTheOthersAsTheyAreAndItCanComeBack() {
    each((prompt, random) -> {
      List<Example> before = prompt.examples();
      int gone = random.nextInt(before.size());
      Grown less = prompt.after(prompt.edits().remove(gone));
      List<String> texts = new ArrayList<>(before.stream().map(Example::text).toList());
      texts.remove(gone);
      assertEquals(texts, less.examples().stream().map(Example::text).toList());
      Grown back = less.after(less.edits().add(gone, Row.of(before.get(gone))));
      assertEquals(prompt.messages(), back.messages());
    });
  }

  @Test
  void anOrderTakesNothingAndAddsNothing() {
    each((prompt, random) -> {
      Grown shuffled = prompt.after(prompt.edits().shuffle(random.nextLong()));
      assertEquals(
          said(prompt.edits().rows()).stream().sorted().toList(),
          said(shuffled.edits().rows()).stream().sorted().toList());
      assertEquals(letters(prompt.text()), letters(shuffled.text()));
      int from = random.nextInt(prompt.examples().size());
      int to = random.nextInt(prompt.examples().size());
      Grown moved = prompt.after(prompt.edits().move(from, to));
      assertEquals(prompt.text(), moved.after(moved.edits().move(to, from)).text());
    });
  }

  @Test
  void balancedAnswersAreEquallyMany() {
    each((prompt, random) -> {
      if (prompt.edits().balance() instanceof ShotEdit.Change change) {
        Map<String, Long> answers =
            prompt.after(change).examples().stream()
                .collect(Collectors.groupingBy(Example::output, Collectors.counting()));
        assertEquals(1, answers.values().stream().distinct().count(), answers.toString());
      }
    });
  }

  @Test
  void rowsOfADataFileSayTheSameAndSoDoTheyBackInThePrompt() {
    each((prompt, random) -> {
      if (!prompt.shots().name().equals("a.prompt")) {
        return;
      }
      ShotEdits.Extracted extracted = prompt.edits().extract("rows.jsonl");
      Grown bare = prompt.after(extracted.edit());
      Map<String, @Nullable Object> rows =
          DataExamples.input(bare.file(), path -> extracted.rows());
      assertEquals(stripped(prompt.messages()), stripped(bare.messages(rows)));
      Grown back = bare.after(bare.edits().inline(DataRows.read("x.jsonl", extracted.rows())));
      assertEquals(stripped(prompt.messages()), stripped(back.messages()));
    });
  }

  @Test
  void anotherShapeAndBackKeepsWhatTheExamplesSay() {
    each((prompt, random) -> {
      for (Shape shape : List.of(Shape.LOOP, Shape.MESSAGES, Shape.BLOCKS)) {
        if (shape != prompt.shots().shape() && prompt.shots().name().equals("a.prompt")) {
          Grown other = prompt.after(prompt.edits().convert(shape));
          assertEquals(shape, other.edits().shape());
          assertEquals(said(prompt.shots().rows()), said(other.edits().rows()));
          Grown back = other.after(other.edits().convert(prompt.shots().shape()));
          assertEquals(said(prompt.shots().rows()), said(back.edits().rows()));
        }
      }
    });
  }

  @Test
  void aFormatWithoutLoopsSaysSo() {
    each((prompt, random) -> {
      if (!prompt.shots().name().equals("a.prompt")) {
        ShotEdit edit = prompt.edits().convert(Shape.LOOP);
        String sentence = assertInstanceOf(ShotEdit.Refused.class, edit).sentence();
        assertTrue(sentence.startsWith("Only dotprompt has a loop"), sentence);
      }
    });
  }

  private static List<String> said(List<Row> rows) {
    return rows.stream()
        .map(Row::normal)
        .map(row -> row.inputs().values() + " -> " + row.output() + row.reasoning())
        .toList();
  }

  private static Map<Integer, Long> letters(String text) {
    return text.chars()
        .boxed()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static List<Map.Entry<String, String>> stripped(
      List<Map.Entry<String, String>> messages) {
    return messages.stream()
        .map(message -> Map.entry(message.getKey(), message.getValue().strip()))
        .toList();
  }
}
