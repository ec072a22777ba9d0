package dev.promptls.prompt.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class InOrderTest {
  private static final List<Span> THINGS =
      List.of(new Span(2, 5), new Span(5, 5), new Span(5, 8), new Span(10, 12));

  @Test
  void whatOverlapsAStretchIsWhatALookAtEachFinds() {
    for (int start = 0; start <= 13; start++) {
      for (int end = start + 1; end <= 13; end++) {
        Span region = new Span(start, end);
        assertEquals(
            THINGS.stream().filter(region::overlaps).toList(),
            InOrder.overlapping(THINGS, region, thing -> thing),
            region.toString());
      }
    }
  }

  @Test
  void whatTouchesAStretchEndsOrBeginsAtItsBordersToo() {
    assertEquals(THINGS.subList(0, 3), InOrder.touching(THINGS, new Span(5, 9), thing -> thing));
    assertEquals(THINGS.subList(3, 4), InOrder.touching(THINGS, new Span(9, 10), thing -> thing));
    assertEquals(List.of(), InOrder.touching(THINGS, new Span(0, 1), thing -> thing));
  }

  @Test
  void beforeAndBehindAllThereIsNothing() {
    assertEquals(List.of(), InOrder.overlapping(THINGS, new Span(0, 2), thing -> thing));
    assertEquals(List.of(), InOrder.overlapping(THINGS, new Span(12, 20), thing -> thing));
    assertEquals(4, InOrder.firstEndingFrom(THINGS, 13, thing -> thing));
  }
}
