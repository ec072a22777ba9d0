package dev.promptls.model.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StopStringsTest {
  @Test
  void findsAStopStringAcrossPieces() {
    StopStrings stops = new StopStrings(List.of("END"));
    assertEquals("a", stops.add("aE"));
    assertEquals("", stops.add("N"));
    assertEquals("", stops.add("Dmore"));
    assertTrue(stops.stopped());
  }

  @Test
  void givesBackWhatOnlyLookedLikeAStopString() {
    StopStrings stops = new StopStrings(List.of("END"));
    assertEquals("", stops.add("EN"));
    assertEquals("ENT", stops.add("T"));
    assertEquals("", stops.add("EN"));
    assertEquals("EN", stops.flush());
    assertFalse(stops.stopped());
  }

  @Test
  void aStopStringMayBeginInsideAnotherThatFails() {
    StopStrings stops = new StopStrings(List.of("aac", "abc"));
    assertEquals("", stops.add("aa"));
    assertEquals("a", stops.add("bcd"));
    assertTrue(stops.stopped());
  }

  @Test
  void noStopStringsAndEmptyOnesHoldNothingBack() {
    assertEquals("text", new StopStrings(List.of()).add("text"));
    assertEquals("text", new StopStrings(List.of("")).add("text"));
  }

  @Test
  void agreesWithASearchAfterEveryPiece() {
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      List<String> stops = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        stops.add(text(random, 1 + random.nextInt(4)));
      }
      StopStrings ours = new StopStrings(stops);
      StringBuilder given = new StringBuilder();
      StringBuilder all = new StringBuilder();
      for (int piece = random.nextInt(8); piece > 0 && !ours.stopped(); piece--) {
        String more = text(random, random.nextInt(4));
        all.append(more);
        given.append(ours.add(more));
        int stop = firstStop(all.toString(), stops);
        assertEquals(stop >= 0, ours.stopped(), () -> stops + " in " + all);
        if (stop >= 0) {
          assertEquals(all.substring(0, stop), given.toString(), () -> stops + " in " + all);
        } else {
          assertTrue(all.toString().startsWith(given.toString()));
        }
      }
      if (!ours.stopped()) {
        assertEquals(all.toString(), given + ours.flush(), () -> stops + " in " + all);
      }
    }
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(2)));
    }
    return text.toString();
  }

  private static int firstStop(String text, List<String> stops) {
    return stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);
  }
}
