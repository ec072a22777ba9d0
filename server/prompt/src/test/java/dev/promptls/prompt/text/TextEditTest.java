package dev.promptls.prompt.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TextEditTest {
  private static final String TEXT = "a room with a view";

  @Test
  void whatIsTypedAndErasedAtOnePlaceIsOneEdit() {
    TextEdit whole = new TextEdit(Span.at(6), "y");
    String after = whole.apply(TEXT);
    for (TextEdit next :
        new TextEdit[] {
          new TextEdit(Span.at(7), "!"),
          new TextEdit(new Span(6, 8), ""),
          new TextEdit(Span.at(6), "s")
        }) {
      assertTrue(whole.touches(next));
      after = next.apply(after);
      whole = whole.then(next, after);
      assertEquals(after, whole.apply(TEXT));
    }
    assertEquals(new TextEdit(Span.at(6), "s"), whole);
  }

  @Test
  void whatIsTypedElsewhereIsAnotherEdit() {
    TextEdit edit = new TextEdit(new Span(2, 6), "hall");

    assertFalse(edit.touches(new TextEdit(Span.at(1), "x")));
    assertFalse(edit.touches(new TextEdit(Span.at(7), "x")));
  }
}
